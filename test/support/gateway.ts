/**
 * The whole gateway in a test: the real thing on a free port, with its own data directory, a real HTTPS receiver that it trusts, and a
 * client of its public API. What is configured here is what a user would configure.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'undici';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/observe/logger.ts';
import type { RawClocks } from '../../src/system/system-clock.ts';
import { openStorePlace } from './open-store.ts';
import { type ReceivedRequest, type Receiver, startReceiver, type Treatment } from './receiver.ts';

export const ADMIN_TOKEN = 'admin-token-of-the-tests';

export interface GatewayOptions {
	readonly environment?: Readonly<Record<string, string>>;
	readonly treat?: Treatment;
	/** Default: the machine's clocks. */
	readonly rawClocks?: RawClocks;
}

export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
	readonly body: any;
}

/** Everything that `serve` is told in a test, but for where it keeps its data. */
export function testEnvironment(caFile: string): Record<string, string> {
	return {
		RECADO_HOST: '127.0.0.1',
		RECADO_PORT: '0',
		RECADO_ADMIN_TOKEN: ADMIN_TOKEN,
		RECADO_SECRET_KEY: Buffer.alloc(32, 9).toString('base64'),
		RECADO_WEBHOOK_CA: caFile,
		RECADO_WEBHOOK_ALLOW: '127.0.0.1/32',
		RECADO_LOG_LEVEL: 'error',
	};
}

export class Gateway implements AsyncDisposable {
	readonly receiver: Receiver;
	readonly environment: Readonly<Record<string, string>>;
	readonly #place: AsyncDisposable;
	readonly #directory: string;
	readonly #clocks: Pick<GatewayOptions, 'rawClocks'>;
	#app: App | undefined;

	constructor(parts: {
		receiver: Receiver;
		place: AsyncDisposable;
		directory: string;
		environment: Readonly<Record<string, string>>;
		clocks: Pick<GatewayOptions, 'rawClocks'>;
	}) {
		this.receiver = parts.receiver;
		this.environment = parts.environment;
		this.#clocks = parts.clocks;
		this.#place = parts.place;
		this.#directory = parts.directory;
	}

	get address(): string {
		return this.#app?.address ?? '';
	}

	async start(): Promise<void> {
		this.#app = await startApp(readConfig(this.environment), { logger: createLogger({ level: 'silent' }), ...this.#clocks });
	}

	async stop(): Promise<void> {
		await this.#app?.[Symbol.asyncDispose]();
		this.#app = undefined;
	}

	/** A request to any of its APIs; a body is sent as JSON. */
	async call(method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
		return call(this.address, method, path, options);
	}

	/** The management API, as its administrator. */
	async admin(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		return this.call(method, `/recado/v1${path}`, { body, headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...headers } });
	}

	/** An account with one connected simulated instance. */
	async account(name = 'Loja'): Promise<Account> {
		const { body: account } = await this.admin('POST', '/accounts', { name });
		const { body: instance } = await this.admin('POST', `/accounts/${account.id}/instances`, {
			name: 'Principal',
			channel: 'simulator',
			phone: `55449${String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0')}`,
		});
		return { id: account.id, token: account.token, clientToken: account.clientToken, instance };
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.stop();
		await this.receiver[Symbol.asyncDispose]();
		await this.#place[Symbol.asyncDispose]();
		await rm(this.#directory, { recursive: true, force: true });
	}
}

export interface Account {
	readonly id: string;
	readonly token: string;
	readonly clientToken: string;
	readonly instance: { readonly id: string; readonly token: string; readonly phone: string };
}

export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
	await using building = new AsyncDisposableStack();
	const place = building.use(await openStorePlace());
	const directory = await mkdtemp(join(tmpdir(), 'recado-test-'));
	building.defer(() => rm(directory, { recursive: true, force: true }));
	const receiver = building.use(await startReceiver(options.treat === undefined ? {} : { treat: options.treat }));
	const caFile = join(directory, 'ca.pem');
	await writeFile(caFile, receiver.ca);
	const environment = { ...testEnvironment(caFile), ...place.environment, ...options.environment };
	const clocks = options.rawClocks === undefined ? {} : { rawClocks: options.rawClocks };
	const gateway = new Gateway({ receiver, place, directory, environment, clocks });
	await gateway.start();
	building.move();
	return gateway;
}

export async function call(
	origin: string,
	method: string,
	path: string,
	options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
	const client = new Client(origin);
	await using _closing = { [Symbol.asyncDispose]: () => client.close() };
	const hasBody = options.body !== undefined;
	const response = await client.request({
		method: method as 'GET',
		path,
		headers: { ...(hasBody ? { 'content-type': 'application/json' } : {}), ...options.headers },
		...(hasBody ? { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) } : {}),
	});
	const text = await response.body.text();
	const isJson = String(response.headers['content-type'] ?? '').includes('json');
	return { status: response.statusCode, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

/** The JSON of what arrived. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of every shape
export function json(request: ReceivedRequest): any {
	return JSON.parse(request.text);
}

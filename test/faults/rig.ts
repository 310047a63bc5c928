/**
 * What every scenario stands on: a gateway process, or several on one database, with an account, a number and a webhook, a receiver that tells the ledger what arrives,
 * customers who write, and the closing of the ledger when the fault is over.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Behaviour } from '../support/behaviour.ts';
import type { FakeDnsServer } from '../support/fake-dns-server.ts';
import { testEnvironment } from '../support/gateway.ts';
import { type StoreKind, testedStore } from '../support/open-store.ts';
import type { TestDatabase } from '../support/postgres-server.ts';
import { type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts';
import { becomes, pause } from '../support/waiting.ts';
import { areSettled, auditDeliveries } from './audit.ts';
import { Customers } from './customers.ts';
import { faultServer } from './fault-server.ts';
import { FaultGateway } from './gateway.ts';
import { Gateways } from './gateways.ts';
import { Ledger } from './ledger.ts';
import { auditDatabase, auditFiles, membersIn } from './remains.ts';
import type { Line } from './scenario.ts';

/** How a receiver answers; a bare number is a status. */
export interface Treated {
	readonly as: number | Behaviour;
	readonly afterMs?: number;
	/** Whether the gateway may take it as delivered. Default: by its status. */
	readonly isGood?: boolean;
}

export type Treat = (request: ReceivedRequest) => Treated;

export interface RigWish {
	readonly environment?: Readonly<Record<string, string>>;
	readonly chats?: number;
	readonly treat?: Treat;
	readonly dns?: FakeDnsServer;
	/** Where the gateway keeps its files; default: a directory of its own, removed afterwards. */
	readonly dataDirectory?: string;
	/** How many gateways; more than one need PostgreSQL. */
	readonly gateways?: number;
	/** Default: what the whole suite runs on. */
	readonly store?: StoreKind;
}

interface Made {
	readonly account: { readonly id: string; readonly token: string };
	readonly instance: { readonly id: string; readonly token: string };
	readonly customers: Customers;
}

export interface WebhookWish {
	/** Where it points to. */
	readonly url: string;
	/** What the ledger knows it by: the path of that. */
	readonly path: string;
	readonly events?: readonly string[];
	readonly order?: 'chat' | 'none';
}

/** Quick at first, then patient enough for any phase of a scenario on a slow machine: a minute and a half in all, in as many attempts as may be. */
export const SCHEDULE_MS: readonly number[] = [0, 20, 50, 100, 200, 500, ...Array.from({ length: 44 }, () => 2_000)];
const MEMORY_MIB_MAX = 400;
const ARRIVES_WITHIN_MS = 60_000;
const SETTLES_WITHIN_MS = 60_000;
const TELLS_MISSING_MAX = 5;
/** Several leases, the longest that a scenario wishes for. */
const TAKEN_OVER_WITHIN_MS = 60_000;

/** Addresses that the gateway may deliver to; the rest of this machine is out of bounds as ever. */
export const REACHABLE = '127.0.0.1/32,127.0.0.2/32';

/** Short, so that scenarios in which somebody has to take over need not wait for long. */
const LEASE = '1500ms';

export class Rig implements AsyncDisposable {
	readonly directory: string;
	readonly dataDirectory: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly gateways: Gateways;
	readonly receiver: Receiver;
	readonly ledger: Ledger;
	/** Undefined on SQLite. */
	readonly database: TestDatabase | undefined;
	readonly #chats: number;
	readonly #stack: AsyncDisposableStack;
	readonly #begunAt: number = performance.now();
	#made: Made | undefined;

	private constructor(
		parts: {
			directory: string;
			environment: Readonly<Record<string, string>>;
			database: TestDatabase | undefined;
			receiver: Receiver;
			ledger: Ledger;
			wish: RigWish;
		},
		stack: AsyncDisposableStack,
	) {
		const { wish } = parts;
		this.directory = parts.directory;
		this.environment = parts.environment;
		this.dataDirectory = parts.environment['RECADO_DATA'] ?? '';
		this.database = parts.database;
		this.receiver = parts.receiver;
		this.ledger = parts.ledger;
		this.#chats = wish.chats ?? 8;
		this.#stack = stack;
		const gateway = { environment: parts.environment, ...(wish.dns === undefined ? {} : { dnsServer: wish.dns.address }) };
		this.gateways = stack.use(new Gateways(Array.from({ length: wish.gateways ?? 1 }, () => new FaultGateway(gateway))));
	}

	/** With the gateway started and its account made, and no webhook yet. */
	static async open(wish: RigWish = {}): Promise<Rig> {
		await using building = new AsyncDisposableStack();
		const directory = await mkdtemp(join(tmpdir(), 'recado-faults-'));
		building.defer(() => rm(directory, { recursive: true, force: true }));
		const receiver = building.use(await startReceiver());
		const caFile = join(directory, 'ca.pem');
		await writeFile(caFile, receiver.ca);
		const isOnPostgres = (wish.store ?? testedStore()) === 'postgres';
		const ledger = new Ledger([], { mayUnansweredComeLate: isOnPostgres });
		record(receiver, ledger, wish.treat);
		const database = isOnPostgres ? building.use(await (await faultServer()).createDatabase()) : undefined;
		const environment = {
			...testEnvironment(caFile),
			RECADO_DATA: wish.dataDirectory ?? join(directory, 'data'),
			...(database === undefined ? {} : { RECADO_DATABASE_URL: database.url, RECADO_LEASE: LEASE }),
			RECADO_WEBHOOK_ALLOW: REACHABLE,
			RECADO_ATTEMPT_DEADLINE_MS: '2000',
			RECADO_SHUTDOWN_GRACE_MS: '2000',
			RECADO_PROBE_FIRST: '100ms',
			RECADO_PROBE_CEILING: '1s',
			...wish.environment,
		};
		const stack = new AsyncDisposableStack();
		const rig = new Rig({ directory, environment, database, receiver, ledger, wish }, stack);
		stack.use(building.move());
		try {
			await rig.#prepare();
			return rig;
		} catch (error) {
			await rig[Symbol.asyncDispose]();
			throw error;
		}
	}

	/** The first of them, or the only one. */
	get gateway(): FaultGateway {
		const [gateway] = this.gateways.all;
		if (!gateway) throw new Error('There is no gateway');
		return gateway;
	}

	get customers(): Customers {
		return this.#known.customers;
	}

	get instanceId(): string {
		return this.#known.instance.id;
	}

	get instanceToken(): string {
		return this.#known.instance.token;
	}

	get accountToken(): string {
		return this.#known.account.token;
	}

	/** Answers its id. */
	async webhook({ url, path, events = ['message.received'], order = 'chat' }: WebhookWish): Promise<string> {
		this.ledger.expect({ path, order });
		const wish = { accountId: this.#known.account.id, url, events, order, scheduleMs: SCHEDULE_MS };
		const { id } = await this.gateway.manage('POST', '/webhooks', wish);
		return id;
	}

	/** One at the rig's own receiver. */
	async ownWebhook(path = '/hook'): Promise<string> {
		return await this.webhook({ url: this.receiver.url(path), path });
	}

	/** Waits until everything accepted has arrived and nothing is under way, and answers what was wrong. The gateways are stopped by it. */
	async close(): Promise<readonly string[]> {
		const { gateway, gateways, ledger } = this;
		await becomes(() => ledger.missing().length === 0, ARRIVES_WITHIN_MS);
		const faults: string[] = [];
		const missing = ledger.missing();
		if (missing.length > 0) faults.push(`${missing.length} did not arrive: ${missing.slice(0, TELLS_MISSING_MAX).join(', ')}`);
		if (!(await becomes(() => areSettled(gateway), missing.length > 0 ? 0 : SETTLES_WITHIN_MS)))
			faults.push('deliveries are left unsettled');
		faults.push(...(await this.#audit(missing.length > 0 ? 0 : SETTLES_WITHIN_MS)));
		if (!(await becomes(() => this.#isTakenOver(), TAKEN_OVER_WITHIN_MS))) faults.push('nobody took over from those that were killed');
		await gateways.stop();
		faults.push(...(await this.auditRemains()));
		if (gateways.peakMiB > MEMORY_MIB_MAX) faults.push(`${gateways.peakMiB} MiB of memory, ${MEMORY_MIB_MAX} at most were expected`);
		return [...ledger.faults, ...this.customers.faults, ...faults];
	}

	/** What was kept and never answered may be told only now, and be on its way between two looks. What is wrong stays wrong. */
	async #audit(withinMs: number): Promise<readonly string[]> {
		let faults: readonly string[] = [];
		const isSound = async (): Promise<boolean> => {
			faults = await auditDeliveries(this.gateway, this.ledger);
			return faults.length === 0;
		};
		await becomes(isSound, withinMs);
		return faults;
	}

	/** Also from one that was killed while it joined, and had nothing in hand: its lease ends like any other. */
	async #isTakenOver(): Promise<boolean> {
		return this.database === undefined || (await membersIn(this.database)) === this.gateways.all.filter(({ isAlive }) => isAlive).length;
	}

	/** Of what is left by gateways that have stopped. */
	async auditRemains(): Promise<readonly string[]> {
		return this.database ? await auditDatabase(this.database) : auditFiles(join(this.dataDirectory, 'recado.db'));
	}

	/** The line of the whole rig, after `close`. */
	line(fault: string, rounds: number, faults: readonly string[]): Line {
		const seconds = (performance.now() - this.#begunAt) / 1000;
		return { fault, rounds, ...this.ledger.figures(), peakMiB: this.gateways.peakMiB, seconds, faults };
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#stack.disposeAsync();
	}

	get #known(): Made {
		if (!this.#made) throw new Error('The rig is not open');
		return this.#made;
	}

	async #prepare(): Promise<void> {
		const { gateway, gateways, ledger } = this;
		await gateways.start();
		const account = await gateway.manage('POST', '/accounts', { name: 'Loja' });
		const wish = { name: 'Principal', channel: 'simulator', phone: '5544900000000' };
		const instance = await gateway.manage('POST', `/accounts/${account.id}/instances`, wish);
		const customers = new Customers({
			gateways,
			ledger,
			instanceId: instance.id,
			chats: this.#chats,
			isRefusalCertain: this.database === undefined,
		});
		this.#made = { account, instance, customers };
	}
}

/** From now on the receiver tells the ledger what arrives, and treats it so. */
export function record(receiver: Receiver, ledger: Ledger, treat: Treat = () => ({ as: 200 })): void {
	receiver.treat(async (request) => {
		const { as, afterMs = 0, isGood = isSuccess(as) } = treat(request);
		ledger.arrived({ webhook: request.path, id: String(request.headers['webhook-id']), body: request.body, isGood });
		if (afterMs > 0) await pause(afterMs);
		return as;
	});
}

function isSuccess(as: number | Behaviour): boolean {
	const status = typeof as === 'number' ? as : as.kind === 'answer' ? as.status : 0;
	return status >= 200 && status < 300;
}

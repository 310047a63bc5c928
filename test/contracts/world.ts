/**
 * Where the contracts are tried: one whole gateway with its simulator, whose HTTPS receiver also serves media, and a client that keeps its
 * connections. Every operation gets a `Scene`, an account of its own, so that none sees what another did.
 */
import { randomBytes } from 'node:crypto';
import { Pool } from 'undici';
import type { Json } from '../support/contract.ts';
import { ADMIN_TOKEN, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { answerMedium } from '../support/media-server.ts';
import type { House, Request, TestAccount } from './house.ts';
import type { Operation } from './operations.ts';
import type { Places } from './plan.ts';
import { Scene } from './scene.ts';

/** As many as a browser opens. */
const CONNECTIONS_MAX = 6;
const WEBHOOK_PATH = '/webhooks';

export class World implements House, AsyncDisposable {
	readonly places: Places;
	readonly #gateway: Gateway;
	readonly #pool: Pool;
	#integratorToken: Promise<string> | undefined;
	#enforced: Promise<TestAccount> | undefined;

	constructor(gateway: Gateway) {
		this.#gateway = gateway;
		this.#pool = new Pool(gateway.address, { connections: CONNECTIONS_MAX });
		const { receiver } = gateway;
		this.places = {
			phone: '5544988887777',
			otherPhone: '5544977776666',
			mediumUrl: (file) => receiver.url(`/${file}`),
			webhookUrl: receiver.url(WEBHOOK_PATH),
		};
	}

	async scene(operation: Operation): Promise<Scene> {
		const account = await this.account();
		await this.quieten(account.instance.id);
		return new Scene(this, operation, account);
	}

	/** An account with one connected simulated instance. */
	async account(): Promise<TestAccount> {
		const { body: account } = await this.admin('POST', '/accounts', { name: 'Loja' });
		const phone = `55449${String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0')}`;
		const { body: instance } = await this.admin('POST', `/accounts/${account.id}/instances`, {
			name: 'Vendas',
			channel: 'simulator',
			phone,
		});
		return { id: account.id, token: account.token, clientToken: account.clientToken, instance: { ...instance, phone } };
	}

	/** Its phones receive and read at once, and answer nothing. */
	async quieten(instanceId: string): Promise<void> {
		const quiet = { receivesAfterMs: 0, readsAfterMs: 0, repliesWith: null };
		const { phone, otherPhone } = this.places;
		await Promise.all([phone, otherPhone].map((one) => this.admin('PUT', `/simulator/${instanceId}/contacts/${one}`, quiet)));
	}

	/** An account whose Z-API calls need the Client-Token; one for all. */
	accountWithClientToken(): Promise<TestAccount> {
		this.#enforced ??= (async () => {
			const account = await this.account();
			await this.admin('PUT', `/accounts/${account.id}/client-token`, { enforced: true });
			return account;
		})();
		return this.#enforced;
	}

	/** What the partner APIs of Plugchat and Z-API ask for; one for all. */
	integratorToken(): Promise<string> {
		this.#integratorToken ??= this.admin('POST', '/tokens', { name: 'Integrador', scopes: ['partner', 'integrator'] }).then(
			({ body }) => body.token,
		);
		return this.#integratorToken;
	}

	/** The management API; anything but success is an error, as no contract is about it. */
	async admin(method: string, path: string, body?: Json): Promise<Answer> {
		const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
		const answer = await this.send({ method, path: `/recado/v1${path}`, headers, ...(body === undefined ? {} : { body }) });
		if (answer.status >= 300) throw new Error(`${method} /recado/v1${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer;
	}

	async send({ method, path, headers = {}, body, raw }: Request): Promise<Answer> {
		const isJson = body !== undefined;
		const response = await this.#pool.request({
			method: method as 'GET',
			path,
			headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
			...(isJson ? { body: JSON.stringify(body) } : raw === undefined ? {} : { body: raw }),
		});
		const text = await response.body.text();
		const answersJson = String(response.headers['content-type'] ?? '').includes('json') && text !== '';
		return { status: response.statusCode, headers: response.headers, body: answersJson ? JSON.parse(text) : text };
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#pool.close();
		await this.#gateway[Symbol.asyncDispose]();
	}
}

export async function startWorld(): Promise<World> {
	return new World(await startGateway({ treat: (request) => (request.method === 'GET' ? answerMedium(request) : 200) }));
}

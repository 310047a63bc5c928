/** A whole gateway as a client of Plugchat's APIs sees it. */
import assert from 'node:assert/strict';
import { type Account, type Answer, type Gateway, type GatewayOptions, startGateway } from '../support/gateway.ts';
import { answerMedium } from '../support/media-server.ts';
import { until } from '../support/waiting.ts';

/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WAIT_MS = 30_000;

export const MARIA = '5544988887777';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type Any = any;

/** Its receiver serves media to who gets them. */
export function startPlugchat(options: Pick<GatewayOptions, 'rawClocks'> = {}): Promise<Gateway> {
	return startGateway({ ...options, treat: (request) => (request.method === 'GET' ? answerMedium(request) : 200) });
}

export class Plugchat {
	readonly gateway: Gateway;
	readonly authorization: string;

	constructor(gateway: Gateway, authorization: string) {
		this.gateway = gateway;
		this.authorization = authorization;
	}

	ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		return this.gateway.call(method, path, { body, headers: { authorization: this.authorization, ...headers } });
	}

	/** The body of a success. */
	async ok(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Any> {
		const answer = await this.ask(method, path, body, headers);
		assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer.body;
	}

	/** The body of a refusal with this status. */
	async refused(status: number, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Any> {
		const answer = await this.ask(method, path, body, headers);
		assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
		return answer.body;
	}
}

/** What is said to the simulated phones of an instance. */
export async function simulate(gateway: Gateway, instanceId: string, path: string, body: object): Promise<Any> {
	const answer = await gateway.admin('POST', `/simulator/${instanceId}${path}`, body);
	assert.ok(answer.status < 300, JSON.stringify(answer.body));
	return answer.body;
}

/** A customer writes; resolves once it is stored. */
export async function write(gateway: Gateway, instanceId: string, text: string, from: string = MARIA): Promise<string> {
	const { messageId } = await simulate(gateway, instanceId, '/messages', { from, name: 'Maria', text });
	await until(async () => (await messageOf(gateway, instanceId, messageId)) !== undefined, { what: 'the message', withinMs: WAIT_MS });
	return messageId;
}

export async function messageOf(gateway: Gateway, instanceId: string, whatsappId: string): Promise<Any> {
	const { body } = await gateway.admin('GET', `/messages?instanceId=${instanceId}&limit=50`);
	return body.items.find((one: Any) => one.whatsappId === whatsappId);
}

export async function inTime(what: string, isTrue: () => Promise<boolean>): Promise<void> {
	await until(isTrue, { what, withinMs: WAIT_MS });
}

export async function plugchatOf(gateway: Gateway): Promise<{ readonly plugchat: Plugchat; readonly account: Account }> {
	const account = await gateway.account();
	return { plugchat: new Plugchat(gateway, account.token), account };
}

export async function integratorOf(gateway: Gateway, name: string): Promise<Plugchat> {
	const { body } = await gateway.admin('POST', '/tokens', { name, scopes: ['integrator'] });
	return new Plugchat(gateway, `Bearer ${body.token}`);
}

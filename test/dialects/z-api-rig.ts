/** A whole gateway with its simulator, Z-API's calls of an account of its own, and what stands on the screens of customers' phones. */
import assert from 'node:assert/strict';
import { type Account, type Answer, type Gateway, type GatewayOptions, startGateway } from '../support/gateway.ts';
import { answerMedium } from '../support/media-server.ts';
import { until } from '../support/waiting.ts';

export const MARIA = '5544988887777';
export const JOSE = '5544977776666';

/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WAIT_MS = 30_000;

type Body = object | undefined;

export interface Sending {
	readonly phone: string;
	readonly [member: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: messages and answers of every shape
export type Any = any;

/** Its receiver has media, too: `receiver.url('/png')`. */
export function startZApi(options: Omit<GatewayOptions, 'treat'> = {}): Promise<Gateway> {
	return startGateway({ ...options, treat: (request) => (request.method === 'GET' ? answerMedium(request) : 200) });
}

/** A new account of the gateway; its customers' phones receive and read at once, and answer nothing. */
export async function zApiOf(gateway: Gateway): Promise<ZApi> {
	const account = await gateway.account();
	const zApi = new ZApi(gateway, account);
	for (const phone of [MARIA, JOSE])
		await zApi.simulator('PUT', `/contacts/${phone}`, { receivesAfterMs: 0, readsAfterMs: 0, repliesWith: null });
	return zApi;
}

export class ZApi {
	readonly gateway: Gateway;
	readonly account: Account;

	constructor(gateway: Gateway, account: Account) {
		this.gateway = gateway;
		this.account = account;
	}

	get instanceId(): string {
		return this.account.instance.id;
	}

	/** Whatever is answered. */
	call(method: string, path: string, body?: Body, headers: Record<string, string> = {}): Promise<Answer> {
		const { id, token } = this.account.instance;
		return this.gateway.call(method, `/instances/${id}/token/${token}/${path}`, { body, headers });
	}

	/** The body of a success. */
	async ok(method: string, path: string, body?: Body): Promise<Any> {
		const answer = await this.call(method, path, body);
		assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer.body;
	}

	get(path: string): Promise<Any> {
		return this.ok('GET', path);
	}

	post(path: string, body: object): Promise<Any> {
		return this.ok('POST', path, body);
	}

	put(path: string, body: object): Promise<Any> {
		return this.ok('PUT', path, body);
	}

	/** `{"error": …}` and nothing else, with this status; answers the sentence. */
	async refused(status: number, method: string, path: string, body?: Body): Promise<string> {
		const answer = await this.call(method, path, body);
		assert.deepEqual([answer.status, Object.keys(answer.body)], [status, ['error']], JSON.stringify(answer.body));
		return answer.body.error;
	}

	async simulator(method: string, path: string, body?: Body): Promise<Any> {
		return (await this.admin(method, `/simulator/${this.instanceId}${path}`, body)).body;
	}

	async admin(method: string, path: string, body?: Body): Promise<Answer> {
		const answer = await this.gateway.admin(method, path, body);
		assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer;
	}

	/** Sends and waits until the phone shows it, or, in a group, another member's does. Answers what it shows, and the ids. */
	async sent(path: string, body: Sending, seenBy: string = body.phone): Promise<Any> {
		const { messageId } = await this.post(path, body);
		return this.shown(seenBy, ({ whatsappId }) => whatsappId === messageId, `${path} on the phone ${seenBy}`);
	}

	/** A message on the screen of a phone, once there is one like that. */
	async shown(phone: string, is: (message: Any) => boolean, what = `a message where ${is}`): Promise<Any> {
		let found: Any;
		const look = async (): Promise<boolean> => {
			found = (await this.screen(phone)).find(is);
			return found !== undefined;
		};
		await until(look, { what, withinMs: WAIT_MS });
		return found;
	}

	async screen(phone: string): Promise<readonly Any[]> {
		return (await this.simulator('GET', `/phones/${phone}/messages`)).items;
	}

	/** A phone writes, to the instance or into a group; resolves to its WhatsApp id, once the gateway has it. */
	async written(from: string, body: object): Promise<string> {
		const { messageId } = await this.simulator('POST', '/messages', { from, ...body });
		await this.kept(messageId);
		return messageId;
	}

	/** A message as the management API has it, once it is so. */
	async kept(messageId: string, is: (message: Any) => boolean = () => true): Promise<Any> {
		let found: Any;
		const look = async (): Promise<boolean> => {
			const { body } = await this.admin('GET', `/messages?instanceId=${this.instanceId}&limit=100`);
			found = body.items.find((one: Any) => one.whatsappId === messageId && is(one));
			return found !== undefined;
		};
		await until(look, { what: `the message ${messageId} where ${is}`, withinMs: WAIT_MS });
		return found;
	}

	/** A group of both phones, made by the instance. */
	async group(): Promise<string> {
		return (await this.post('create-group', { groupName: 'Grupo', phones: [MARIA, JOSE], autoInvite: true })).phone;
	}
}

/** What an act has in its hands: an account, its dialect's calls, the management API, and the phones of the simulator. */
import type { Json, JsonObject } from '../../support/contract.ts';
import type { Account, Answer, Gateway } from '../../support/gateway.ts';
import { until } from '../../support/waiting.ts';
import { type Registration, registrationOf, type WebhookContract } from './contract-file.ts';

/** The customer, and another one. */
export const MARIA = '5544988887777';
export const PEDRO = '5544977776666';

/** Long enough for a machine with other work. */
const WAIT_MS = 30_000;

export interface ActorParts {
	readonly gateway: Gateway;
	readonly account: Account;
	readonly contract: WebhookContract;
	/** Where the receiver hears of what happens. */
	readonly path: string;
}

export class Actor {
	readonly #parts: ActorParts;

	constructor(parts: ActorParts) {
		this.#parts = parts;
	}

	get account(): Account {
		return this.#parts.account;
	}

	/** The instance's own number. */
	get phone(): string {
		return this.account.instance.phone;
	}

	/** Where webhooks are wanted. */
	get url(): string {
		return this.#parts.gateway.receiver.url(this.#parts.path);
	}

	/** Where a medium is: `png`, `ogg`, ... */
	medium(name: string): string {
		return this.#parts.gateway.receiver.url(`/${name}`);
	}

	/** Registers the webhook by the call that the contract names first, or by the one that asks for own messages, too. */
	async listen({ ownToo = false }: { readonly ownToo?: boolean } = {}): Promise<void> {
		const { path, body }: Registration = registrationOf(this.#parts.contract, this.url, ownToo);
		await this.call('PUT', path, body);
	}

	/** A webhook that the management API makes, where no call of the dialect says so much. */
	async listenAs(form: string, events: readonly string[]): Promise<void> {
		await this.admin('POST', '/webhooks', { accountId: this.account.id, dialect: 'plugchat', form, events, url: this.url });
	}

	/** A call of the dialect: `path` as the documents write it. Anything but success is an error. */
	async call(method: string, path: string, body?: Json): Promise<Answer> {
		const { id, token } = this.account.instance;
		const filled = path.replace('{instanceId}', id).replace('{token}', token);
		return await this.#ask(method, filled, body, { authorization: this.account.token });
	}

	/** A call of Z-API's instance or under Plugchat's `/api/whatsapp`: the two spell them alike. */
	async whatsapp(method: string, path: string, body?: Json): Promise<Answer> {
		const base = this.#parts.contract.system === 'z-api' ? '/instances/{instanceId}/token/{token}' : '/api/whatsapp';
		return await this.call(method, `${base}/${path}`, body);
	}

	async callWith(token: string, method: string, path: string, body?: Json): Promise<Answer> {
		return await this.#ask(method, path, body, { authorization: token });
	}

	async admin(method: string, path: string, body?: Json): Promise<Answer> {
		const answer = await this.#parts.gateway.admin(method, path, body);
		if (answer.status >= 300) throw new Error(`${method} /recado/v1${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer;
	}

	async simulator(method: string, path: string, body?: Json): Promise<Answer> {
		return await this.admin(method, `/simulator/${this.account.instance.id}${path}`, body);
	}

	/** A phone writes; answers the WhatsApp id. It is the customer's unless `from` says otherwise. */
	async writes(body: JsonObject): Promise<string> {
		return (await this.simulator('POST', '/messages', { from: MARIA, name: 'Maria', ...body })).body.messageId;
	}

	/** What is sent from here, through the management API; answers the WhatsApp id once WhatsApp has it. */
	async sends(content: JsonObject, to: string = MARIA): Promise<string> {
		const { body } = await this.admin('POST', `/instances/${this.account.instance.id}/messages`, { to, ...content });
		return await this.#sent(body.id);
	}

	/** A group that the instance made with them; answers its address. */
	async group(phones: readonly string[] = [MARIA, PEDRO]): Promise<string> {
		const { body } = await this.simulator('POST', '/groups', { by: this.phone, subject: 'Grupo', phones });
		return body.groupId;
	}

	/** A group that lets nobody in by themselves, and its link. */
	async groupThatApproves(): Promise<{ readonly groupId: string; readonly url: string }> {
		const groupId = await this.group([MARIA]);
		await this.simulator('PATCH', `/groups/${groupId}`, { by: this.phone, settings: { requireAdminApproval: true } });
		const { body } = await this.admin('POST', `/instances/${this.account.instance.id}/whatsapp/groups/${groupId}/invitation`);
		return { groupId, url: body.url };
	}

	/** An application that is told at the file's path; answers its token. */
	async application(): Promise<string> {
		const { body } = await this.admin('POST', `/accounts/${this.account.id}/applications`, {
			name: 'Integração',
			instanceId: this.account.instance.id,
			webhook: this.url,
		});
		return body.token;
	}

	/** A customer's phone is there, reads at once and answers nothing. */
	async phoneReads(phone: string = MARIA): Promise<void> {
		await this.simulator('PUT', `/contacts/${phone}`, { receivesAfterMs: 0, readsAfterMs: 0, repliesWith: null });
	}

	async #sent(id: string): Promise<string> {
		const message = async () => (await this.admin('GET', `/messages/${id}`)).body;
		await until(async () => (await message()).status !== 'queued', { what: `message ${id} to be sent`, withinMs: WAIT_MS });
		return (await message()).whatsappId;
	}

	async #ask(method: string, path: string, body: Json | undefined, headers: Record<string, string>): Promise<Answer> {
		const answer = await this.#parts.gateway.call(method, path, { headers, ...(body === undefined ? {} : { body }) });
		if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer;
	}
}

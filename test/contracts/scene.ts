/** What an arrangement has in its hands: an account of its own, its API called with its credentials, and what customers' phones do. */
import type { Json } from '../support/contract.ts';
import type { Answer } from '../support/gateway.ts';
import { becomes } from '../support/waiting.ts';
import { addressOf, type House, type Request, type TestAccount } from './house.ts';
import type { Operation } from './operations.ts';
import type { Places, Plan } from './plan.ts';

/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WAIT_MS = 30_000;

interface Application {
	readonly appId: string;
	readonly token: string;
}

export interface SentMessage {
	readonly zaapId: string;
	readonly messageId: string;
}

export interface MadeGroup {
	readonly phone: string;
	readonly invitationLink: string;
}

export class Scene {
	readonly account: TestAccount;
	readonly operation: Operation;
	readonly world: House;
	#application: Promise<Application> | undefined;
	#partnerAccountId: Promise<string> | undefined;

	constructor(world: House, operation: Operation, account: TestAccount) {
		this.world = world;
		this.operation = operation;
		this.account = account;
	}

	get places(): Places {
		return this.world.places;
	}

	get phone(): string {
		return this.places.phone;
	}

	get otherPhone(): string {
		return this.places.otherPhone;
	}

	/** The request of a plan, with the credentials of its system. */
	async requestOf(plan: Plan): Promise<Request> {
		const { system, method, path } = this.operation;
		const { instance } = this.account;
		const values = { instanceId: instance.id, token: instance.token, ...plan.path };
		const accountId = system === 'plugchat-partner' ? { accountId: plan.path['accountId'] ?? (await this.partnerAccountId()) } : {};
		return {
			method,
			path: addressOf(path, { path: { ...values, ...accountId }, query: plan.query }),
			headers: { ...(await this.credentials()), ...plan.headers },
			...(plan.body === undefined ? {} : { body: plan.body }),
			...(plan.raw === undefined ? {} : { raw: plan.raw }),
		};
	}

	/** Headers; those of Z-API's instances stand in the path. */
	async credentials(): Promise<Readonly<Record<string, string>>> {
		const { system, group } = this.operation;
		if (system === 'plugchat') return { authorization: this.account.token };
		if (system === 'instant-message') return { authorization: (await this.#madeApplication()).token };
		const isOfPartner = system === 'plugchat-partner' || group === 'partner';
		return isOfPartner ? { authorization: `Bearer ${await this.world.integratorToken()}` } : {};
	}

	/** A call of the system under test that has to succeed. `path` follows the instance in Z-API, `/api/whatsapp` in Plugchat unless it begins with `/`. */
	async call(method: string, path: string, body?: Json): Promise<Answer> {
		const answer = await this.world.send({
			method,
			path: this.#base(path),
			headers: await this.credentials(),
			...(body === undefined ? {} : { body }),
		});
		if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer;
	}

	/** What `GET path` answers. */
	// biome-ignore lint/suspicious/noExplicitAny: checks look into answers of every shape
	async get(path: string): Promise<any> {
		return (await this.call('GET', path)).body;
	}

	admin(method: string, path: string, body?: Json): Promise<Answer> {
		return this.world.admin(method, path, body);
	}

	simulator(method: string, path: string, body?: Json): Promise<Answer> {
		return this.admin(method, `/simulator/${this.account.instance.id}${path}`, body);
	}

	/** What is so on WhatsApp, as the management API looks at it: `groups/<id>`, `chats/<phone>`. */
	// biome-ignore lint/suspicious/noExplicitAny: checks look into answers of every shape
	async onWhatsApp(path: string): Promise<any> {
		return (await this.admin('GET', `/instances/${this.account.instance.id}/whatsapp/${path}`)).body;
	}

	/** Resolves to what is wrong in the end: nothing as soon as it is true. */
	async eventually(what: string, isTrue: () => Promise<boolean>): Promise<readonly string[]> {
		return (await becomes(isTrue, WAIT_MS)) ? [] : [`effect: ${what} did not become true`];
	}

	/** A customer writes; resolves once it is stored. */
	async written(body: Json = { text: 'Bom dia' }, from: string = this.phone): Promise<string> {
		const content = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
		const { body: made } = await this.simulator('POST', '/messages', { from, name: 'Maria', ...content });
		await this.#stored(made.messageId, (message) => message !== undefined);
		return made.messageId;
	}

	/** A text of ours, once it has left the queue. */
	async sent(phone: string = this.phone, message = 'Olá'): Promise<SentMessage> {
		const { body } = await this.call('POST', 'send-text', { phone, message });
		await this.hasLeft(body.messageId);
		return body;
	}

	async hasLeft(messageId: string): Promise<void> {
		await this.#stored(messageId, (message) => message !== undefined && message.status !== 'queued');
	}

	/** A group with both phones, made by the call of the system under test. */
	async group(): Promise<MadeGroup> {
		const { body } = await this.call('POST', 'create-group', {
			groupName: 'Grupo',
			phones: [this.phone, this.otherPhone],
			...(this.operation.system === 'z-api' ? { autoInvite: true } : {}),
		});
		return body;
	}

	/** A message as the management API shows it. */
	// biome-ignore lint/suspicious/noExplicitAny: checks look into content of every kind
	async message(messageId: string): Promise<any> {
		const { body } = await this.admin('GET', `/messages?instanceId=${this.account.instance.id}&limit=50`);
		return body.items.find((one: { whatsappId: string }) => one.whatsappId === messageId);
	}

	async applicationId(): Promise<string> {
		return (await this.#madeApplication()).appId;
	}

	/** An account that the partner made. */
	partnerAccountId(): Promise<string> {
		this.#partnerAccountId ??= this.call('POST', '/integrator/account', { externalId: 'c-1', name: 'Cliente', active: true }).then(
			({ body }) => body.accountId,
		);
		return this.#partnerAccountId;
	}

	/** The instance as the Instant Message API sees it. */
	#madeApplication(): Promise<Application> {
		this.#application ??= this.admin('POST', `/accounts/${this.account.id}/applications`, {
			name: 'Integração',
			instanceId: this.account.instance.id,
			webhook: this.places.webhookUrl,
		}).then(({ body }) => body);
		return this.#application;
	}

	#base(path: string): string {
		if (path.startsWith('/')) return path;
		const { instance } = this.account;
		return this.operation.system === 'z-api' ? `/instances/${instance.id}/token/${instance.token}/${path}` : `/api/whatsapp/${path}`;
	}

	async #stored(messageId: string, isRight: (message: { status: string } | undefined) => boolean): Promise<void> {
		if (!(await becomes(async () => isRight(await this.message(messageId)), WAIT_MS)))
			throw new Error(`message ${messageId} is not there in time`);
	}
}

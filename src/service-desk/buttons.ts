/** Custom buttons: an operator presses one in a chat, the customer's own API is called through the guard, and its answer is done. */
import { RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Messaging } from '../messaging/services.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { OutboundRequest, Sender, UrlRefusal } from '../ports/sender.ts';
import { type AccessParts, chatFor } from './chat-access.ts';
import type { Asker, ButtonOutcome, ButtonWish, ContactCard, CustomButton, CustomButtons, Fields } from './services.ts';

/** Buttons of an account: what an operator can choose among. */
const BUTTONS_MAX = 200;
/** An operator sits before it and waits. */
const DEADLINE_MS = 15_000;
/** A text, or a page to be shown; more of it is refused. */
const ANSWER_BYTES_MAX = 256 * 1024;

const BUTTONS = collection<CustomButton>('custom-buttons');

export interface ButtonParts extends AccessParts {
	readonly sender: Pick<Sender, 'send' | 'refuse'>;
	readonly messaging: Pick<Messaging, 'send'>;
	readonly fields: Pick<Fields, 'card'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
}

export class ButtonService implements CustomButtons {
	readonly #parts: ButtonParts;

	constructor(parts: ButtonParts) {
		this.#parts = parts;
	}

	async list(accountId: string): Promise<readonly CustomButton[]> {
		const found = await BUTTONS.list(this.#parts.store.documents, { accountId, order: 'oldest', limit: BUTTONS_MAX });
		return found.map(({ value }) => value);
	}

	async create(accountId: string, { name, url, method }: ButtonWish): Promise<CustomButton> {
		const { store, ids, clock } = this.#parts;
		if (!(await store.accounts.account(accountId))) throw new RecadoError('not_there', { details: { what: 'account' } });
		if ((await this.list(accountId)).length >= BUTTONS_MAX) throw new RecadoError('buttons_full', { details: { limit: BUTTONS_MAX } });
		this.#assertUrl(url);
		const button: CustomButton = { id: ids.next('btn'), accountId, name, url, method, createdAt: clock.now() };
		await this.#put(button, 0);
		return button;
	}

	async update(accountId: string, buttonId: string, change: Partial<ButtonWish>): Promise<CustomButton> {
		const { value, version } = await this.#button(accountId, buttonId);
		const { name, url, method } = { ...value, ...change };
		this.#assertUrl(url);
		const button: CustomButton = { ...value, name, url, method };
		await this.#put(button, version);
		return button;
	}

	async delete(accountId: string, buttonId: string): Promise<void> {
		await this.#button(accountId, buttonId);
		await commitDecided(this.#parts.outbox, async () => ({
			result: undefined,
			decision: { changes: [BUTTONS.delete(buttonId)], events: [] },
		}));
	}

	async press(asker: Asker, buttonId: string, chatId: string): Promise<ButtonOutcome> {
		const { store, fields, messaging } = this.#parts;
		const { value: button } = await this.#button(asker.accountId, buttonId);
		const { view } = await chatFor(this.#parts, asker, chatId);
		const told = await this.#call(button, view, await fields.card(asker.accountId, chatId));
		if (!('message' in told)) return told;
		const instance = await store.accounts.instance(view.chat.instanceId);
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		const content = { kind: 'text', text: told.message } as const;
		const message = await messaging.send({ instance, phone: view.chat.phone, content, origin: 'automatic' });
		return { kind: 'message', message };
	}

	async #call(button: CustomButton, view: ChatView, card: ContactCard): Promise<Told> {
		const answer = await this.#parts.sender.send(requestOf(button, view, card));
		if (answer.kind === 'failed') throw failed(answer.message);
		if (answer.status < 200 || answer.status > 299) throw failed(`status ${answer.status}`);
		if (answer.body.length >= ANSWER_BYTES_MAX) throw failed(`the answer is larger than ${ANSWER_BYTES_MAX} bytes`);
		return readAnswer(answer.body);
	}

	async #button(accountId: string, id: string): Promise<{ value: CustomButton; version: number }> {
		const kept = await BUTTONS.get(this.#parts.store.documents, id);
		if (kept?.accountId !== accountId) throw new RecadoError('not_there', { details: { what: 'button' } });
		return kept;
	}

	async #put(button: CustomButton, expected: number): Promise<void> {
		const { id, accountId, createdAt } = button;
		const conflict = await this.#parts.outbox.commit({
			changes: [BUTTONS.put({ id, accountId, at: createdAt, value: button }, expected)],
			events: [],
		});
		if (conflict) throw new RecadoError('conflict');
	}

	#assertUrl(url: string): void {
		const refusal = this.#parts.sender.refuse(url);
		if (refusal) throw refused(url, refusal);
	}
}

type Told = { readonly message: string } | Exclude<ButtonOutcome, { kind: 'message' }>;

/** A GET has the same six names in its query; the generic fields as JSON, since a query has no lists of objects. */
function requestOf({ url, method }: CustomButton, { chat, contact }: ViewOf, card: ContactCard): OutboundRequest {
	const genericFields = card.genericFields.map(({ name, value }) => ({ name, value }));
	const { email, city, observation } = card;
	const payload = { phone: chat.phone, name: contact.name, genericFields, email, city, observation };
	const limits = {
		deadlineMs: DEADLINE_MS,
		responseBytesKept: ANSWER_BYTES_MAX,
		responseBytesMax: ANSWER_BYTES_MAX,
		// The deadline ends it; a stop waits for requests that are being answered.
		signal: new AbortController().signal,
	};
	if (method === 'POST') return { url, method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload), ...limits };
	const asked = new URL(url);
	for (const [name, value] of Object.entries({ ...payload, genericFields: JSON.stringify(genericFields) }))
		asked.searchParams.set(name, value);
	return { url: asked.href, method, headers: { accept: 'application/json' }, body: '', ...limits };
}

type ViewOf = Pick<ChatView, 'chat' | 'contact'>;

/** `{"message": …}`, `{"modal": …}` or `null`. Throws button_failed. */
function readAnswer(body: string): Told {
	const answer = parsed(body);
	if (answer === null) return { kind: 'nothing' };
	if (typeof answer === 'object') {
		if ('message' in answer && typeof answer.message === 'string' && answer.message !== '') return { message: answer.message };
		if ('modal' in answer && typeof answer.modal === 'string') return { kind: 'modal', modal: answer.modal };
	}
	throw failed('the answer is neither {"message": text} nor {"modal": text} nor null');
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		throw failed('the answer is no JSON');
	}
}

function failed(reason: string): RecadoError {
	return new RecadoError('button_failed', { details: { reason } });
}

function refused(url: string, { code, message, host }: UrlRefusal): RecadoError {
	switch (code) {
		case 'not_a_url':
		case 'not_https':
			return new RecadoError('webhook_not_https', { details: { url } });
		case 'has_credentials':
			return new RecadoError('webhook_has_credentials');
		case 'address_refused':
			return new RecadoError('webhook_address_refused', { details: { reason: message, host: host ?? '' } });
	}
}

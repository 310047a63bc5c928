/** What is kept of a contact besides what WhatsApp tells: e-mail, city, an observation, and generic fields of the account's own. */
import { RecadoError } from '../errors.ts';
import { openChat, partyOfAddress, readAddress } from '../messaging/chat-opening.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Change } from '../ports/changes.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { ContactCard, Fields, GenericField } from './services.ts';

/** A contact's fields are written as one: more of them are refused with `fields_full`. */
const FIELDS_MAX = 200;

/** One a contact, by its id. */
const CARDS = collection<Omit<ContactCard, 'contactId'>>('contact-cards');
const BLANK: Omit<ContactCard, 'contactId'> = { email: '', city: '', observation: '', genericFields: [] };

export interface FieldParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
}

type Card = Omit<ContactCard, 'contactId'>;

export class ContactFields implements Fields {
	readonly #parts: FieldParts;

	constructor(parts: FieldParts) {
		this.#parts = parts;
	}

	async card(accountId: string, chatId: string): Promise<ContactCard> {
		const { contact } = await this.#chat(accountId, chatId);
		return { contactId: contact.id, ...((await CARDS.get(this.#parts.store.documents, contact.id))?.value ?? BLANK) };
	}

	async update(
		accountId: string,
		chatId: string,
		change: Partial<Pick<ContactCard, 'email' | 'city' | 'observation'>>,
	): Promise<ContactCard> {
		const view = await this.#chat(accountId, chatId);
		return this.#write(
			async () => ({ view }),
			(card) => ({ ...card, ...change }),
		);
	}

	async setField(accountId: string, chatId: string, field: GenericField): Promise<ContactCard> {
		const view = await this.#chat(accountId, chatId);
		return this.#write(
			async () => ({ view }),
			(card) => withField(card, field),
		);
	}

	async deleteField(accountId: string, chatId: string, name: string): Promise<ContactCard> {
		const view = await this.#chat(accountId, chatId);
		return this.#write(
			async () => ({ view }),
			(card) => {
				const genericFields = card.genericFields.filter((one) => one.name !== name);
				if (genericFields.length === card.genericFields.length) throw new RecadoError('not_there', { details: { what: 'field' } });
				return { ...card, genericFields };
			},
		);
	}

	async setFieldByPhone(instanceId: string, phone: string, field: GenericField): Promise<ContactCard> {
		const { store, ids, clock } = this.#parts;
		const party = partyOfAddress(readAddress(phone));
		const instance = await store.accounts.instance(instanceId);
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		return this.#write(
			async () => {
				const { changes, ...view } = await openChat({ store, ids, instance, party, at: clock.now() });
				return { view, changes };
			},
			(card) => withField(card, field),
		);
	}

	#write(open: () => Promise<{ view: ChatView; changes?: readonly Change[] }>, change: (card: Card) => Card): Promise<ContactCard> {
		const { store, outbox, clock } = this.#parts;
		return commitDecided(outbox, async () => {
			const { view, changes = [] } = await open();
			const { id, accountId } = view.contact;
			const kept = await CARDS.get(store.documents, id);
			const card = change(kept?.value ?? BLANK);
			const put = CARDS.put({ id, accountId, parentId: id, at: clock.now(), value: card }, kept?.version ?? 0);
			return { result: { contactId: id, ...card }, decision: { changes: [...changes, put], events: [] } };
		});
	}

	async #chat(accountId: string, chatId: string): Promise<ChatView> {
		const view = await this.#parts.store.chats.chat(chatId);
		if (view?.chat.accountId !== accountId) throw new RecadoError('not_there', { details: { what: 'chat' } });
		return view;
	}
}

/** Throws fields_full. */
function withField(card: Card, field: GenericField): Card {
	const { genericFields } = card;
	if (genericFields.some(({ name }) => name === field.name)) {
		return { ...card, genericFields: genericFields.map((one) => (one.name === field.name ? field : one)) };
	}
	if (genericFields.length >= FIELDS_MAX) throw new RecadoError('fields_full', { details: { limit: FIELDS_MAX } });
	return { ...card, genericFields: [...genericFields, field] };
}

/** Which account something belongs to, by its id alone: the prefix says what it is. */
import { collection } from '../ports/documents.ts';
import type { Store } from '../ports/store.ts';
import type { AccountsOfIds } from './services.ts';

export type AccountOfReads = Pick<Store, 'documents' | 'personal'> & {
	readonly accounts: Pick<Store['accounts'], 'account' | 'instance' | 'application'>;
	readonly chats: Pick<Store['chats'], 'chat'>;
	readonly messages: Pick<Store['messages'], 'message'>;
	readonly attendances: Pick<Store['attendances'], 'attendance'>;
	readonly webhooks: Pick<Store['webhooks'], 'webhook'>;
	readonly events: Pick<Store['events'], 'event'>;
	readonly deliveries: Pick<Store['deliveries'], 'delivery'>;
	readonly jobs: Pick<Store['jobs'], 'job'>;
	readonly media: Pick<Store['media'], 'medium'>;
};

type Owned = { readonly accountId?: string } | undefined;

/** Ids of things that are found by themselves. What hangs on an account's path (departments, operators) is looked for within it by its route. */
const ID = /^([a-z]{3})_[0-9a-f]{32,}$/;

export class AccountFinder implements AccountsOfIds {
	readonly #finders: Readonly<Record<string, (id: string) => Promise<Owned>>>;

	constructor(store: AccountOfReads) {
		const ofDocument = (name: string) => (id: string) => collection(name).get(store.documents, id);
		this.#finders = {
			acc: async (id) => (await store.accounts.account(id)) && { accountId: id },
			ins: (id) => store.accounts.instance(id),
			app: (id) => store.accounts.application(id),
			ctc: async (id) => (await store.personal.about(id))?.contact,
			cht: async (id) => (await store.chats.chat(id))?.chat,
			msg: (id) => store.messages.message(id),
			atd: (id) => store.attendances.attendance(id),
			whk: (id) => store.webhooks.webhook(id),
			evt: (id) => store.events.event(id),
			dlv: (id) => store.deliveries.delivery(id),
			job: async (id) => (await store.jobs.job(id))?.filter,
			med: (id) => store.media.medium(id),
			tok: ofDocument('api-tokens'),
		};
	}

	isFindable(id: string): boolean {
		const [, prefix = ''] = ID.exec(id) ?? [];
		return this.#finders[prefix] !== undefined;
	}

	async of(id: string): Promise<string | undefined> {
		const found = await this.#finders[id.slice(0, 3)]?.(id);
		return found?.accountId === '' ? undefined : found?.accountId;
	}

	/** Of the first of these that tells one. */
	async ofFirst(ids: readonly string[]): Promise<string | undefined> {
		for (const id of ids) {
			const accountId = this.isFindable(id) ? await this.of(id) : undefined;
			if (accountId !== undefined) return accountId;
		}
		return undefined;
	}
}

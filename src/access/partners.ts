/** Partners and the accounts that they made. An account that is not a partner's own is not there for it. */
import type { Account, Instance } from '../domain/account.ts';
import { RecadoError } from '../errors.ts';
import { commitChanges } from '../messaging/commit.ts';
import type { Directory } from '../messaging/directory-services.ts';
import type { Idempotency } from '../messaging/services.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { TokenScope } from '../ports/dialect.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { pageOfDocuments } from '../service-desk/document-pages.ts';
import { PARTNER_ACCOUNTS, PARTNERS, type PartnerAccountRecord } from './partner-records.ts';
import type { ApiTokens, PartnerAccount, PartnerAccountCreated, PartnerAccountWish, PartnerAsking, Partners } from './services.ts';

export interface PartnerParts {
	readonly store: Pick<Store, 'documents'> & { readonly accounts: Pick<Store['accounts'], 'account' | 'instance' | 'instancesOf'> };
	readonly directory: Pick<Directory, 'createAccount'>;
	readonly tokens: Pick<ApiTokens, 'credentialOf'>;
	readonly outbox: Outbox;
	readonly sealer: Sealer;
	readonly clock: Clock;
}

/** Accounts that are read at once where all of a partner's are looked at. */
const ACCOUNTS_READ = 200;

export class PartnerService implements Partners {
	readonly #parts: PartnerParts;

	constructor(parts: PartnerParts) {
		this.#parts = parts;
	}

	partnerByToken(token: string): Promise<PartnerAsking | undefined> {
		return this.#asking(token, 'partner');
	}

	integratorByToken(token: string): Promise<PartnerAsking | undefined> {
		return this.#asking(token, 'integrator');
	}

	async createAccount(
		partnerId: string,
		wish: PartnerAccountWish,
		idempotency?: Idempotency<PartnerAccountCreated>,
	): Promise<PartnerAccountCreated> {
		const { name, active = true, ...said } = wish;
		const record: PartnerAccountRecord = { ...only(said), active };
		const belonging = ({ id, createdAt }: Account): Change[] => [
			PARTNER_ACCOUNTS.put({ id, accountId: id, parentId: partnerId, at: createdAt, value: record }, 0),
		];
		const owned = (account: Account): PartnerAccount => ({ ...record, account, partnerId });
		const { directory } = this.#parts;
		const created = await directory.createAccount(
			name,
			idempotency && { request: idempotency.request, answer: (made) => idempotency.answer({ ...made, owned: owned(made.account) }) },
			belonging,
		);
		return { ...created, owned: owned(created.account) };
	}

	async updateAccount(partnerId: string, accountId: string, change: Partial<PartnerAccountWish>): Promise<PartnerAccount> {
		const { store } = this.#parts;
		const [kept, account] = await Promise.all([PARTNER_ACCOUNTS.get(store.documents, accountId), store.accounts.account(accountId)]);
		if (kept?.parentId !== partnerId || !account) throw new RecadoError('not_there', { details: { what: 'account' } });
		const { name = account.name, active = kept.value.active, ...said } = change;
		const value: PartnerAccountRecord = { ...kept.value, ...only(said), active };
		const renamed: Account = { ...account, name };
		await commitChanges(this.#parts, [
			PARTNER_ACCOUNTS.put({ ...kept, value }, kept.version),
			...(name === account.name ? [] : [{ kind: 'account.put', account: renamed } as const]),
		]);
		return { ...value, account: renamed, partnerId };
	}

	async account(partnerId: string, accountId: string): Promise<PartnerAccount | undefined> {
		const { store } = this.#parts;
		const kept = await PARTNER_ACCOUNTS.get(store.documents, accountId);
		const account = kept?.parentId === partnerId ? await store.accounts.account(accountId) : undefined;
		return kept && account && { ...kept.value, account, partnerId };
	}

	async accounts(partnerId: string, page: PageRequest): Promise<Page<PartnerAccount>> {
		const { store } = this.#parts;
		const found = await pageOfDocuments(store.documents, PARTNER_ACCOUNTS, { parentId: partnerId, order: 'oldest' }, page);
		const items = await Promise.all(
			found.items.map(async ({ id, value }) => {
				const account = await store.accounts.account(id);
				return account && { ...value, account, partnerId };
			}),
		);
		return { ...found, items: items.filter((item) => item !== undefined) };
	}

	async instances(partnerId: string): Promise<readonly Instance[]> {
		const { accounts } = this.#parts.store;
		const all: Instance[] = [];
		let cursor: string | undefined;
		do {
			const page: Page<PartnerAccount> = await this.accounts(partnerId, {
				limit: ACCOUNTS_READ,
				...(cursor === undefined ? {} : { cursor }),
			});
			const lists = await Promise.all(page.items.map(({ account }) => accounts.instancesOf(account.id)));
			all.push(...lists.flat());
			cursor = page.next;
		} while (cursor !== undefined);
		return all;
	}

	async instance(partnerId: string, instanceId: string): Promise<Instance | undefined> {
		const instance = await this.#parts.store.accounts.instance(instanceId);
		return instance && (await this.account(partnerId, instance.accountId)) ? instance : undefined;
	}

	async #asking(token: string, scope: TokenScope): Promise<PartnerAsking | undefined> {
		const { store, tokens } = this.#parts;
		const credential = await tokens.credentialOf(token);
		if (credential?.partnerId === undefined || !credential.scopes?.includes(scope)) return undefined;
		const partner = await PARTNERS.get(store.documents, credential.partnerId);
		return partner && { id: partner.id, name: partner.value.name, createdAt: partner.at, credential };
	}
}

/** What was said: what is undefined has no key. */
function only({ externalId, sessionName }: Pick<PartnerAccountWish, 'externalId' | 'sessionName'>): Omit<PartnerAccountRecord, 'active'> {
	return { ...(externalId === undefined ? {} : { externalId }), ...(sessionName === undefined ? {} : { sessionName }) };
}

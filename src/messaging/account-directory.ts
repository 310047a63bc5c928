/** Accounts, instances and applications, and who may act for them. */
import { timingSafeEqual } from 'node:crypto';
import type { Account, Application, Instance } from '../domain/account.ts';
import { parsePhone } from '../domain/phone.ts';
import { RecadoError } from '../errors.ts';
import type { Change } from '../ports/changes.ts';
import type { Channel } from '../ports/channel.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { HashToken, Passwords, Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { WebhookDraft, WebhookDrafts } from '../ports/webhook-drafts.ts';
import { commitChanges } from './commit.ts';
import type {
	AccountCreated,
	ApplicationCreated,
	ApplicationWish,
	Directory,
	InstanceCreated,
	InstanceWish,
} from './directory-services.ts';
import type { Idempotency, Instances } from './services.ts';
import { StaffDirectory } from './staff-directory.ts';
import { templateDeletions } from './templates.ts';
import type { ApplicationTokens } from './tokens.ts';

export interface DirectoryParts {
	readonly store: Pick<Store, 'accounts' | 'ownership' | 'documents'>;
	readonly passwords: Passwords;
	readonly outbox: Outbox;
	readonly drafts: WebhookDrafts;
	readonly instances: Pick<Instances, 'connect'>;
	readonly channels: (kind: Instance['channel']) => Channel | undefined;
	readonly tokens: ApplicationTokens;
	readonly hash: HashToken;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
}

/** What Instant Message applications are told: seed 004. */
const APPLICATION_SLOTS = ['response', 'status'];

export class AccountDirectory extends StaffDirectory implements Directory {
	readonly #parts: DirectoryParts;

	constructor(parts: DirectoryParts) {
		super(parts);
		this.#parts = parts;
	}

	async createAccount(
		name: string,
		idempotency?: Idempotency<AccountCreated>,
		also: (account: Account) => readonly Change[] = () => [],
	): Promise<AccountCreated> {
		const { ids, clock } = this.#parts;
		const created = this.#withTokens({ id: ids.next('acc'), name, clientTokenEnforced: false, createdAt: clock.now() });
		await commitChanges(this.#parts, [{ kind: 'account.insert', account: created.account }, ...also(created.account)], {
			idempotency,
			result: created,
		});
		return created;
	}

	renameAccount(accountId: string, name: string): Promise<Account> {
		return this.inTurn(accountId, async () => {
			const account = { ...(await this.account(accountId)), name };
			await commitChanges(this.#parts, [{ kind: 'account.put', account }]);
			return account;
		});
	}

	setClientTokenEnforced(accountId: string, enforced: boolean): Promise<Account> {
		return this.inTurn(accountId, async () => {
			const account = { ...(await this.account(accountId)), clientTokenEnforced: enforced };
			await commitChanges(this.#parts, [{ kind: 'account.put', account }]);
			return account;
		});
	}

	rotateAccountTokens(accountId: string): Promise<AccountCreated> {
		return this.inTurn(accountId, async () => {
			const created = this.#withTokens(await this.account(accountId));
			await commitChanges(this.#parts, [{ kind: 'account.put', account: created.account }]);
			return created;
		});
	}

	async createInstance(accountId: string, wish: InstanceWish, idempotency?: Idempotency<InstanceCreated>): Promise<InstanceCreated> {
		const { store, ids, clock, hash, channels, instances } = this.#parts;
		await this.account(accountId);
		const channel = channels(wish.channel);
		if (!channel) throw new RecadoError('channel_unavailable', { details: { channel: wish.channel } });
		const phone = parsePhone(wish.phone);
		if (phone === undefined) throw new RecadoError('invalid_phone');
		const token = ids.nextToken();
		const instance: Instance = {
			id: ids.next('ins'),
			accountId,
			name: wish.name,
			channel: wish.channel,
			phone,
			tokenHash: hash(token),
			state: 'disconnected',
			pacing: wish.pacing ?? channel.capabilities.defaultPacing,
			createdAt: clock.now(),
		};
		await commitChanges(this.#parts, [{ kind: 'instance.insert', instance }], {
			idempotency,
			result: { instance: { ...instance, state: 'connected' }, token },
		});
		await instances.connect(instance);
		return { instance: (await store.accounts.instance(instance.id)) ?? instance, token };
	}

	async updateInstance(id: string, change: { readonly name?: string; readonly pacing?: Instance['pacing'] }): Promise<Instance> {
		const { outbox, store } = this.#parts;
		await outbox.commit({ changes: [{ kind: 'instance.update', id, ...change }], events: [] });
		const instance = await store.accounts.instance(id);
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		return instance;
	}

	async createApplication(
		accountId: string,
		wish: ApplicationWish,
		idempotency?: Idempotency<ApplicationCreated>,
	): Promise<ApplicationCreated> {
		const { store, ids, clock, tokens } = this.#parts;
		await this.account(accountId);
		const instance = await store.accounts.instance(wish.instanceId);
		if (instance?.accountId !== accountId) throw new RecadoError('not_there', { details: { what: 'instance' } });
		const id = ids.next('app');
		const draft = this.#draftWebhook({ id, accountId, instanceId: instance.id }, wish.webhook);
		const application: Application = {
			id,
			accountId,
			instanceId: instance.id,
			name: wish.name,
			tokenId: ids.next('tok'),
			webhookId: draft.webhookId,
			createdAt: clock.now(),
		};
		const created = { application, token: await tokens.issue(application) };
		await commitChanges(this.#parts, [...draft.changes, { kind: 'application.insert', application }], { idempotency, result: created });
		draft.publish();
		return created;
	}

	updateApplication(id: string, { name, webhook }: { readonly name?: string; readonly webhook?: string }): Promise<Application> {
		return this.inTurn(id, async () => {
			const current = await this.#application(id);
			const draft = webhook === undefined ? undefined : this.#draftWebhook(current, webhook);
			const application = { ...current, name: name ?? current.name, webhookId: draft?.webhookId ?? current.webhookId };
			await commitChanges(this.#parts, [...(draft?.changes ?? []), { kind: 'application.put', application }]);
			draft?.publish();
			return application;
		});
	}

	deleteApplication(id: string): Promise<void> {
		return this.inTurn(id, async () => {
			await this.#application(id);
			const templates = await templateDeletions(this.#parts.store.documents, id);
			await commitChanges(this.#parts, [...templates, { kind: 'application.delete', id }]);
		});
	}

	rotateApplicationToken(id: string): Promise<ApplicationCreated> {
		return this.inTurn(id, async () => {
			const { ids, tokens } = this.#parts;
			const application = { ...(await this.#application(id)), tokenId: ids.next('tok') };
			await commitChanges(this.#parts, [{ kind: 'application.put', application }]);
			return { application, token: await tokens.issue(application) };
		});
	}

	async accountByToken(token: string): Promise<Account | undefined> {
		return this.#parts.store.accounts.accountByTokenHash(this.#parts.hash(token));
	}

	async instanceByToken(instanceId: string, token: string): Promise<Instance | undefined> {
		const instance = await this.#parts.store.accounts.instance(instanceId);
		return instance && this.#isSame(this.#parts.hash(token), instance.tokenHash) ? instance : undefined;
	}

	hasClientToken(account: Account, clientToken: string): boolean {
		return this.#isSame(this.#parts.hash(clientToken), account.clientTokenHash);
	}

	async applicationByToken(jwt: string): Promise<{ readonly application: Application; readonly instance: Instance } | undefined> {
		const { store, tokens } = this.#parts;
		const claims = await tokens.check(jwt);
		const application = claims && (await store.accounts.application(claims.applicationId));
		if (!application || application.tokenId !== claims.tokenId) return undefined;
		const instance = await store.accounts.instance(application.instanceId);
		return instance && { application, instance };
	}

	async firstInstance(accountId: string): Promise<Instance> {
		const [first] = await this.#parts.store.accounts.instancesOf(accountId);
		if (!first) throw new RecadoError('no_instance');
		return first;
	}

	async #application(id: string): Promise<Application> {
		const application = await this.#parts.store.accounts.application(id);
		if (!application) throw new RecadoError('not_there', { details: { what: 'application' } });
		return application;
	}

	#draftWebhook({ id, accountId, instanceId }: Pick<Application, 'id' | 'accountId' | 'instanceId'>, url: string): WebhookDraft {
		const owner = { accountId, instanceId, applicationId: id };
		return this.#parts.drafts.draft({ ...owner, dialect: 'instant-message', slots: APPLICATION_SLOTS, url });
	}

	#withTokens(account: Omit<Account, 'tokenHash' | 'clientTokenHash'>): AccountCreated {
		const { ids, hash } = this.#parts;
		const token = ids.nextToken();
		const clientToken = ids.nextToken();
		return { account: { ...account, tokenHash: hash(token), clientTokenHash: hash(clientToken) }, token, clientToken };
	}

	#isSame(one: string, other: string): boolean {
		return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
	}
}

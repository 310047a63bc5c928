/** Quick replies: texts that operators write often, each under a shortcut that is of one reply in its account, in whatever case. */
import { type Fault, RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { collection, type StoredDocument } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import { type ScopeParts, scopeOf } from './asker-scope.ts';
import type { Asker, QuickReplies, QuickReply, QuickReplyChange, QuickReplyWish } from './services.ts';

/** Of an account: what can be chosen among by typing. A further one is refused. */
export const QUICK_REPLIES_MAX = 500;

const TAKEN: Fault = { path: 'shortcut', en: 'is taken by another quick reply', pt: 'já é de outra resposta rápida' };

const REPLIES = collection<QuickReply>('quick-replies');
/** Whose a shortcut is. */
const SHORTCUTS = collection<{ readonly replyId: string }>('quick-reply-shortcuts');

export interface QuickReplyParts extends ScopeParts {
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
}

export class QuickReplyBook implements QuickReplies {
	readonly #parts: QuickReplyParts;

	constructor(parts: QuickReplyParts) {
		this.#parts = parts;
	}

	async list(asker: Asker): Promise<readonly QuickReply[]> {
		const { departmentIds } = await scopeOf(this.#parts, asker);
		const all = await this.#all(asker.accountId);
		return all.filter((reply) => departmentIds === undefined || (reply.departmentIds?.some((id) => departmentIds.includes(id)) ?? true));
	}

	async create(accountId: string, wish: QuickReplyWish): Promise<QuickReply> {
		const { store, ids, clock } = this.#parts;
		if (!(await store.accounts.account(accountId))) throw new RecadoError('not_there', { details: { what: 'account' } });
		await this.#checkDepartments(accountId, wish.departmentIds);
		const now = clock.now();
		const reply: QuickReply = { id: ids.next('qrp'), accountId, ...wish, createdAt: now, updatedAt: now };
		return commitDecided(this.#parts.outbox, async () => {
			if ((await this.#all(accountId)).length >= QUICK_REPLIES_MAX) {
				throw new RecadoError('quick_replies_full', { details: { limit: QUICK_REPLIES_MAX } });
			}
			return { result: reply, decision: { changes: [put(reply, 0), ...(await this.#takeShortcut(reply))], events: [] } };
		});
	}

	async update(accountId: string, replyId: string, change: QuickReplyChange): Promise<QuickReply> {
		await this.#checkDepartments(accountId, change.departmentIds ?? undefined);
		return commitDecided(this.#parts.outbox, async () => {
			const kept = await this.#reply(accountId, replyId);
			const reply = changed(kept.value, change, this.#parts.clock.now());
			const isRenamed = shortcutId(reply) !== shortcutId(kept.value);
			const shortcuts = isRenamed ? [...(await this.#takeShortcut(reply)), SHORTCUTS.delete(shortcutId(kept.value))] : [];
			return { result: reply, decision: { changes: [put(reply, kept.version), ...shortcuts], events: [] } };
		});
	}

	delete(accountId: string, replyId: string): Promise<void> {
		return commitDecided(this.#parts.outbox, async () => {
			const { value } = await this.#reply(accountId, replyId);
			return { result: undefined, decision: { changes: [REPLIES.delete(replyId), SHORTCUTS.delete(shortcutId(value))], events: [] } };
		});
	}

	/** Oldest first. */
	async #all(accountId: string): Promise<readonly QuickReply[]> {
		const found = await REPLIES.list(this.#parts.store.documents, { accountId, order: 'oldest', limit: QUICK_REPLIES_MAX });
		return found.map(({ value }) => value);
	}

	/** Throws not_there (what: reply). */
	async #reply(accountId: string, id: string): Promise<StoredDocument<QuickReply>> {
		const kept = await REPLIES.get(this.#parts.store.documents, id);
		if (kept?.accountId !== accountId) throw new RecadoError('not_there', { details: { what: 'reply' } });
		return kept;
	}

	/** Throws exists. Where somebody else takes it meanwhile, the commit conflicts, and it is looked at again. */
	async #takeShortcut(reply: QuickReply): Promise<readonly Change[]> {
		const id = shortcutId(reply);
		if (await SHORTCUTS.get(this.#parts.store.documents, id)) throw new RecadoError('exists', { faults: [TAKEN] });
		return [SHORTCUTS.put({ id, accountId: reply.accountId, parentId: reply.id, at: reply.updatedAt, value: { replyId: reply.id } }, 0)];
	}

	/** Throws department_missing. */
	async #checkDepartments(accountId: string, wished: readonly string[] = []): Promise<void> {
		if (wished.length === 0) return;
		const known = new Set((await this.#parts.store.accounts.departments(accountId)).map(({ id }) => id));
		const unknown = wished.find((id) => !known.has(id));
		if (unknown !== undefined) throw new RecadoError('department_missing', { details: { id: unknown } });
	}
}

function changed(reply: QuickReply, change: QuickReplyChange, now: number): QuickReply {
	const { departmentIds: before, ...rest } = reply;
	const { departmentIds = before, ...given } = change;
	return { ...rest, ...given, ...(departmentIds ? { departmentIds } : {}), updatedAt: now };
}

function put(reply: QuickReply, expected: number): Change {
	const { id, accountId, createdAt } = reply;
	return REPLIES.put({ id, accountId, at: createdAt, value: reply }, expected);
}

function shortcutId({ accountId, shortcut }: Pick<QuickReply, 'accountId' | 'shortcut'>): string {
	return `${accountId}/${shortcut.toLowerCase()}`;
}

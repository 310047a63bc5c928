/**
 * The audit log: documents, written in batches by one loop behind a queue with an end, so that no request ever waits for it. What a process that is killed had
 * in its queue is lost, a second of it at most; a stop writes it. What the queue cannot take is counted and told in the log.
 */
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { type Collection, collection, type StoredDocument } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Store } from '../ports/store.ts';
import { cut, placeOfCursor } from '../service-desk/document-pages.ts';
import type { AccountFinder } from './account-of.ts';
import type { Audit, AuditEntry, AuditFilter } from './services.ts';

export interface AuditParts {
	readonly store: Pick<Store, 'documents'>;
	readonly outbox: Outbox;
	readonly accounts: AccountFinder;
	readonly observer: Pick<Observer, 'background'>;
	readonly clock: Clock;
	readonly ids: Ids;
}

type KeptEntry = Omit<AuditEntry, 'id' | 'at' | 'accountId'>;

/** Hangs on whoever did it. */
export const ENTRIES: Collection<KeptEntry> = collection<KeptEntry>('audit');

/** Of entries that wait to be written: some minutes of a busy administrator. Beyond it what comes is dropped, and told. */
const QUEUE_MAX = 10_000;
const BATCH = 100;
/** Before what the store refused is tried again. */
const RETRY_MS = 1_000;
/** Entries that are looked at, newest first, for what no index knows: a method, a route. */
const LOOKED_AT_MAX = 10_000;
const LOOKED_AT_ONCE = 500;

type Waiting = Omit<AuditEntry, 'id'>;

export class AuditLog implements Audit, AsyncDisposable {
	readonly #parts: AuditParts;
	#queue: Waiting[] = [];
	#dropped = 0;
	#writing: Promise<void> | undefined;
	#isStopping = false;
	#endPause: (() => void) | undefined;

	constructor(parts: AuditParts) {
		this.#parts = parts;
	}

	note(entry: Omit<AuditEntry, 'id' | 'at'>): void {
		if (this.#queue.length >= QUEUE_MAX) {
			this.#dropped += 1;
			return;
		}
		this.#queue.push({ ...entry, at: this.#parts.clock.now() });
		this.#writing ??= this.#write().finally(() => {
			this.#writing = undefined;
		});
	}

	async list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
		const found: StoredDocument<KeptEntry>[] = [];
		let after = placeOfCursor(page);
		for (let looked = 0; looked < LOOKED_AT_MAX && found.length <= page.limit; looked += LOOKED_AT_ONCE) {
			const entries = await ENTRIES.list(this.#parts.store.documents, {
				...narrowed(filter),
				order: 'newest',
				limit: LOOKED_AT_ONCE,
				...(after === undefined ? {} : { after }),
			});
			found.push(...entries.filter(({ value }) => isMet(value, filter)));
			const last = entries.at(-1);
			if (entries.length < LOOKED_AT_ONCE || last === undefined) break;
			after = { at: last.at, id: last.id };
		}
		const cutOff = cut(found, page.limit, ({ at, id }) => ({ at, id }));
		return { ...cutOff, items: cutOff.items.map(toEntry) };
	}

	/** Writes what is waiting, if the store takes it. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isStopping = true;
		this.#endPause?.();
		await this.#writing;
	}

	async #write(): Promise<void> {
		// Those that come in the same turn are one batch.
		await Promise.resolve();
		while (this.#queue.length > 0) {
			const batch = this.#queue.slice(0, BATCH);
			try {
				await this.#commit(batch);
				this.#queue = this.#queue.slice(batch.length);
				this.#tellDropped();
			} catch (error) {
				this.#parts.observer.background('audit.write', error);
				if (this.#isStopping) return;
				await this.#pause();
			}
		}
	}

	async #commit(batch: readonly Waiting[]): Promise<void> {
		const { outbox, ids, accounts } = this.#parts;
		const changes = await Promise.all(
			batch.map(async ({ accountId, at, ...value }) => {
				const owner = accountId ?? (await accounts.ofFirst(Object.values(value.ids))) ?? '';
				return ENTRIES.put({ id: ids.next('aud'), accountId: owner, parentId: value.by.id, at, value });
			}),
		);
		await outbox.commit({ changes, events: [] });
	}

	#tellDropped(): void {
		if (this.#dropped === 0) return;
		this.#parts.observer.background('audit.write', new Error(`${this.#dropped} entries did not fit into the queue and are lost`));
		this.#dropped = 0;
	}

	#pause(): Promise<void> {
		return new Promise((resolve) => {
			const timer = this.#parts.clock.schedule(RETRY_MS, resolve);
			this.#endPause = () => {
				timer.cancel();
				resolve();
			};
		});
	}
}

/** What an index knows. */
function narrowed({ accountId, actorId, since, until }: AuditFilter): object {
	return {
		...(accountId === undefined ? {} : { accountId }),
		...(actorId === undefined ? {} : { parentId: actorId }),
		...(since === undefined ? {} : { from: since }),
		...(until === undefined ? {} : { to: until - 1 }),
	};
}

function isMet(value: Pick<AuditEntry, 'method' | 'route'>, { method, route }: AuditFilter): boolean {
	return (method === undefined || value.method === method) && (route === undefined || value.route === route);
}

function toEntry({ id, at, accountId, value }: StoredDocument<KeptEntry>): AuditEntry {
	return { id, at, ...value, ...(accountId === '' ? {} : { accountId }) };
}

/** Deletes documents that are too old, every hour, in batches: entries of the audit log, sessions, one-time links. Each process does so; what another one deleted is gone. */
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';

export interface OldDocumentParts {
	readonly store: Pick<Store, 'documents'>;
	readonly outbox: Outbox;
	readonly observer: Pick<Observer, 'background' | 'pruned'>;
	readonly clock: Clock;
	readonly kinds: readonly OldKind[];
}

export interface OldKind {
	readonly collection: Collection<unknown>;
	/** Beyond it a document goes, by its `at`. */
	readonly keptMs: number;
}

/** Between two looks. */
const PRUNE_MS = 60 * 60 * 1_000;
const BATCH = 500;

export class OldDocuments implements AsyncDisposable {
	readonly #parts: OldDocumentParts;
	#isStopping = false;
	#pruning: Promise<void> = Promise.resolve();
	#timer: Timer | undefined;

	constructor(parts: OldDocumentParts) {
		this.#parts = parts;
	}

	/** Begins with a look. */
	start(): void {
		this.#pruning = this.#prune();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isStopping = true;
		this.#timer?.cancel();
		await this.#pruning;
	}

	async #prune(): Promise<void> {
		const { observer, clock, kinds } = this.#parts;
		for (const kind of kinds)
			await this.#pruneOne(kind).catch((error: unknown) => observer.background(`${kind.collection.name}.prune`, error));
		if (this.#isStopping) return;
		this.#timer = clock.schedule(PRUNE_MS, () => {
			this.#pruning = this.#prune();
		});
	}

	async #pruneOne({ collection, keptMs }: OldKind): Promise<void> {
		const { store, outbox, observer, clock } = this.#parts;
		for (let isFull = true; isFull && !this.#isStopping; ) {
			const to = clock.now() - keptMs;
			const old = await collection.list(store.documents, { to, order: 'oldest', limit: BATCH });
			if (old.length > 0) await outbox.commit({ changes: old.map(({ id }) => collection.delete(id)), events: [] });
			if (old.length > 0) observer.pruned(old.length);
			isFull = old.length === BATCH;
		}
	}
}

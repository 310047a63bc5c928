/**
 * Group commit: what is submitted within one turn of the event loop becomes one transaction, so that one sync to disk serves all of it.
 *
 * The group first runs as it is. Where one of its operations throws or is refused (a precondition does not hold), everything is rolled back
 * and run again, each in a savepoint of its own, so that only that one fails; operations therefore touch nothing but the connection.
 * Where the store itself cannot write, every operation of the group rejects with `store_unavailable` and nothing of it happened.
 */
import { RecadoError } from '../../errors.ts';
import type { StoreWatch } from '../../ports/store-watch.ts';
import type { Connection } from './connection.ts';
import { isStoreUnavailable, storeUnavailable } from './store-fault.ts';

/** One operation: runs inside the transaction. May be run twice, the first time without effect. */
export type Operation<T> = (db: Connection) => T;

interface Queued {
	/** Runs it; false where its effects must be undone. Keeps what to answer. */
	run(): boolean;
	/** Answers the caller, after the commit. */
	settle(): void;
	/** Nothing happened. */
	reject(reason: RecadoError): void;
}

export class GroupWriter {
	readonly #db: Connection;
	readonly #groupMax: number;
	readonly #watch: StoreWatch | undefined;
	#queue: Queued[] = [];
	#isScheduled = false;
	#isClosed = false;

	constructor(db: Connection, groupMax: number, watch?: StoreWatch) {
		this.#db = db;
		this.#groupMax = groupMax;
		this.#watch = watch;
	}

	/** Resolves once the operation is durable, or with its value where `isRefused` says that nothing of it may stay. */
	submit<T>(operation: Operation<T>, isRefused: (value: T) => boolean = () => false): Promise<T> {
		if (this.#isClosed) return Promise.reject(storeUnavailable(new Error('the store is closed')));
		const { promise, resolve, reject } = Promise.withResolvers<T>();
		let answer: () => void = () => reject(new RecadoError('internal'));
		this.#queue.push({
			run: () => {
				try {
					const value = operation(this.#db);
					answer = () => resolve(value);
					return !isRefused(value);
				} catch (error) {
					if (isStoreUnavailable(error)) throw error;
					const reason = error instanceof RecadoError ? error : new RecadoError('internal', { cause: error });
					answer = () => reject(reason);
					return false;
				}
			},
			settle: () => answer(),
			reject,
		});
		this.#schedule();
		return promise;
	}

	/** Writes what is queued and takes nothing more. Safe when called twice. */
	close(): void {
		this.#isClosed = true;
		while (this.#queue.length > 0) this.#flush();
	}

	#schedule(): void {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			this.#flush();
			if (this.#queue.length > 0) this.#schedule();
		});
	}

	#flush(): void {
		const group = this.#queue.slice(0, this.#groupMax);
		this.#queue = this.#queue.slice(this.#groupMax);
		if (group.length === 0) return;
		const begunAt = performance.now();
		try {
			if (!this.#runTogether(group)) this.#runApart(group);
		} catch (cause) {
			this.#undo();
			const reason = isStoreUnavailable(cause) ? cause : storeUnavailable(cause);
			for (const operation of group) operation.reject(reason);
			this.#watch?.groupRefused(group.length);
			return;
		}
		this.#watch?.groupCommitted(group.length, performance.now() - begunAt);
		for (const operation of group) operation.settle();
	}

	/** Where even that fails, the next group cannot begin, is rejected as this one, and undoes it. */
	#undo(): void {
		try {
			this.#db.rollback();
		} catch {
			// Who asked is told why the group failed; that it could not be undone yet says nothing more.
		}
	}

	/** False where one was undone and the others have to run again. */
	#runTogether(group: readonly Queued[]): boolean {
		this.#db.run('BEGIN IMMEDIATE');
		for (const operation of group) {
			if (operation.run()) continue;
			this.#db.rollback();
			// The only one of its group: it knows its answer, and there is nobody to run again.
			return group.length === 1;
		}
		this.#db.run('COMMIT');
		return true;
	}

	#runApart(group: readonly Queued[]): void {
		this.#db.run('BEGIN IMMEDIATE');
		for (const operation of group) {
			this.#db.run('SAVEPOINT operation');
			if (!operation.run()) this.#db.run('ROLLBACK TO operation');
			this.#db.run('RELEASE operation');
		}
		this.#db.run('COMMIT');
	}
}

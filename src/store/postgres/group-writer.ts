/**
 * Group commit over a network: what is submitted while a group is under way becomes the next one, and a group is one transaction in one
 * round trip. Where one of a group is refused (a precondition does not hold) nothing of it happened, and it runs again in halves, until the
 * one that is refused stands alone; that one runs again with its changes in their order, so that it learns which of them was refused first. Where
 * the database cannot work, every operation of the group rejects with `store_unavailable`; a group whose COMMIT was not answered may have happened
 * all the same, as with every database. Where it was to take or settle deliveries nobody can tell what this process has in hand: it gives up its lease
 * then, so that all of it is made ready, whatever became of the group.
 */
import { RecadoError } from '../../errors.ts';
import type { StoreWatch } from '../../ports/store-watch.ts';
import { Batch, BatchResults, type BatchStatement } from './batch.ts';
import type { Database } from './database.ts';
import {
	isAgain,
	isStoreUnavailable,
	isTooMuch,
	isUnanswered,
	LEASE_LOST,
	refusalOf,
	sqlStateOf,
	storeUnavailable,
} from './store-fault.ts';

/** One operation: adds its rows, and finds its answer among what came back. Run again where its group is halved. */
export interface Operation<T> {
	/** Puts what it writes into the batch. Answers how to read the answer. */
	readonly write: (batch: Batch) => (results: BatchResults) => T;
	/** What it answers where it was refused; absent: it rejects. */
	readonly refused?: (what: string) => T;
	/** How it is written where this process turned out to be no member any more; or it rejects with `lease_lost`. Absent: it does not need to be one. */
	readonly leaseLost?: Operation<T>['write'] | 'rejects';
}

interface Queued {
	readonly write: (batch: Batch) => (results: BatchResults) => unknown;
	readonly refused: ((what: string) => unknown) | undefined;
	readonly leaseLost: Operation<unknown>['leaseLost'];
	readonly resolve: (value: unknown) => void;
	readonly reject: (reason: unknown) => void;
}

export interface GroupWriterOptions {
	readonly db: Pick<Database, 'pipeline'>;
	/** How many operations share one transaction at most; what is beyond goes into the next one. */
	readonly groupMax: number;
	readonly watch?: StoreWatch | undefined;
	/** Called before each group: something may have to be prepared for later ones. */
	readonly beforeGroup?: () => void;
	/** A group found that this process is no member any more. */
	readonly leaseLost?: () => void;
	/** A group that was to take or settle was not answered: what this process has in hand is not known any more. */
	readonly handsUnknown?: () => void;
}

/** Two groups that waited for each other are run again so often. */
const AGAIN_MAX = 5;

export class GroupWriter {
	readonly #db: Pick<Database, 'pipeline'>;
	readonly #groupMax: number;
	readonly #watch: StoreWatch | undefined;
	readonly #beforeGroup: () => void;
	readonly #leaseLost: () => void;
	readonly #handsUnknown: () => void;
	#queue: Queued[] = [];
	#working: Promise<void> | undefined;
	#isClosed = false;

	constructor(options: GroupWriterOptions) {
		this.#db = options.db;
		this.#groupMax = options.groupMax;
		this.#watch = options.watch;
		this.#beforeGroup = options.beforeGroup ?? (() => undefined);
		this.#leaseLost = options.leaseLost ?? (() => undefined);
		this.#handsUnknown = options.handsUnknown ?? (() => undefined);
	}

	/** Resolves once the operation is durable, or with its answer where it was refused. */
	submit<T>({ write, refused, leaseLost }: Operation<T>): Promise<T> {
		if (this.#isClosed) return Promise.reject(storeUnavailable(new Error('the store is closed')));
		return new Promise<T>((resolve, reject) => {
			this.#queue.push({ write, refused, leaseLost, resolve: resolve as (value: unknown) => void, reject });
			this.#working ??= this.#work();
		});
	}

	/** Writes what is queued and takes nothing more. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#working;
	}

	async #work(): Promise<void> {
		// What is submitted in this turn of the event loop goes together.
		await new Promise((resolve) => setImmediate(resolve));
		while (this.#queue.length > 0) {
			const group = this.#queue.slice(0, this.#groupMax);
			this.#queue = this.#queue.slice(this.#groupMax);
			await this.#commit(group);
		}
		this.#working = undefined;
	}

	/** Never rejects: each of the group is told how it went. */
	async #commit(group: readonly Queued[], isInOrder = false): Promise<void> {
		const begunAt = performance.now();
		let answers: readonly (() => unknown)[];
		try {
			this.#beforeGroup();
			answers = await this.#run(group, isInOrder);
		} catch (error) {
			await this.#failed(group, isInOrder, error);
			return;
		}
		this.#watch?.groupCommitted(group.length, performance.now() - begunAt);
		for (const [index, { resolve, reject }] of group.entries()) {
			try {
				resolve(answers[index]?.());
			} catch (error) {
				reject(ourError(error));
			}
		}
	}

	async #run(group: readonly Queued[], isInOrder: boolean): Promise<readonly (() => unknown)[]> {
		for (let tries = 1; ; tries += 1) {
			const batch = new Batch(isInOrder);
			const readers = group.map(({ write }) => write(batch));
			const statements = batch.statements();
			try {
				const answers = statements.length === 0 ? [] : await this.#db.pipeline(statements.map(({ bound }) => bound));
				const results = new BatchResults(statements, answers);
				return readers.map((read) => () => read(results));
			} catch (error) {
				if (isUnanswered(error) && isOfMember(statements)) this.#handsUnknown();
				if (!isAgain(error) || tries === AGAIN_MAX) throw error;
			}
		}
	}

	async #failed(group: readonly Queued[], isInOrder: boolean, error: unknown): Promise<void> {
		const [only, ...others] = group;
		const refusal = refusalOf(error);
		if (sqlStateOf(error) === LEASE_LOST) this.#leaseLost();
		if (isLeaseLost(error) && group.some(({ leaseLost }) => leaseLost !== undefined)) {
			await this.#commitWithoutLease(group, isInOrder);
		} else if (others.length > 0 && (isTooMuch(error) || !(isStoreUnavailable(error) || isAgain(error)))) {
			const half = Math.ceil(group.length / 2);
			await this.#commit(group.slice(0, half));
			await this.#commit(group.slice(half));
		} else if (isStoreUnavailable(error) || isAgain(error)) {
			this.#watch?.groupRefused(group.length);
			const reason = isStoreUnavailable(error) ? error : storeUnavailable(error);
			for (const { reject } of group) reject(reason);
		} else if (only?.refused && refusal !== undefined && !isInOrder) {
			await this.#commit(group, true);
		} else if (only?.refused && refusal !== undefined) {
			resolveRefused(only, only.refused, refusal);
		} else {
			only?.reject(ourError(error));
		}
	}

	/** Who cannot do without is told; the others are written together once more. */
	async #commitWithoutLease(group: readonly Queued[], isInOrder: boolean): Promise<void> {
		const others: Queued[] = [];
		for (const one of group) {
			if (one.leaseLost === 'rejects') one.reject(new RecadoError('lease_lost'));
			else others.push({ ...one, write: one.leaseLost ?? one.write, leaseLost: undefined });
		}
		if (others.length > 0) await this.#commit(others, isInOrder);
	}
}

/** Whether it takes or settles: that begins with the proof that this process is a member. */
function isOfMember(statements: readonly BatchStatement[]): boolean {
	return statements.some(({ sheet }) => sheet?.phase === 'membership');
}

function resolveRefused({ resolve, reject }: Queued, refused: (what: string) => unknown, refusal: string): void {
	try {
		resolve(refused(refusal));
	} catch (error) {
		reject(ourError(error));
	}
}

/** The database says so, or this process knew before it asked. */
function isLeaseLost(error: unknown): boolean {
	return sqlStateOf(error) === LEASE_LOST || (error instanceof RecadoError && error.code === 'lease_lost');
}

function ourError(error: unknown): RecadoError {
	if (error instanceof RecadoError) return error;
	return new RecadoError(sqlStateOf(error) === LEASE_LOST ? 'lease_lost' : 'internal', { cause: error });
}

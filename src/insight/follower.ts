/**
 * Follows one kind of thing through the store by its numbers, whoever wrote it. Numbers are drawn before they are committed: of processes that write at the
 * same time the lower number may become visible after the higher one. So a number that was passed and not seen is *missing*: it is looked for again until it
 * comes, or until nobody can be writing it any more. That a transaction was rolled back leaves such a number for good.
 *
 * Under more load than is told, the newest are: what lies before them is counted, and looked for no more.
 */
import type { Newest, Stretch } from '../ports/insight.ts';

/** A statement that takes longer is ended by the database, and its transaction with it (`RECADO_DATABASE_STATEMENT_TIMEOUT`). */
const MISSING_MS = 30_000;
/** Each group that was rolled back leaves one. Beyond it the oldest is forgotten: if it comes after all, nobody is told. */
const STRETCHES_MAX = 64;

/** How much one look tells. */
export interface LookSize {
	/** Everything, as long as no more than this comes between two looks. */
	readonly all: number;
	/** From the look after one at which more came, until less comes. */
	readonly sample: number;
}

interface Missing extends Stretch {
	readonly until: number;
}

export class Follower<T extends { readonly seq: number }> {
	readonly #read: (stretches: readonly Stretch[], limit: number) => Promise<Newest<T>>;
	#position: number;
	#missing: readonly Missing[] = [];
	#isRush = false;
	/** Before the last look. */
	#before: readonly [position: number, missing: readonly Missing[]] | undefined;

	/** @param position what is behind it is told. */
	constructor(read: (stretches: readonly Stretch[], limit: number) => Promise<Newest<T>>, position: number) {
		this.#read = read;
		this.#position = position;
	}

	/** The highest number that was told or passed. */
	get position(): number {
		return this.#position;
	}

	/** More came with the last look than is told. */
	get isRush(): boolean {
		return this.#isRush;
	}

	/** Up to here everything was told, or never comes: who goes on from here is told nothing too little, and some things twice. */
	get settled(): number {
		return this.#missing.reduce((lowest, { first }) => Math.min(lowest, first - 1), this.#position);
	}

	/** The newest are gone (erased, or the store is another one): their numbers will be used again. */
	fallBack(newest: number): void {
		if (newest >= this.#position) return;
		this.#position = newest;
		this.#missing = this.#missing.filter(({ last }) => last <= newest);
	}

	/** What came since, oldest first; where it is too much, the newest of it. */
	async next({ all, sample }: LookSize, now: number): Promise<Newest<T>> {
		const ahead = { first: this.#position + 1, last: Number.MAX_SAFE_INTEGER };
		this.#before = undefined;
		const { items, leftOut } = await this.#read([...this.#missing, ahead], this.#isRush ? sample : all);
		this.#isRush = items.length + leftOut > all;
		this.#before = [this.#position, this.#missing];
		const found = items.toReversed();
		const seqs = found.map(({ seq }) => seq);
		const reached = Math.max(this.#position, seqs.at(-1) ?? 0);
		const looked = leftOut > 0 ? this.#overtaken(seqs[0] ?? reached, reached, now) : this.#looked(reached, now);
		this.#missing = looked.flatMap((stretch) => without(stretch, seqs)).slice(-STRETCHES_MAX);
		this.#position = reached;
		return { items: found, leftOut };
	}

	/** What came with the last look could not be told: it comes again. */
	rewind(): void {
		if (this.#before) [this.#position, this.#missing] = this.#before;
	}

	/** What was left out is told by its count, and ends where the first one that was told begins. */
	#overtaken(lowest: number, reached: number, now: number): readonly Missing[] {
		return [{ first: Math.max(this.#position + 1, lowest), last: reached, until: now + MISSING_MS }];
	}

	/** Where there may be some that were not found. */
	#looked(reached: number, now: number): readonly Missing[] {
		const waiting = this.#missing.filter(({ until }) => until > now);
		return reached === this.#position ? waiting : [...waiting, { first: this.#position + 1, last: reached, until: now + MISSING_MS }];
	}
}

/** What is left of a stretch without these numbers, ascending. */
function without(stretch: Missing, seqs: readonly number[]): readonly Missing[] {
	const left: Missing[] = [];
	let { first } = stretch;
	for (const seq of seqs) {
		if (seq < first || seq > stretch.last) continue;
		if (seq > first) left.push({ ...stretch, first, last: seq - 1 });
		first = seq + 1;
	}
	if (first <= stretch.last) left.push({ ...stretch, first });
	return left;
}

/**
 * What the operations of a group write, collected by statement: each statement runs once, with the rows of all of them. Where two rows speak of the
 * same thing (its key) in another order than that of their phases, the later one goes into a further wave: the phases of the changes once more,
 * after the first. So each change sees those before it, of its own operation and of others.
 */
import { blobs, bools, ints, texts } from './arrays.ts';
import { type Bound, type SqlValue, type Statement, statement } from './statement.ts';

export type Cell = string | number | boolean | Uint8Array | null | undefined;
export type Column = 'text' | 'int' | 'bool' | 'bytes';

/**
 * One statement of many rows: its columns arrive as the arrays `$1`, `$2`, …, in the order in which the rows were added. Where a row's
 * precondition does not hold it raises `RC409` with the word of the conflict as its message (`refuse_unless` does).
 */
export interface Sheet {
	readonly phase: Phase;
	readonly statement: Statement;
	readonly columns: readonly Column[];
	/** Two rows with the same key are one: the later one is folded into the earlier. */
	readonly fold?: {
		readonly key: (row: readonly Cell[]) => string;
		readonly merge: (earlier: readonly Cell[], later: readonly Cell[]) => readonly Cell[];
	};
}

/** What changes records, in the order in which a wave of it runs: what others look for is written before. */
const CHANGES = ['idempotency', 'plans', 'directory', 'contacts', 'chats', 'messages', 'touches', 'attendances', 'records'] as const;

/** What comes after all waves. */
const CONSEQUENCES = ['membership', 'events', 'settlements', 'deliveries', 'claims', 'last'] as const;

export type Phase = (typeof CHANGES)[number] | (typeof CONSEQUENCES)[number];

const ORDER: ReadonlyMap<Phase, number> = new Map([...CHANGES, ...CONSEQUENCES].map((phase, index) => [phase, index]));

/** Taken in the order of their hashes, so that two groups never wait for each other; held to the end of the transaction. */
const LOCK: Statement = statement(
	'lock_names',
	`SELECT pg_advisory_xact_lock(key)
	FROM (SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest($1::text[]) AS name ORDER BY key) AS keys`,
);

export interface BatchStatement {
	/** Undefined for what answers nothing: the locks. */
	readonly sheet: Sheet | undefined;
	readonly bound: Bound;
}

/** A sheet in one wave. */
interface Filled {
	readonly sheet: Sheet;
	readonly wave: number;
	readonly rows: Cell[][];
	/** By the key of the fold, the place of its row. */
	readonly places: Map<string, number>;
}

export class Batch {
	readonly #isInOrder: boolean;
	readonly #filled = new Map<Sheet, Map<number, Filled>>();
	/** For each key, where the last row with it went. */
	readonly #last = new Map<string, { readonly wave: number; readonly sheet: Sheet }>();
	readonly #locks = new Set<string>();
	#turns = 0;

	/** `isInOrder`: each change is a statement of its own, in the order in which they are added, so that the first that is refused is refused first. */
	constructor(isInOrder = false) {
		this.#isInOrder = isInOrder;
	}

	/** Answers the place of the row among those of the sheet in its wave, from 0. `keys`: what it speaks of, where another row may do so as well. */
	add(sheet: Sheet, row: readonly Cell[], keys: readonly string[] = []): number {
		const wave = this.#waveOf(sheet, keys);
		for (const key of keys) this.#last.set(key, { wave, sheet });
		const { rows, places } = this.#fill(sheet, wave);
		if (!sheet.fold) return rows.push([...row]) - 1;
		const key = sheet.fold.key(row);
		const place = places.get(key);
		if (place === undefined) {
			places.set(key, rows.length);
			return rows.push([...row]) - 1;
		}
		rows[place] = [...sheet.fold.merge(rows[place] ?? [], row)];
		return place;
	}

	/** Nobody else works on what has this name until the group is committed: a lane, a chat. */
	lock(name: string): void {
		this.#locks.add(name);
	}

	/** In the order in which they run; the locks first. */
	statements(): readonly BatchStatement[] {
		const filled = [...this.#filled.values()].flatMap((waves) => [...waves.values()]);
		filled.sort((a, b) => a.wave - b.wave || orderOf(a.sheet) - orderOf(b.sheet));
		const statements = filled.map(({ sheet, rows }) => ({ sheet, bound: { statement: sheet.statement, values: columnsOf(sheet, rows) } }));
		if (this.#locks.size === 0) return statements;
		return [{ sheet: undefined, bound: { statement: LOCK, values: [texts([...this.#locks])] } }, ...statements];
	}

	#fill(sheet: Sheet, wave: number): Filled {
		const waves = this.#filled.get(sheet) ?? new Map<number, Filled>();
		this.#filled.set(sheet, waves);
		const filled = waves.get(wave) ?? { sheet, wave, rows: [], places: new Map<string, number>() };
		waves.set(wave, filled);
		return filled;
	}

	/** The first wave in which the row comes after every one with a key of its own. */
	#waveOf(sheet: Sheet, keys: readonly string[]): number {
		if (orderOf(sheet) >= CHANGES.length) return AFTER_ALL_WAVES;
		if (this.#isInOrder) {
			this.#turns += 1;
			return this.#turns;
		}
		let wave = 0;
		for (const key of keys) {
			const last = this.#last.get(key);
			if (last === undefined) continue;
			const comesAfter = orderOf(last.sheet) < orderOf(sheet) || (last.sheet === sheet && sheet.fold !== undefined);
			wave = Math.max(wave, comesAfter ? last.wave : last.wave + 1);
		}
		return wave;
	}
}

const AFTER_ALL_WAVES = Number.MAX_SAFE_INTEGER;

function orderOf({ phase }: Sheet): number {
	return ORDER.get(phase) ?? ORDER.size;
}

function columnsOf({ columns }: Sheet, rows: readonly (readonly Cell[])[]): SqlValue[] {
	return columns.map((column, index) =>
		arrayOf(
			column,
			rows.map((row) => row[index]),
		),
	);
}

function arrayOf(column: Column, cells: readonly Cell[]): SqlValue {
	switch (column) {
		case 'text':
			return texts(cells as (string | null | undefined)[]);
		case 'int':
			return ints(cells as (number | null | undefined)[]);
		case 'bool':
			return bools(cells as (boolean | null | undefined)[]);
		case 'bytes':
			return blobs(cells as (Uint8Array | null | undefined)[]);
	}
}

/** What the statements of a batch answered. */
export class BatchResults {
	readonly #rows = new Map<Sheet, unknown[]>();

	/** `answers`: the rows of each of the statements. */
	constructor(statements: readonly BatchStatement[], answers: readonly (readonly unknown[])[]) {
		for (const [index, { sheet }] of statements.entries()) {
			if (sheet) this.#rows.set(sheet, [...(this.#rows.get(sheet) ?? []), ...(answers[index] ?? [])]);
		}
	}

	/** All rows that the sheet's statement answered. Of whom each is, its statement says in a column. */
	of<Row>(sheet: Sheet): readonly Row[] {
		return (this.#rows.get(sheet) ?? []) as readonly Row[];
	}
}

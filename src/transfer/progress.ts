/** How far a transfer is, told table by table and now and then within a large one. */

export interface Progress {
	readonly phase: 'exporting' | 'importing' | 'verifying';
	readonly table: string;
	readonly done: number;
	readonly total: number;
}

export type OnProgress = (progress: Progress) => void;

const TELL_EACH = 100_000;

export class ProgressTeller {
	readonly #phase: Progress['phase'];
	readonly #totals: ReadonlyMap<string, number>;
	readonly #tell: OnProgress;
	readonly #done: Map<string, number> = new Map();

	constructor(phase: Progress['phase'], totals: ReadonlyMap<string, number>, tell: OnProgress) {
		this.#phase = phase;
		this.#totals = totals;
		this.#tell = tell;
	}

	/** One more row of it. */
	count(table: string): void {
		const done = (this.#done.get(table) ?? 0) + 1;
		const total = this.#totals.get(table) ?? 0;
		this.#done.set(table, done);
		if (done === total || done % TELL_EACH === 0) this.#tell({ phase: this.#phase, table, done, total });
	}
}

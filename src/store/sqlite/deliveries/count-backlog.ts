/**
 * How much is on its way, for metrics and for people. Counted in slices, between which others have their turn: a million that wait take
 * nobody's time at once. Who asks while it is counted gets the same answer.
 */
import type { DeliveryState } from '../../../domain/delivery.ts';
import type { DeliveryReads } from '../../../ports/deliveries.ts';
import type { Connection } from '../connection.ts';

type Backlog = Awaited<ReturnType<DeliveryReads['backlog']>>;

/** Walked in about a millisecond. */
const SLICE = 20_000;
export const COUNT_SLICE: string = `
	SELECT count(*) AS count, max(seq) AS last FROM (
		SELECT seq FROM deliveries INDEXED BY deliveries_state WHERE state = ? AND state <> 'delivered' AND seq > ? ORDER BY seq LIMIT ${SLICE}
	)`;

export class BacklogCounter {
	readonly #db: Connection;
	#counting: Promise<Backlog> | undefined;

	constructor(db: Connection) {
		this.#db = db;
	}

	count(): Promise<Backlog> {
		this.#counting ??= this.#countAll().finally(() => {
			this.#counting = undefined;
		});
		return this.#counting;
	}

	async #countAll(): Promise<Backlog> {
		return { pending: await this.#countOf('pending'), sending: await this.#countOf('sending'), dead: await this.#countOf('dead') };
	}

	async #countOf(state: DeliveryState): Promise<number> {
		let [total, after] = [0, 0];
		for (;;) {
			const slice = this.#db.get<{ count: number; last: number | null }>(COUNT_SLICE, state, after);
			total += slice?.count ?? 0;
			if (slice === undefined || slice.last === null || slice.count < SLICE) return total;
			after = slice.last;
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
}

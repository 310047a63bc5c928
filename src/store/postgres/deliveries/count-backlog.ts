/** How much is on its way, for metrics and for people. Who asks while it is counted gets the same answer. */
import type { DeliveryReads } from '../../../ports/deliveries.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

type Backlog = Awaited<ReturnType<DeliveryReads['backlog']>>;

/** What is in hand is never much, and has an index; what is dead is counted in one as well. */
const COUNT_BACKLOG: Statement = statement(
	'deliveries_backlog',
	`SELECT (SELECT count(*) FROM work) AS unsettled, (SELECT count(*) FROM work WHERE holder IS NOT NULL) AS sending,
		(SELECT count(*) FROM deliveries WHERE state = 'dead' AND state IN ('dead', 'cancelled')) AS dead`,
);

export class BacklogCounter {
	readonly #db: Queries;
	#counting: Promise<Backlog> | undefined;

	constructor(db: Queries) {
		this.#db = db;
	}

	count(): Promise<Backlog> {
		this.#counting ??= this.#countAll().finally(() => {
			this.#counting = undefined;
		});
		return this.#counting;
	}

	async #countAll(): Promise<Backlog> {
		const [row] = await this.#db.query<{ unsettled: number; sending: number; dead: number }>(COUNT_BACKLOG);
		const { unsettled = 0, sending = 0, dead = 0 } = row ?? {};
		return { pending: unsettled - sending, sending, dead };
	}
}

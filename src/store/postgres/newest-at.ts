/**
 * When the newest thing was written, by the gateways' clocks. Looked for where whatever happens leaves a time behind: at the ends of the tables that
 * grow, and among the latest deliveries, of which any may have been settled last. What a provider said of time is not asked.
 */
import type { Queries } from './database.ts';
import { type Statement, statement } from './statement.ts';

const NEWEST_AT: Statement = statement(
	'newest_at',
	`SELECT coalesce(max(at), 0) AS at FROM (
		SELECT greatest(max(created_at), max(settled_at), max(replayed_at)) AS at
			FROM (SELECT created_at, settled_at, replayed_at FROM deliveries ORDER BY seq DESC LIMIT 1000) AS latest
		UNION ALL (SELECT created_at FROM idempotency ORDER BY seq DESC LIMIT 1)
		UNION ALL SELECT max(updated_at) FROM webhooks
		UNION ALL SELECT max(updated_at) FROM jobs
		UNION ALL SELECT at FROM probe
	) AS times`,
);

export async function newestAt(db: Queries): Promise<number> {
	const [row] = await db.query<{ at: number }>(NEWEST_AT);
	return row?.at ?? 0;
}

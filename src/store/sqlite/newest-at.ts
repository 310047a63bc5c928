/**
 * When the newest thing was written, by our own clock. Looked for where whatever happens leaves a time behind: at the ends of the tables that
 * grow, and among the latest deliveries, of which any may have been settled last. What a provider said of time is not asked.
 */
import type { Connection } from './connection.ts';

const NEWEST_AT = `
	SELECT max(coalesce(at, 0)) AS at FROM (
		SELECT max(max(created_at, coalesce(settled_at, 0), coalesce(replayed_at, 0))) AS at
			FROM (SELECT created_at, settled_at, replayed_at FROM deliveries ORDER BY seq DESC LIMIT 1000)
		UNION ALL SELECT max(created_at) FROM (SELECT created_at FROM idempotency ORDER BY seq DESC LIMIT 1)
		UNION ALL SELECT max(updated_at) FROM webhooks
		UNION ALL SELECT max(updated_at) FROM jobs
		UNION ALL SELECT at FROM probe
	)`;

export function newestAt(db: Connection): number {
	return db.get<{ at: number | null }>(NEWEST_AT)?.at ?? 0;
}

/**
 * The one statement that a process sends while nothing happens: it renews the lease, and answers what there is to know of the others. All times are of
 * the database's clock and come back as lengths, so that nobody's own clock has to agree with it.
 */
import { type Statement, statement } from '../statement.ts';

export const HEARTBEAT: Statement = statement(
	'peers_heartbeat',
	`WITH renewed AS (
		UPDATE processes SET lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond' WHERE token = $1 RETURNING token
	)
	SELECT
		EXISTS (SELECT 1 FROM renewed) AS is_member,
		ARRAY(SELECT token::text FROM processes WHERE token = $1 OR lease_until > clock_timestamp() ORDER BY processes.token) AS members,
		(
			SELECT ceil(extract(epoch FROM min(lease_until) - clock_timestamp()) * 1000)::bigint FROM processes WHERE token <> $1
		) AS others_end_in_ms,
		(SELECT coalesce(max(version), 0) FROM webhook_versions) AS webhooks_version,
		EXISTS (SELECT 1 FROM errands WHERE token = $1 AND state = 'sent') AS has_errands`,
);

export interface HeartbeatRow {
	readonly is_member: boolean;
	/** Their tokens, in ascending order, as members are named. */
	readonly members: readonly string[];
	/** When the first of the other leases ends; below 0 where it has; null where there is none. */
	readonly others_end_in_ms: number | null;
	readonly webhooks_version: number;
	readonly has_errands: boolean;
}

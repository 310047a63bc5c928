/** How much is on its way, for metrics and for people. */
import type { DeliveryReads } from '../../../ports/store.ts';
import type { Connection } from '../connection.ts';

export const COUNT_STATE: string =
	"SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_state WHERE state = ? AND state NOT IN ('sending', 'delivered')";
export const COUNT_SENDING: string = "SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_sending WHERE state = 'sending'";
const OLDEST_DUE = 'SELECT due_at FROM deliveries WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at LIMIT 1';

/** `oldestDueAt` is of what could go now: a retry that sleeps is not late. */
export function readBacklog(db: Connection, now: number): Awaited<ReturnType<DeliveryReads['backlog']>> {
	const count = (sql: string, ...state: string[]): number => db.get<{ count: number }>(sql, ...state)?.count ?? 0;
	const oldestDueAt = db.get<{ due_at: number }>(OLDEST_DUE, now)?.due_at;
	return {
		pending: count(COUNT_STATE, 'pending'),
		sending: count(COUNT_SENDING),
		dead: count(COUNT_STATE, 'dead'),
		...(oldestDueAt === undefined ? {} : { oldestDueAt }),
	};
}

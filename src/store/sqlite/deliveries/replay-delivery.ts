/** A settled delivery goes through its states once more, with the same bytes under the same id. */
import type { Connection } from '../connection.ts';
import type { BareRow } from './delivery-row.ts';
import { enterLane } from './enter-lane.ts';

const TAKES_DELIVERIES = 'SELECT 1 FROM webhooks WHERE id = ? AND ending IS NULL';
const REPLAY = `
	UPDATE deliveries SET state = 'pending', due_at = ?, lane_place = ?, attempts = 0, held_since = NULL, lane_free_at = NULL, last_error = NULL,
		settled_at = NULL, is_overtaken = 0, replayed_at = ?
	WHERE seq = ?`;

/**
 * False where it is unsettled, or its webhook is deleted or about to be. In a busy lane it waits, and being older it goes before the others
 * who do.
 */
export function replayDelivery(db: Connection, row: BareRow, at: number): boolean {
	if (row.state === 'pending' || row.state === 'sending') return false;
	if (db.get(TAKES_DELIVERIES, row.webhook_id) === undefined) return false;
	const entry = enterLane(db, row.lane, at);
	db.run(REPLAY, entry.mayStart ? at : entry.dueAt, entry.place, at, row.seq);
	return true;
}

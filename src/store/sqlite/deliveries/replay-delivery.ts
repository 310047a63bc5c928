/** A settled delivery goes through its states once more, with the same bytes under the same id. */
import type { Connection } from '../connection.ts';
import { findDeliveryRow } from './delivery-row.ts';
import { enterLane } from './enter-lane.ts';

const HAS_WEBHOOK = 'SELECT 1 FROM webhooks WHERE id = ?';
const REPLAY = `
	UPDATE deliveries SET state = 'pending', due_at = ?, lane_place = ?, attempts = 0, held_since = NULL, lane_free_at = NULL, last_error = NULL,
		settled_at = NULL, is_overtaken = 0, is_replay = 1
	WHERE seq = ?`;

/** False where it is unsettled or unknown, or its webhook is deleted. In a busy lane it waits, and being older it goes before the others who do. */
export function replayDelivery(db: Connection, id: string, at: number): boolean {
	const row = findDeliveryRow(db, id);
	if (row === undefined || row.state === 'pending' || row.state === 'sending') return false;
	if (db.get(HAS_WEBHOOK, row.webhook_id) === undefined) return false;
	const entry = enterLane(db, { lane: row.lane, webhookId: row.webhook_id }, at);
	db.run(REPLAY, entry.mayStart ? at : entry.dueAt, entry.place, row.seq);
	return true;
}

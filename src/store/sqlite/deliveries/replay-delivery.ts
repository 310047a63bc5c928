/** A settled delivery goes through its states once more, with the same bytes under the same id. */
import type { Connection } from '../connection.ts';
import { findDeliveryRow } from './delivery-row.ts';
import { LANE_PLACE } from './lane-place.ts';

const LOOK = `
	SELECT EXISTS (SELECT 1 FROM webhooks WHERE id = ?1) AS has_webhook,
		EXISTS (SELECT 1 FROM parked_webhooks WHERE webhook_id = ?1) AS is_parked,
		EXISTS (SELECT 1 FROM deliveries WHERE lane = ?2 AND lane_place > 0) AS is_busy`;
const REPLAY = `
	UPDATE deliveries SET state = 'pending', due_at = ?, lane_place = ?, attempts = 0, held_since = NULL, last_error = NULL,
		settled_at = NULL, is_overtaken = 0, is_replay = 1
	WHERE seq = ?`;

/** False where it is unsettled or unknown, or its webhook is deleted. In a busy lane it waits, and being older it goes before the others who do. */
export function replayDelivery(db: Connection, id: string, at: number): boolean {
	const row = findDeliveryRow(db, id);
	if (row === undefined || row.state === 'pending' || row.state === 'sending') return false;
	const look = db.get<{ has_webhook: number; is_parked: number; is_busy: number }>(LOOK, row.webhook_id, row.lane);
	if (look?.has_webhook !== 1) return false;
	const isFree = look.is_busy === 0;
	const place = row.lane === null ? LANE_PLACE.none : isFree ? LANE_PLACE.holder : LANE_PLACE.waits;
	db.run(REPLAY, isFree && look.is_parked === 0 ? at : null, place, row.seq);
	return true;
}

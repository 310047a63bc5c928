/** The requests made for a delivery, oldest first, those before a replay included. */
import type { Attempt } from '../../../domain/attempt.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { ATTEMPT_KEYS } from './record-attempt.ts';

const SEQ_OF = 'SELECT seq FROM deliveries WHERE id = ?';
export const SELECT_ATTEMPTS: string = 'SELECT record FROM attempts WHERE seq >= ? AND seq < ? ORDER BY seq';

export function listAttempts(db: Connection, deliveryId: string): readonly Attempt[] {
	const seq = db.get<{ seq: number }>(SEQ_OF, deliveryId)?.seq;
	if (seq === undefined) return [];
	const rows = db.all<{ record: string }>(SELECT_ATTEMPTS, seq * ATTEMPT_KEYS, (seq + 1) * ATTEMPT_KEYS);
	return rows.map(({ record }) => ({ ...fromJson<Attempt>(record), deliveryId }));
}

/**
 * Writes the request that was made for a delivery. Its key begins with the delivery's, so that the attempts of one stand beside each other, new ones
 * at the end of the table, without an index of their own.
 */
import type { Attempt } from '../../../domain/attempt.ts';
import type { Connection } from '../connection.ts';

/** Keys there are for the attempts of one delivery; when they are used up, the last one is written over. */
export const ATTEMPT_KEYS = 4_096;

const FORGET_PROBE = 'DELETE FROM attempts WHERE seq BETWEEN ? AND ? AND is_probe = 1';
export const RECORD: string = `
	INSERT OR REPLACE INTO attempts (seq, is_probe, record)
	VALUES (coalesce((SELECT min(max(seq) + 1, ?2) FROM attempts WHERE seq BETWEEN ?1 AND ?2), ?1), ?3, ?4)`;

/** Of probes only the latest is kept: a week of them leaves one. */
export function recordAttempt(db: Connection, deliverySeq: number, attempt: Attempt): void {
	const first = deliverySeq * ATTEMPT_KEYS;
	const last = first + ATTEMPT_KEYS - 1;
	if (attempt.isProbe) db.run(FORGET_PROBE, first, last);
	// Whose it is, is its key.
	db.run(RECORD, first, last, attempt.isProbe ? 1 : 0, JSON.stringify({ ...attempt, deliveryId: undefined }));
}

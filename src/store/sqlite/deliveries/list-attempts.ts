/** The requests made for a delivery, oldest first, those before a replay included. */
import type { Attempt } from '../../../domain/delivery.ts';
import type { Connection } from '../connection.ts';
import { fromJson } from '../row-values.ts';

export const SELECT_ATTEMPTS: string = `
	SELECT record FROM attempts WHERE delivery_seq = (SELECT seq FROM deliveries WHERE id = ?) ORDER BY seq`;

export function listAttempts(db: Connection, deliveryId: string): readonly Attempt[] {
	return db.all<{ record: string }>(SELECT_ATTEMPTS, deliveryId).map((row) => fromJson<Attempt>(row.record));
}

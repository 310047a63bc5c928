/** The requests made for a delivery, oldest first, those before a replay included. */
import type { Attempt } from '../../../domain/attempt.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

export const LIST_ATTEMPTS: Statement = statement(
	'attempts_list',
	'SELECT record FROM attempts WHERE delivery_seq = (SELECT seq FROM deliveries WHERE id = $1) ORDER BY number',
);

export async function listAttempts(db: Queries, deliveryId: string): Promise<readonly Attempt[]> {
	const rows = await db.query<{ record: string }>(LIST_ATTEMPTS, [deliveryId]);
	return rows.map(({ record }) => ({ ...fromJson<Attempt>(record), deliveryId }));
}

/** Whether anything of a webhook is pending or sending. */
import { storable } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

export const HAS_UNSETTLED: Statement = statement('deliveries_has_unsettled', 'SELECT 1 FROM work WHERE webhook_id = $1 LIMIT 1');

export async function hasUnsettled(db: Queries, webhookId: string): Promise<boolean> {
	return (await db.query(HAS_UNSETTLED, [storable(webhookId)])).length > 0;
}

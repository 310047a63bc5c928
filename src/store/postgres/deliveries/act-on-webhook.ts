/**
 * What is done to the deliveries of a whole webhook: they are cancelled, or expire. That concerns many lanes, which are found by the function itself and
 * locked in their order: so each is a transaction of its own, that holds nothing else meanwhile.
 */
import { storable } from '../arrays.ts';
import type { Database } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const CANCEL: Statement = statement('deliveries_cancel', 'SELECT cancel_deliveries($1, $2, $3) AS count');
const EXPIRE: Statement = statement('deliveries_expire', 'SELECT expire_deliveries($1, $2, $3, $4) AS count');

type Transactions = Pick<Database, 'transaction'>;

/** Answers how many. */
export function cancelDeliveries(db: Transactions, webhookId: string, at: number, limit: number): Promise<number> {
	return act(db, CANCEL, [storable(webhookId), at, limit]);
}

/** Answers how many. */
export function expireDeliveries(db: Transactions, webhookId: string, createdBefore: number, at: number, limit: number): Promise<number> {
	return act(db, EXPIRE, [storable(webhookId), createdBefore, at, limit]);
}

function act(db: Transactions, action: Statement, values: readonly (string | number)[]): Promise<number> {
	return db.transaction(async (queries) => {
		const [row] = await queries.query<{ count: number }>(action, values);
		return row?.count ?? 0;
	});
}

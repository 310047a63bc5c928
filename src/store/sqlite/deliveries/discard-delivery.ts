/** A person does not want it sent any more. */
import type { Connection } from '../connection.ts';
import type { BareRow } from './delivery-row.ts';
import { endPending } from './end-pending.ts';

/** False where it is neither pending nor dead: being sent, or settled otherwise. */
export function discardDelivery(db: Connection, row: BareRow, at: number): boolean {
	if (row.state !== 'pending' && row.state !== 'dead') return false;
	endPending(db, row, 'cancelled', at);
	return true;
}

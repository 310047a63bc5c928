/**
 * What is done to one delivery that is named by its id: it overtakes, is replayed, or is discarded. Its lane, which never changes, is read before,
 * so that the group locks it together with all others.
 */
import { storable } from '../arrays.ts';
import type { Sheet } from '../batch.ts';
import type { Queries } from '../database.ts';
import type { GroupWriter } from '../group-writer.ts';
import { type Statement, statement } from '../statement.ts';

export const OVERTAKE: Sheet = sheetOf('overtake_delivery');
export const REPLAY: Sheet = sheetOf('replay_delivery');
export const DISCARD: Sheet = sheetOf('discard_delivery');

function sheetOf(action: string): Sheet {
	const text = `SELECT ${action}(seq, at) AS is_done FROM unnest($1::bigint[], $2::bigint[]) AS given (seq, at)`;
	return { phase: 'settlements', statement: statement(action, text), columns: ['int', 'int'] };
}

const PLACE_OF: Statement = statement('deliveries_place_of', 'SELECT seq, lane FROM deliveries WHERE id = $1');

/** Answers whether it was done; false where there is no such delivery. */
export async function actOnDelivery(db: Queries, writer: GroupWriter, action: Sheet, id: string, at: number): Promise<boolean> {
	const [found] = await db.query<{ seq: number; lane: string | null }>(PLACE_OF, [storable(id)]);
	if (found === undefined) return false;
	return writer.submit({
		write: (batch) => {
			if (found.lane !== null) batch.lock(found.lane);
			const place = batch.add(action, [found.seq, at]);
			return (results) => results.of<{ is_done: boolean }>(action)[place]?.is_done ?? false;
		},
	});
}

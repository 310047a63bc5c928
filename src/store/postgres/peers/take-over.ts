/** Ends members whose lease is over, and makes what they had ready for others. The work is done by a function of the schema, in one transaction. */
import { ints } from '../arrays.ts';
import { type Bound, type Statement, statement } from '../statement.ts';

const TAKE_OVER: Statement = statement('peers_take_over', 'SELECT token FROM take_over($1::bigint[], $2) AS token');

/** Answers a row for each that ended. `tokens` end in any case; what was in hand is due at `now`. */
export function takeOver(tokens: readonly number[], now: number): Bound {
	return { statement: TAKE_OVER, values: [ints(tokens), now] };
}

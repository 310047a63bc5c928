/** Whoever takes or settles is a member while the group is committed: told by one statement, however many of the group ask for it. */
import { RecadoError } from '../../../errors.ts';
import type { Batch, Sheet } from '../batch.ts';
import type { Membership } from '../peers/membership.ts';
import { statement } from '../statement.ts';

/** Under which token this process has deliveries in hand; undefined while it is no member. */
export type Taker = Pick<Membership, 'token'>;

const MEMBERSHIP: Sheet = {
	phase: 'membership',
	statement: statement('deliveries_membership', 'SELECT check_membership($1::bigint[])'),
	columns: ['int'],
	fold: { key: ([token]) => String(token), merge: (earlier) => earlier },
};

/** The group is not committed where the member has been ended. */
export function requireMember(batch: Batch, token: number): void {
	batch.add(MEMBERSHIP, [token]);
}

/** What can only be done by a member. Throws `lease_lost` where this process is none. */
export function requireToken(batch: Batch, { token }: Taker): number {
	if (token === undefined) throw new RecadoError('lease_lost');
	requireMember(batch, token);
	return token;
}

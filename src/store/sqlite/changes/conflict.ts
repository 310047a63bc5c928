/** What a change answers: undefined where it was made, otherwise which precondition did not hold. */
import type { CommitConflict } from '../../../ports/write-unit.ts';

export type Refusal = CommitConflict['what'] | undefined;

/** For statements that change exactly one row, or none where the precondition does not hold. */
export function refusedUnless(changedRows: number, what: CommitConflict['what']): Refusal {
	return changedRows === 0 ? what : undefined;
}

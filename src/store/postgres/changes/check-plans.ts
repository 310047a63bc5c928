/**
 * Deliveries are of the webhooks that there are: whoever planned them with others is refused. It is looked at before the changes of the group, which may
 * be of webhooks themselves; an event that is committed beside such a change may have been planned before it or after.
 */
import type { PlannedWith } from '../../../ports/write-unit.ts';
import type { Batch, Cell, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';

/** A row an account, however many of the group were planned for it: a version never comes back, so where the lowest is the present one all are. */
const PLANS: Sheet = {
	phase: 'plans',
	statement: statement(
		'plans_check',
		`SELECT refuse_unless(count(*), cardinality($1::text[]), 'webhooks')
		FROM unnest($1::text[], $2::int8[]) AS planned (account_id, version) LEFT JOIN account_webhook_versions AS present USING (account_id)
		WHERE planned.version = coalesce(present.version, 0)`,
	),
	columns: ['text', 'int'],
	fold: { key: ([accountId]) => String(accountId), merge: (earlier, later) => (versionOf(later) < versionOf(earlier) ? later : earlier) },
};

export function checkPlans(batch: Batch, { accountId, version }: PlannedWith): void {
	batch.add(PLANS, [accountId, version]);
}

function versionOf([, version]: readonly Cell[]): number {
	return Number(version);
}

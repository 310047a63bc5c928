/** A job begins; a person pauses it, lets it go on, or ends it. Its progress is written by its steps. */

import type { Change } from '../../../ports/changes.ts';
import type { Job } from '../../../ports/jobs.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, insertion, refusedUnlessWritten } from './sheets.ts';

const INSERT: Sheet = insertion(
	{
		phase: 'records',
		table: 'jobs',
		columns: {
			id: 'text',
			kind: 'text',
			filter: 'text',
			state: 'text',
			phase: 'text',
			total: 'int',
			done: 'int',
			skipped: 'int',
			place: 'int',
			created_at: 'int',
			updated_at: 'int',
			finished_at: 'int',
		},
	},
	'exists',
);

export function insertJob(batch: Batch, job: Job): void {
	const { id, kind, filter, state, total, done, skipped, cursor, createdAt, updatedAt, finishedAt } = job;
	const phase = state === 'running' ? 'running' : 'counting';
	const cells = [id, kind, JSON.stringify(filter), state, phase, total, done, skipped, cursor, createdAt, updatedAt, finishedAt];
	addLocked(batch, INSERT, cells, `jobs/${id}`);
}

/** Where it goes on it does so in the phase in which it was. */
const SET_STATE: Sheet = {
	phase: 'records',
	statement: statement(
		'jobs_state',
		`WITH written AS (
			UPDATE jobs SET state = CASE WHEN given.state IN ('counting', 'running') THEN jobs.phase ELSE given.state END,
				updated_at = given.at, finished_at = CASE WHEN given.state IN ('cancelled', 'done') THEN given.at END
			FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[]) AS given (id, from_states, state, at)
			WHERE jobs.id = given.id AND jobs.state = ANY (string_to_array(given.from_states, ' ')) RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'text', 'text', 'int'],
};

export function setJobState(batch: Batch, { id, from, state, at }: Extract<Change, { kind: 'job.state' }>): void {
	addLocked(batch, SET_STATE, [id, from.join(' '), state, at], `jobs/${id}`);
}

/** Takes a job for a step, and writes how far it has come. */
import type { JobRow } from '../../shared/job-row.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

/** Another process that wants to go on with it waits here, and finds what this one did. */
export const LOCK_JOB: Statement = statement('job_lock', 'SELECT * FROM jobs WHERE id = $1 FOR UPDATE');

const WRITE: Statement = statement(
	'job_write',
	`UPDATE jobs SET state = $2, phase = $3, total = $4, done = $5, skipped = $6, place = $7, updated_at = $8, finished_at = $9 WHERE seq = $1`,
);

export async function writeJob(db: Queries, row: JobRow): Promise<void> {
	const { state, phase, total, done, skipped, place } = row;
	await db.query(WRITE, [row.seq, state, phase, total, done, skipped, place, row.updated_at, row.finished_at]);
}

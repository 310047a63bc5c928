/** A job begins; a person pauses it, lets it go on, or ends it. Its progress is written by its steps. */

import type { Change } from '../../../ports/changes.ts';
import type { Job } from '../../../ports/jobs.ts';
import type { Connection } from '../connection.ts';
import { findJob } from '../jobs/find-job.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const INSERT = `
	INSERT INTO jobs (id, kind, filter, state, phase, total, done, skipped, place, created_at, updated_at, finished_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

export function insertJob(db: Connection, job: Job): Refusal {
	const { id, kind, state, total, done, skipped, cursor, createdAt, updatedAt } = job;
	const phase = state === 'running' ? 'running' : 'counting';
	const filter = JSON.stringify(job.filter);
	const finishedAt = job.finishedAt ?? null;
	const inserted = db.run(INSERT, id, kind, filter, state, phase, total, done, skipped, cursor, createdAt, updatedAt, finishedAt);
	return refusedUnless(inserted, 'exists');
}

const SET_STATE = 'UPDATE jobs SET state = ?, updated_at = ?, finished_at = ? WHERE seq = ?';

/** Where it goes on it does so in the phase in which it was. */
export function setJobState(db: Connection, { id, from, state, at }: Extract<Change, { kind: 'job.state' }>): Refusal {
	const row = findJob(db, id);
	if (row === undefined || !from.includes(row.state)) return 'missing';
	const goesOn = state === 'counting' || state === 'running';
	const isFinal = state === 'cancelled' || state === 'done';
	db.run(SET_STATE, goesOn ? row.phase : state, at, isFinal ? at : null, row.seq);
	return undefined;
}

/**
 * One batch of a job and its progress, in one transaction. First it *counts*: deliveries that meet its filter are noted in `job_deliveries`. Then it
 * *runs*: each that was noted is replayed or discarded, or skipped where it is in another state by now, and crossed off.
 */
import type { Job } from '../../../ports/jobs.ts';
import { type JobRow, toJob } from '../../shared/job-row.ts';
import { fromJson } from '../../shared/row-values.ts';
import { ints, texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { metBy } from './met-by.ts';
import { LOCK_JOB, writeJob } from './write-job.ts';

export interface Step {
	readonly job: Job;
	readonly webhookIds: readonly string[];
}

export async function stepJob(db: Queries, id: string, limit: number, at: number): Promise<Step | undefined> {
	const [row] = await db.query<JobRow>(LOCK_JOB, [id]);
	// The erasure of a contact has steps of its own.
	if (row === undefined || row.kind === 'erase') return undefined;
	if (row.state !== 'counting' && row.state !== 'running') return { job: toJob(row), webhookIds: [] };
	const { next, webhookIds } = row.phase === 'counting' ? await count(db, row, limit, at) : await run(db, row, limit, at);
	await writeJob(db, next);
	return { job: toJob(next), webhookIds };
}

interface Stepped {
	readonly next: JobRow;
	readonly webhookIds: readonly string[];
}

/** Looking costs little beside replaying: so many times as many are looked at in one step. */
const LOOKED_AT = 4;
const NOTE: Statement = statement(
	'job_note',
	`INSERT INTO job_deliveries (job_seq, delivery_seq) SELECT $1, seq FROM unnest($2::bigint[]) AS seq ON CONFLICT DO NOTHING RETURNING 1`,
);

async function count(db: Queries, row: JobRow, limit: number, at: number): Promise<Stepped> {
	const { seqs, place, isEnd } = await metBy(db, fromJson<Job['filter']>(row.filter), row.place, LOOKED_AT * limit);
	const noted = await db.query(NOTE, [row.seq, ints(seqs)]);
	const total = row.total + noted.length;
	const next = { ...row, total, place, updated_at: at };
	if (!isEnd) return { next, webhookIds: [] };
	if (total > 0) return { next: { ...next, state: 'running', phase: 'running', place: 0 }, webhookIds: [] };
	return { next: { ...next, state: 'done', finished_at: at }, webhookIds: [] };
}

const NOTED: Statement = statement(
	'job_noted',
	'SELECT delivery_seq FROM job_deliveries WHERE job_seq = $1 ORDER BY delivery_seq LIMIT $2',
);
const CROSS_OFF: Statement = statement('job_cross_off', 'DELETE FROM job_deliveries WHERE job_seq = $1 AND delivery_seq <= $2');

async function run(db: Queries, row: JobRow, limit: number, at: number): Promise<Stepped> {
	const noted = await db.query<{ delivery_seq: number }>(NOTED, [row.seq, limit + 1]);
	const seqs = noted.slice(0, limit).map(({ delivery_seq }) => delivery_seq);
	const { states } = fromJson<Job['filter']>(row.filter);
	await db.query(LOCK_LANES, [ints(seqs)]);
	const act = row.kind === 'replay' ? ACT.replay : ACT.discard;
	const acted = await db.query<{ webhook_id: string; is_done: boolean }>(act, [ints(seqs), texts(states), at]);
	const changed = acted.filter(({ is_done }) => is_done);
	const place = seqs.at(-1) ?? row.place;
	await db.query(CROSS_OFF, [row.seq, place]);
	const [done, skipped] = [row.done + changed.length, row.skipped + seqs.length - changed.length];
	const isDone = noted.length <= limit;
	const next: JobRow = { ...row, done, skipped, place, updated_at: at, ...(isDone ? { state: 'done', finished_at: at } : {}) };
	return { next, webhookIds: [...new Set(changed.map(({ webhook_id }) => webhook_id))] };
}

/** In the same order as every group takes them, and before it is looked how each delivery stands. */
export const LOCK_LANES: Statement = statement(
	'job_lock_lanes',
	`SELECT pg_advisory_xact_lock(key) FROM (
		SELECT DISTINCT hashtextextended(lane, 0) AS key FROM deliveries WHERE seq = ANY($1::bigint[]) AND lane IS NOT NULL ORDER BY key
	) AS keys`,
);

/** Oldest first, each once: what is no more in one of the states is left out. OFFSET keeps the order as it is. */
function actBy(call: 'replay_delivery' | 'discard_delivery'): Statement {
	return statement(
		`job_${call}`,
		`SELECT standing.webhook_id, ${call}(standing.seq, $3) AS is_done
		FROM (
			SELECT deliveries.seq, deliveries.webhook_id FROM deliveries LEFT JOIN work ON work.seq = deliveries.seq
			WHERE deliveries.seq = ANY($1::bigint[]) AND coalesce(work.state, deliveries.state) = ANY($2::text[])
			ORDER BY deliveries.seq OFFSET 0
		) AS standing`,
	);
}

const ACT = { replay: actBy('replay_delivery'), discard: actBy('discard_delivery') } as const;

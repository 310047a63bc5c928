/**
 * One batch of a job and its progress, in one write. First it *counts*: deliveries that meet its filter are noted in `job_deliveries`. Then it
 * *runs*: each that was noted is replayed or discarded, or skipped where it is in another state by now, and crossed off.
 */
import type { Job } from '../../../ports/jobs.ts';
import { type JobRow, toJob } from '../../shared/job-row.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { findDeliveryRowAt } from '../deliveries/delivery-row.ts';
import { discardDelivery } from '../deliveries/discard-delivery.ts';
import { replayDelivery } from '../deliveries/replay-delivery.ts';
import { findJob } from './find-job.ts';
import { metBy } from './met-by.ts';
import { writeJob } from './write-job.ts';

export interface Step {
	readonly job: Job;
	readonly webhookIds: readonly string[];
}

export function stepJob(db: Connection, id: string, limit: number, at: number): Step | undefined {
	const row = findJob(db, id);
	// The erasure of a contact has steps of its own.
	if (row === undefined || row.kind === 'erase') return undefined;
	if (row.state !== 'counting' && row.state !== 'running') return { job: toJob(row), webhookIds: [] };
	const { next, webhookIds } = row.phase === 'counting' ? count(db, row, limit, at) : run(db, row, limit, at);
	writeJob(db, next);
	return { job: toJob(next), webhookIds };
}

interface Stepped {
	readonly next: JobRow;
	readonly webhookIds: readonly string[];
}

/** Looking costs little beside replaying: so many times as many are looked at in one step. */
const LOOKED_AT = 4;
const NOTE = 'INSERT INTO job_deliveries (job_seq, delivery_seq) VALUES (?, ?) ON CONFLICT DO NOTHING';

function count(db: Connection, row: JobRow, limit: number, at: number): Stepped {
	const { seqs, place, isEnd } = metBy(db, fromJson<Job['filter']>(row.filter), row.place, LOOKED_AT * limit);
	let total = row.total;
	for (const seq of seqs) total += db.run(NOTE, row.seq, seq);
	const next = { ...row, total, place, updated_at: at };
	if (!isEnd) return { next, webhookIds: [] };
	if (total > 0) return { next: { ...next, state: 'running', phase: 'running', place: 0 }, webhookIds: [] };
	return { next: { ...next, state: 'done', finished_at: at }, webhookIds: [] };
}

export const NOTED: string = 'SELECT delivery_seq FROM job_deliveries WHERE job_seq = ? ORDER BY delivery_seq LIMIT ?';
const CROSS_OFF = 'DELETE FROM job_deliveries WHERE job_seq = ? AND delivery_seq <= ?';

function run(db: Connection, row: JobRow, limit: number, at: number): Stepped {
	const noted = db.all<{ delivery_seq: number }>(NOTED, row.seq, limit + 1);
	const batch = noted.slice(0, limit);
	const { states } = fromJson<Job['filter']>(row.filter);
	const act = row.kind === 'replay' ? replayDelivery : discardDelivery;
	const webhookIds = new Set<string>();
	let [done, skipped] = [row.done, row.skipped];
	for (const { delivery_seq } of batch) {
		const delivery = findDeliveryRowAt(db, delivery_seq);
		if (delivery !== undefined && states.includes(delivery.state) && act(db, delivery, at)) {
			done += 1;
			webhookIds.add(delivery.webhook_id);
		} else skipped += 1;
	}
	const place = batch.at(-1)?.delivery_seq ?? row.place;
	db.run(CROSS_OFF, row.seq, place);
	const isDone = noted.length <= limit;
	const next: JobRow = { ...row, done, skipped, place, updated_at: at, ...(isDone ? { state: 'done', finished_at: at } : {}) };
	return { next, webhookIds: [...webhookIds] };
}

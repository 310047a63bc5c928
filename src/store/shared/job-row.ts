/** A row of `jobs`, and the job that it is. */
import type { Job } from '../../ports/jobs.ts';
import { fromJson, present } from './row-values.ts';

export interface JobRow {
	readonly seq: number;
	readonly id: string;
	readonly kind: Job['kind'];
	readonly filter: string;
	readonly state: Job['state'];
	/** Where it is, or goes on when it is resumed. */
	readonly phase: 'counting' | 'running';
	readonly total: number;
	readonly done: number;
	readonly skipped: number;
	readonly place: number;
	readonly created_at: number;
	readonly updated_at: number;
	readonly finished_at: number | null;
}

export function toJob(row: JobRow): Job {
	return {
		id: row.id,
		kind: row.kind,
		filter: fromJson<Job['filter']>(row.filter),
		state: row.state,
		total: row.total,
		done: row.done,
		skipped: row.skipped,
		cursor: row.place,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		...present({ finishedAt: row.finished_at }),
	};
}

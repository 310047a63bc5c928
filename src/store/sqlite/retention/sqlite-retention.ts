/** Deletes what is old enough, in writes so small that nobody waits for them. */
import type { Retention } from '../../../ports/retention.ts';
import type { Connection } from '../connection.ts';
import type { GroupWriter } from '../group-writer.ts';
import { PRUNABLE_TABLES } from './prunable-tables.ts';
import { PruneWalk } from './prune-walk.ts';

/** What a job that was cancelled had still to do. */
export const LEFT_BY_JOBS: string = `
	SELECT job_seq, delivery_seq FROM jobs CROSS JOIN job_deliveries ON job_seq = jobs.seq WHERE state IN ('cancelled', 'done') LIMIT ?`;
const FORGET = 'DELETE FROM job_deliveries WHERE job_seq = ? AND delivery_seq = ?';

export function sqliteRetention(writer: GroupWriter): Retention {
	const walks = PRUNABLE_TABLES.map((table) => new PruneWalk(table));
	return {
		prune: async (before, limit) => {
			let removed = 0;
			for (const walk of walks) {
				for (let isEnd = false; !isEnd && removed < limit; ) {
					const stretch = await writer.submit((db) => walk.step(db, before, limit - removed));
					stretch.moved();
					removed += stretch.removed;
					isEnd = stretch.isEnd;
				}
			}
			return removed + (removed < limit ? await writer.submit((db) => forgetLeft(db, limit - removed)) : 0);
		},
	};
}

function forgetLeft(db: Connection, limit: number): number {
	const left = db.all<{ job_seq: number; delivery_seq: number }>(LEFT_BY_JOBS, limit);
	for (const { job_seq, delivery_seq } of left) db.run(FORGET, job_seq, delivery_seq);
	return left.length;
}

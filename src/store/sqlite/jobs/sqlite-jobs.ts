/** Jobs over many deliveries; a step is submitted to the same groups as the commits. */
import type { Job, Jobs } from '../../../ports/jobs.ts';
import { placeOf, toPage } from '../../shared/cursor.ts';
import { type JobRow, toJob } from '../../shared/job-row.ts';
import type { Connection } from '../connection.ts';
import type { GroupWriter } from '../group-writer.ts';
import { findJob } from './find-job.ts';
import { stepJob } from './step-job.ts';

export const LIST_JOBS = 'SELECT * FROM jobs WHERE seq < ? ORDER BY seq DESC LIMIT ?';
export const LIST_JOBS_OF_ACCOUNT = "SELECT * FROM jobs WHERE filter ->> '$.accountId' = ? AND seq < ? ORDER BY seq DESC LIMIT ?";
export const UNFINISHED_JOBS: string = `
	SELECT * FROM jobs INDEXED BY jobs_unfinished WHERE state IN ('counting', 'running')`;
const NEWEST_SEQ = 'SELECT max(seq) AS seq FROM deliveries';

export function sqliteJobs(reader: Connection, writer: GroupWriter): Jobs {
	return {
		job: async (id) => {
			const row = findJob(reader, id);
			return row && toJob(row);
		},
		list: async ({ accountId }, page) => {
			const span = [placeOf(page)?.seq ?? Number.MAX_SAFE_INTEGER, page.limit + 1];
			const rows =
				accountId === undefined ? reader.all<JobRow>(LIST_JOBS, ...span) : reader.all<JobRow>(LIST_JOBS_OF_ACCOUNT, accountId, ...span);
			return toPage(rows, page.limit, ({ seq }) => ({ key: 0, seq }), toJob);
		},
		unfinished: async () => {
			const rows = reader.all<JobRow>(UNFINISHED_JOBS).sort((a, b) => a.seq - b.seq);
			return rows.map((row): Job => toJob(row));
		},
		newestSeq: async () => reader.get<{ seq: number | null }>(NEWEST_SEQ)?.seq ?? 0,
		step: (id, limit, at) => writer.submit((db) => stepJob(db, id, limit, at)),
	};
}

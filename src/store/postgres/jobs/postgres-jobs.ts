/** Jobs over many deliveries. A step is a transaction of its own, and locks its job: two processes may do the same one, in turns. */
import type { Jobs } from '../../../ports/jobs.ts';
import { placeOf, toPage } from '../../shared/cursor.ts';
import { type JobRow, toJob } from '../../shared/job-row.ts';
import type { Database } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { isAgain } from '../store-fault.ts';
import { type Step, stepJob } from './step-job.ts';

export interface PostgresJobsOptions {
	readonly db: Pick<Database, 'query' | 'transaction'>;
}

const FIND: Statement = statement('job_find', 'SELECT * FROM jobs WHERE id = $1');
const LIST_JOBS: Statement = statement('jobs_list', 'SELECT * FROM jobs WHERE seq < $1 ORDER BY seq DESC LIMIT $2');
export const LIST_JOBS_OF_ACCOUNT: Statement = statement(
	'jobs_list_of_account',
	"SELECT * FROM jobs WHERE filter::jsonb ->> 'accountId' = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
);
const UNFINISHED_JOBS: Statement = statement('jobs_unfinished', "SELECT * FROM jobs WHERE state IN ('counting', 'running') ORDER BY seq");
const NEWEST_SEQ: Statement = statement('deliveries_newest', 'SELECT max(seq) AS seq FROM deliveries');

/** A step that waited for others who waited for it is made again so often. */
const AGAIN_MAX = 5;

export function postgresJobs({ db }: PostgresJobsOptions): Jobs {
	return {
		job: async (id) => {
			const [row] = await db.query<JobRow>(FIND, [id]);
			return row && toJob(row);
		},
		list: async ({ accountId }, page) => {
			const span = [placeOf(page)?.seq ?? Number.MAX_SAFE_INTEGER, page.limit + 1];
			const rows = await (accountId === undefined
				? db.query<JobRow>(LIST_JOBS, span)
				: db.query<JobRow>(LIST_JOBS_OF_ACCOUNT, [accountId, ...span]));
			return toPage(rows, page.limit, ({ seq }) => ({ key: 0, seq }), toJob);
		},
		unfinished: async () => (await db.query<JobRow>(UNFINISHED_JOBS)).map(toJob),
		newestSeq: async () => (await db.query<{ seq: number | null }>(NEWEST_SEQ))[0]?.seq ?? 0,
		step: async (id, limit, at) => {
			for (let tries = 1; ; tries += 1) {
				try {
					return await db.transaction<Step | undefined>((queries) => stepJob(queries, id, limit, at));
				} catch (error) {
					if (!isAgain(error) || tries === AGAIN_MAX) throw error;
				}
			}
		},
	};
}

/** Finds the row of a job. */
import type { JobRow } from '../../shared/job-row.ts';
import type { Connection } from '../connection.ts';

export function findJob(db: Connection, id: string): JobRow | undefined {
	return db.get<JobRow>('SELECT * FROM jobs WHERE id = ?', id);
}

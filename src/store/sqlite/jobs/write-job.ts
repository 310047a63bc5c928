/** Writes how far a job has come. */
import type { JobRow } from '../../shared/job-row.ts';
import type { Connection } from '../connection.ts';

const WRITE = `
	UPDATE jobs SET state = ?, phase = ?, total = ?, done = ?, skipped = ?, place = ?, updated_at = ?, finished_at = ? WHERE seq = ?`;

export function writeJob(db: Connection, row: JobRow): void {
	const { state, phase, total, done, skipped, place } = row;
	db.run(WRITE, state, phase, total, done, skipped, place, row.updated_at, row.finished_at, row.seq);
}

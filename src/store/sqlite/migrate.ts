/** Brings the file to the schema of this version: numbered migrations, each once, all in one transaction at start. */
import { RecadoError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { initial } from './migrations/0001-initial.ts';
import { seqOrder } from './migrations/0002-seq-order.ts';
import { documents } from './migrations/0003-documents.ts';
import { media } from './migrations/0004-media.ts';
import { desk } from './migrations/0005-desk.ts';
import { personalData } from './migrations/0006-personal-data.ts';
import { jobsOfAccount } from './migrations/0007-jobs-of-account.ts';
import type { Migration } from './migrations/migration.ts';

const MIGRATIONS: readonly Migration[] = [initial, seqOrder, documents, media, desk, personalData, jobsOfAccount];

/** The schema that this version brings a file to. */
export const SCHEMA: number = MIGRATIONS.at(-1)?.version ?? 0;

/** Runs what is missing. Throws `configuration` where a newer version of the gateway wrote the file: opening it could harm it. */
export function migrate(db: Connection): void {
	db.transaction(() => {
		db.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT');
		const current = db.get<{ version: number }>('SELECT coalesce(max(version), 0) AS version FROM schema_version')?.version ?? 0;
		if (current > SCHEMA) {
			const faults = `the store has schema ${current}, written by a newer version; this one knows ${SCHEMA}`;
			throw new RecadoError('configuration', { details: { faults } });
		}
		for (const migration of MIGRATIONS) {
			if (migration.version <= current) continue;
			db.exec(migration.sql);
			db.run('INSERT INTO schema_version (version) VALUES (?)', migration.version);
		}
	});
}

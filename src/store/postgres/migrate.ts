/**
 * Brings the database to the schema of this version: numbered migrations, each once, all in one transaction, and one process at a time. While
 * versions are changed, older gateways go on beside newer ones as long as the newer schema says that it knows them.
 */
import { RecadoError } from '../../errors.ts';
import type { Queries } from './database.ts';
import { initial } from './migrations/0001-initial.ts';
import { deliveries } from './migrations/0002-deliveries.ts';
import { peers } from './migrations/0003-peers.ts';
import { documents } from './migrations/0004-documents.ts';
import { media } from './migrations/0005-media.ts';
import { desk } from './migrations/0006-desk.ts';
import { personalData } from './migrations/0007-personal-data.ts';
import { jobsOfAccount } from './migrations/0008-jobs-of-account.ts';
import type { Migration } from './migrations/migration.ts';
import { type Statement, statement } from './statement.ts';

export const MIGRATIONS: readonly Migration[] = [initial, deliveries, peers, documents, media, desk, personalData, jobsOfAccount];

/** The schema that this version brings a database to; a newer version that shares it may have taken it further. */
export const SCHEMA: number = MIGRATIONS.at(-1)?.version ?? 0;

const LOCK: Statement = statement('', `SELECT pg_advisory_xact_lock(hashtextextended('recado schema', 0))`);
const REMEMBER: Statement = statement('', 'CREATE TABLE IF NOT EXISTS schema_version (version bigint PRIMARY KEY, compatible_from bigint)');
/** Whoever works on it has to be known by each migration; one that does not say from which schema on it is compatible is so with itself alone. */
const CURRENT: Statement = statement(
	'',
	'SELECT max(version) AS version, max(coalesce(compatible_from, version)) AS compatible_from FROM schema_version HAVING count(*) > 0',
);
const NOTE: Statement = statement('', 'INSERT INTO schema_version (version, compatible_from) VALUES ($1, $2)');

/** What a database was laid out as. */
export interface SchemaFound {
	/** 0: not laid out yet. */
	readonly version: number;
	/** A gateway that knows no schema from this one on may not work on it. */
	readonly compatibleFrom: number;
}

/** Of a database that has the table of versions. */
export async function schemaFound(db: Pick<Queries, 'query'>): Promise<SchemaFound> {
	const [row] = await db.query<{ version: number; compatible_from: number }>(CURRENT);
	return { version: row?.version ?? 0, compatibleFrom: row?.compatible_from ?? 0 };
}

/**
 * Runs what is missing, inside the transaction whose queries these are. Throws `configuration` where a newer version of the gateway has
 * changed the database in a way that this one does not know: working on it could harm it.
 */
export async function migrate(db: Queries, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
	await db.query(LOCK);
	await db.query(REMEMBER);
	const { version: current, compatibleFrom } = await schemaFound(db);
	const known = migrations.at(-1)?.version ?? 0;
	if (compatibleFrom > known) {
		const faults = `the database has schema ${current}, written by a newer version; this one knows ${known}`;
		throw new RecadoError('configuration', { details: { faults } });
	}
	for (const migration of migrations) {
		if (migration.version <= current) continue;
		await db.query(statement('', migration.sql));
		await db.query(NOTE, [migration.version, migration.compatibleFrom]);
	}
}

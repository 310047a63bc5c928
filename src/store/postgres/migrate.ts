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
import type { Migration } from './migrations/migration.ts';
import { type Statement, statement } from './statement.ts';

export const MIGRATIONS: readonly Migration[] = [initial, deliveries, peers, documents, media, desk, personalData];

/** The schema that this version brings a database to; a newer version that shares it may have taken it further. */
export const SCHEMA: number = MIGRATIONS.at(-1)?.version ?? 0;

const LOCK: Statement = statement('', `SELECT pg_advisory_xact_lock(hashtextextended('recado schema', 0))`);
/** What does not say from which schema on it is compatible is so with itself alone. */
const REMEMBER: Statement = statement('', 'CREATE TABLE IF NOT EXISTS schema_version (version bigint PRIMARY KEY, compatible_from bigint)');
const CURRENT: Statement = statement('', 'SELECT version, compatible_from FROM schema_version ORDER BY version DESC LIMIT 1');
const NOTE: Statement = statement('', 'INSERT INTO schema_version (version, compatible_from) VALUES ($1, $2)');

/**
 * Runs what is missing, inside the transaction whose queries these are. Throws `configuration` where a newer version of the gateway has
 * changed the database in a way that this one does not know: working on it could harm it.
 */
export async function migrate(db: Queries, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
	await db.query(LOCK);
	await db.query(REMEMBER);
	const [row] = await db.query<{ version: number; compatible_from: number | null }>(CURRENT);
	const current = row?.version ?? 0;
	const known = migrations.at(-1)?.version ?? 0;
	if (current > known && (row?.compatible_from ?? current) > known) {
		const faults = `the database has schema ${current}, written by a newer version; this one knows ${known}`;
		throw new RecadoError('configuration', { details: { faults } });
	}
	for (const { version, compatibleFrom, sql } of migrations) {
		if (version <= current) continue;
		await db.query(statement('', sql));
		await db.query(NOTE, [version, compatibleFrom]);
	}
}

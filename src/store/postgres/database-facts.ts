/** What a database says of itself, and of what this gateway would be in it. Changes nothing there. */
import { Database, type DatabaseOptions } from './database.ts';
import { SCHEMA, type SchemaFound, schemaFound } from './migrate.ts';
import { type Statement, statement } from './statement.ts';

export interface DatabaseFacts {
	/** As `150004`. */
	readonly version: number;
	readonly versionName: string;
	readonly isReplica: boolean;
	/** For all but superusers. */
	readonly connectionsMax: number;
	readonly connectionsUsed: number;
	readonly mayCreate: boolean;
	/** True too where there is nothing yet. */
	readonly ownsTables: boolean;
	readonly isEncrypted: boolean;
	/** No network lies between. */
	readonly isLocal: boolean;
	/** Undefined where it is not laid out yet, or by somebody else. */
	readonly schema: SchemaFound | undefined;
	/** What this version would bring it to. */
	readonly schemaKnown: number;
}

type Row = Omit<DatabaseFacts, 'schema' | 'schemaKnown'> & { readonly isLaidOut: boolean };

/** Connections are counted by database: whom the others belong to is told to administrators alone. */
const ASK: Statement = statement(
	'',
	`SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS "versionName", pg_is_in_recovery() AS "isReplica",
		current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
			- coalesce(current_setting('reserved_connections', true)::int, 0) AS "connectionsMax",
		(SELECT sum(numbackends)::int FROM pg_stat_database WHERE datid <> 0) AS "connectionsUsed",
		coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
		to_regclass('schema_version') IS NOT NULL AS "isLaidOut",
		coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('schema_version')), true) AS "ownsTables",
		EXISTS (SELECT FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS "isEncrypted",
		inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1' AS "isLocal"`,
);

/** Rejects with `store_unavailable` where it cannot be asked. */
export async function databaseFacts(options: Omit<DatabaseOptions, 'readersMax'>): Promise<DatabaseFacts> {
	await using db = new Database({ ...options, readersMax: 0 });
	const [row] = await db.query<Row>(ASK);
	if (row === undefined) throw new Error('a SELECT without FROM answered no row');
	const { isLaidOut, ...facts } = row;
	const schema = isLaidOut && facts.ownsTables ? await schemaFound(db) : undefined;
	return { ...facts, schema, schemaKnown: SCHEMA };
}

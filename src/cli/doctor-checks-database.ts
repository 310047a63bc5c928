/** The doctor's look at PostgreSQL, where that is the store: that it can be reached, is new enough, takes writes, and has connections left. */
import { readFile } from 'node:fs/promises';
import { OPTIONS } from '../config/options.ts';
import { type Check, type Finding, settingOf } from './doctor-finding.ts';

const VERSION_MIN = 150_000;
const CONNECT_MS = 5_000;

/** What one process of the gateway opens besides its readers: one that writes, one for work of several steps, one that listens. */
const CONNECTIONS_BESIDE_READERS = 3;

const ASK = `
	SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS words, pg_is_in_recovery() AS is_replica,
		current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most,
		(SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
		has_schema_privilege(current_schema(), 'CREATE') AS may_create,
		EXISTS (SELECT 1 FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS is_encrypted,
		inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1' AS is_local`;

interface Answer {
	readonly version: number;
	readonly words: string;
	readonly is_replica: boolean;
	readonly most: number;
	readonly used: number;
	readonly may_create: boolean;
	readonly is_encrypted: boolean;
	readonly is_local: boolean;
}

/** Nothing where the embedded store is used. */
export const checkDatabase: Check = async (environment) => {
	const url = settingOf(OPTIONS.store.databaseUrl, environment);
	if (url === undefined) return [];
	const { default: pg } = await import('pg');
	const ca = environment[OPTIONS.store.databaseCa.env]?.trim();
	const ssl = ca ? { ssl: { ca: await readFile(ca, 'utf8').catch(() => '') } } : {};
	const client = new pg.Client({ connectionString: url.reveal(), connectionTimeoutMillis: CONNECT_MS, query_timeout: CONNECT_MS, ...ssl });
	try {
		await client.connect();
		const { rows } = await client.query<Answer>(ASK);
		const [answer] = rows;
		const readers = settingOf(OPTIONS.store.databaseReaders, environment) ?? 1;
		return answer ? findingsOf(answer, readers + CONNECTIONS_BESIDE_READERS) : [];
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const advice = 'check RECADO_DATABASE_URL, that the server runs, and that it lets this machine and user in (pg_hba.conf)';
		return [{ state: 'fail', about: 'database', detail: `cannot be asked: ${reason}`, advice }];
	} finally {
		await client.end().catch(() => undefined);
	}
};

function findingsOf(answer: Answer, needed: number): Finding[] {
	const about = 'database';
	const findings: Finding[] = [];
	if (answer.version < VERSION_MIN)
		findings.push({ state: 'fail', about, detail: `PostgreSQL ${answer.words} is too old`, advice: 'use PostgreSQL 15 or later' });
	else findings.push({ state: 'ok', about, detail: `PostgreSQL ${answer.words} answers` });
	if (answer.is_replica)
		findings.push({
			state: 'fail',
			about,
			detail: 'it is a replica and takes no writes',
			advice: 'let RECADO_DATABASE_URL name the primary',
		});
	if (!answer.may_create)
		findings.push({
			state: 'fail',
			about,
			detail: 'this user may not make tables',
			advice: 'let it own the database: Recado lays it out itself',
		});
	if (!answer.is_encrypted && !answer.is_local)
		findings.push({
			state: 'warn',
			about,
			detail: 'the connection is not encrypted',
			advice: 'add ?sslmode=verify-full to RECADO_DATABASE_URL',
		});
	const left = answer.most - answer.used;
	const connections = `${left} of ${answer.most} connections are free; a process takes ${needed}`;
	if (left < needed)
		findings.push({ state: 'fail', about, detail: connections, advice: 'raise max_connections, or put fewer processes on it' });
	else findings.push({ state: 'ok', about, detail: connections });
	return findings;
}

/** The doctor's look at PostgreSQL, where that is the store: that it can be reached, is new enough, takes writes, and has connections left. */
import { expectedFailure, reasonOf } from '../config/expected-failure.ts';
import { OPTIONS } from '../config/options.ts';
import type { databaseSeen } from '../stores.ts';
import { type Check, type Finding, settingOf } from './doctor-finding.ts';

export type DatabaseSeen = Awaited<ReturnType<typeof databaseSeen>>;

const VERSION_MIN = 150_000;

/** What one process of the gateway opens besides its readers: one that writes, one for work of several steps, one that listens. */
const CONNECTIONS_BESIDE_READERS = 3;

const about = 'database';

/** Nothing where the embedded store is used, or where the configuration does not say well what to ask: that is told there. */
export const checkDatabase: Check = async (environment) => {
	const { store } = OPTIONS;
	const url = settingOf(store.databaseUrl, environment);
	const ca = settingOf(store.databaseCa, environment);
	const isCaFaulty = Boolean(environment[store.databaseCa.env]?.trim()) && ca === undefined;
	if (url === undefined || isCaFaulty) return [];
	const { databaseSeen } = await import('../stores.ts');
	const databaseReaders = settingOf(store.databaseReaders, environment) ?? 1;
	try {
		const seen = await databaseSeen(
			{
				...(ca === undefined ? {} : { databaseCa: ca }),
				databaseReaders,
				databaseConnectTimeoutMs: settingOf(store.databaseConnectTimeoutMs, environment) ?? 0,
				databaseStatementTimeoutMs: settingOf(store.databaseStatementTimeoutMs, environment) ?? 0,
				databasePooler: settingOf(store.databasePooler, environment) ?? 'none',
			},
			url,
		);
		return judgeDatabase(seen, databaseReaders + CONNECTIONS_BESIDE_READERS);
	} catch (error) {
		if (expectedFailure(error) === undefined) throw error;
		const advice =
			'check RECADO_DATABASE_URL, that the server runs, that it lets this machine and user in (pg_hba.conf), and where TLS is the trouble RECADO_DATABASE_CA';
		return [{ state: 'fail', about, detail: `cannot be asked: ${reasonOf(error)}`, advice }];
	}
};

/** `needed`: connections of one process. */
export function judgeDatabase(seen: DatabaseSeen, needed: number): readonly Finding[] {
	return [ofVersion(seen), ...ofRights(seen), ...ofSchema(seen), ...ofEncryption(seen), ofConnections(seen, needed)];
}

function ofVersion({ version, versionName }: DatabaseSeen): Finding {
	if (version >= VERSION_MIN) return { state: 'ok', about, detail: `PostgreSQL ${versionName} answers` };
	return { state: 'fail', about, detail: `PostgreSQL ${versionName} is too old`, advice: 'use PostgreSQL 15 or later' };
}

function ofRights({ isReplica, mayCreate, ownsTables }: DatabaseSeen): readonly Finding[] {
	const advice = 'let this user own the database and what is in it: Recado lays it out itself, and makes tables every day';
	const findings: Finding[] = [];
	if (isReplica)
		findings.push({
			...{ state: 'fail', about, detail: 'it is a replica and takes no writes' },
			advice: 'let RECADO_DATABASE_URL name the primary',
		});
	if (!mayCreate) findings.push({ state: 'fail', about, detail: 'this user may not make tables', advice });
	if (!ownsTables) findings.push({ state: 'fail', about, detail: 'its tables belong to another user', advice });
	return findings;
}

function ofSchema({ schema, schemaKnown, ownsTables }: DatabaseSeen): readonly Finding[] {
	if (!ownsTables) return [];
	if (schema === undefined || schema.version === 0) return [{ state: 'ok', about, detail: 'is not laid out yet; the first start does it' }];
	const { version, compatibleFrom } = schema;
	if (compatibleFrom > schemaKnown) {
		const detail = `has schema ${version}, written by a newer version; this one knows ${schemaKnown}`;
		return [{ state: 'fail', about, detail, advice: 'run the version that wrote it, or a later one' }];
	}
	if (version < schemaKnown)
		return [{ state: 'ok', about, detail: `has schema ${version}; the next start, or recado migrate, makes it ${schemaKnown}` }];
	return [{ state: 'ok', about, detail: `has schema ${version}` }];
}

function ofEncryption({ isEncrypted, isLocal }: DatabaseSeen): readonly Finding[] {
	if (isEncrypted) return [{ state: 'ok', about, detail: 'the connection is encrypted' }];
	if (isLocal) return [];
	return [{ state: 'warn', about, detail: 'the connection is not encrypted', advice: 'add ?sslmode=verify-full to RECADO_DATABASE_URL' }];
}

function ofConnections({ connectionsMax, connectionsUsed }: DatabaseSeen, needed: number): Finding {
	const left = connectionsMax - connectionsUsed;
	const detail = `${left} of ${connectionsMax} connections are free; a process takes ${needed}`;
	if (left >= needed) return { state: 'ok', about, detail };
	return { state: 'fail', about, detail, advice: 'raise max_connections, or put fewer processes on it' };
}

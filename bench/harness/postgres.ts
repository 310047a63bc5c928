/**
 * A private PostgreSQL as it is installed on the machine, durable as it is by default, and what it counts: transactions, statements and the bytes of
 * its log.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findProgram, freePort, runOnce, Server } from './servers.ts';
import type { Workspace } from './workspace.ts';

const START_MS = 20_000;

/** Of what a machine of a few GiB gives a database. */
const SETTINGS = { shared_buffers: '256MB', max_connections: '100', max_wal_size: '4GB' } as const;

/** Counts statements; in the contributed part of an installation. */
const COUNTER = 'pg_stat_statements';

export interface Counts {
	readonly transactions: number;
	/** Undefined where the installation has no counter of them. */
	readonly statements: number | undefined;
	readonly logBytes: number;
}

/** Undefined where PostgreSQL is not installed. */
export async function startPostgres(workspace: Workspace): Promise<Postgres | undefined> {
	const [initdb, postgres, isReady] = await Promise.all(['initdb', 'postgres', 'pg_isready'].map(findProgram));
	if (initdb === undefined || postgres === undefined || isReady === undefined) return undefined;
	const [directory, port] = [await workspace.room('postgres', { forServer: true }), await freePort()];
	const data = join(directory, 'data');
	await runOnce(initdb, ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']);
	const hasCounter = await isThere(COUNTER);
	const settings = {
		...SETTINGS,
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: directory,
		...(hasCounter ? { shared_preload_libraries: COUNTER } : {}),
	};
	const server = new Server(postgres, ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]);
	await server.until(() => runOnce(isReady, ['-h', '127.0.0.1', '-p', String(port)]), START_MS);
	return new Postgres(server, `postgres://bench@127.0.0.1:${port}`, hasCounter);
}

async function isThere(library: string): Promise<boolean> {
	const config = await findProgram('pg_config');
	if (config === undefined) return false;
	return existsSync(join(await runOnce(config, ['--pkglibdir']), `${library}.so`));
}

export class Postgres implements AsyncDisposable {
	/** Of the database that is always there. */
	readonly url: string;
	readonly #server: Server;
	readonly #origin: string;
	readonly #hasCounter: boolean;
	#made = 0;

	constructor(server: Server, origin: string, hasCounter: boolean) {
		this.#server = server;
		this.#origin = origin;
		this.url = `${origin}/postgres`;
		this.#hasCounter = hasCounter;
	}

	/** An empty database; answers its URL. */
	async createDatabase(): Promise<string> {
		this.#made += 1;
		const name = `bench_${this.#made}`;
		await this.#ask(this.url, `CREATE DATABASE ${name}`);
		const url = `${this.#origin}/${name}`;
		if (this.#hasCounter) await this.#ask(url, `CREATE EXTENSION ${COUNTER}`);
		return url;
	}

	/** What the database has done since it was made; the log is that of the whole server. */
	async counts(url: string): Promise<Counts> {
		const [row] = await this.#ask<{ transactions: string; bytes: string }>(
			url,
			`SELECT pg_stat_get_db_xact_commit(oid) AS transactions, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes
			FROM pg_database WHERE datname = current_database()`,
		);
		const statements = this.#hasCounter
			? await this.#ask<{ calls: string }>(
					url,
					`SELECT sum(calls) AS calls FROM ${COUNTER} JOIN pg_database ON oid = dbid
					WHERE datname = current_database() AND query !~* '^(begin|commit|rollback)'`,
				)
			: [];
		const calls = statements[0]?.calls;
		return {
			transactions: Number(row?.transactions ?? 0),
			statements: calls === undefined ? undefined : Number(calls),
			logBytes: Number(row?.bytes ?? 0),
		};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#server[Symbol.asyncDispose]();
	}

	async #ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
		const client = new pg.Client({ connectionString: url });
		await client.connect();
		try {
			return (await client.query<Row>(sql)).rows;
		} finally {
			await client.end();
		}
	}
}

/**
 * A PostgreSQL server for the tests of one process: on a free port of this machine, with its cluster in a temporary directory, and gone with the
 * process, however that ends. It writes without waiting for the disk, except where a test is about what survives.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, chown, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { copyTree, findPostgres, type PostgresPrograms, runProgram, SUPERUSER } from './postgres-programs.ts';

export interface PostgresOptions {
	/** What is committed is on the disk, as in production. */
	readonly isDurable?: boolean;
	/** Lines of `postgresql.conf` beside those of all tests. */
	readonly settings?: readonly string[];
	/** Lines of `pg_hba.conf` that come before the one that lets everybody in from here. */
	readonly access?: readonly string[];
	/** Files of the cluster by their names (keys, certificates), readable for the server alone. */
	readonly files?: Readonly<Record<string, string>>;
}

const HOST = '127.0.0.1';
/** Somebody else may take the port between finding it and listening on it. */
const STARTS_MAX = 3;
const ENDS_WITHIN_MS = 60_000;

const SETTINGS = [
	`listen_addresses = '${HOST}'`,
	"unix_socket_directories = ''",
	'max_connections = 200',
	'shared_buffers = 64MB',
	'log_min_messages = warning',
];
const HASTY = ['fsync = off', 'full_page_writes = off'];

/** Waits for the end of whoever holds its input, then ends the server ($1: the cluster) and removes what it had ($2). */
const GUARD = `
cat > /dev/null
if pid=$(head -n 1 "$1/postmaster.pid"); then
	kill -QUIT "$pid"
	while kill -0 "$pid"; do sleep 0.05; done
fi
rm -rf "$2"
`;

/** The one that the tests of this process share. */
export function startPostgres(): Promise<PostgresServer> {
	shared ??= PostgresServer.start();
	return shared;
}

let shared: Promise<PostgresServer> | undefined;

export class PostgresServer implements AsyncDisposable {
	readonly #programs: PostgresPrograms;
	readonly #directory: string;
	readonly #guard: ChildProcess;
	#port = 0;

	private constructor(programs: PostgresPrograms, directory: string) {
		this.#programs = programs;
		this.#directory = directory;
		this.#guard = spawn('sh', ['-c', GUARD, 'guard', this.#cluster, directory], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
		// Neither keeps this process from ending; its input ends with it.
		this.#guard.unref();
		(this.#guard.stdin as Socket).unref();
	}

	/** One of its own, for a test that restarts it. */
	static async start({ isDurable = false, settings = [], access = [], files = {} }: PostgresOptions = {}): Promise<PostgresServer> {
		const programs = await findPostgres();
		const { uid, gid } = programs.account;
		await using building = new AsyncDisposableStack();
		const directory = await mkdtemp(join(tmpdir(), 'recado-server-'));
		const server = building.use(new PostgresServer(programs, directory));
		if (uid !== undefined) await runProgram('chown', [`${uid}:${gid}`, directory]);
		await copyTree(programs.cluster, server.#cluster);
		await server.#configure([...SETTINGS, ...(isDurable ? [] : HASTY), ...settings]);
		await server.#letIn(access);
		for (const [name, text] of Object.entries(files)) await server.#keep(name, text);
		await server.#startSomewhere();
		building.move();
		return server;
	}

	url(database: string): string {
		return `postgres://${SUPERUSER}@${HOST}:${this.#port}/${database}`;
	}

	/** Empty, or a copy of another one, which nobody may be connected to meanwhile. */
	async createDatabase(template?: string): Promise<TestDatabase> {
		const name = newName();
		await this.execute(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
		return new TestDatabase(this, name);
	}

	/** As a database administrator. */
	async execute(text: string, database = 'postgres'): Promise<readonly Record<string, unknown>[]> {
		const client = new pg.Client({ connectionString: this.url(database) });
		await client.connect();
		try {
			return (await client.query(text)).rows;
		} finally {
			await client.end();
		}
	}

	async start(): Promise<void> {
		await this.#control('start', '--wait', '--silent', `--log=${this.#log}`);
	}

	/** `fast` ends connections and writes everything down; `immediate` is a crash. */
	async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
		await this.#control('stop', '--wait', '--silent', `--mode=${mode}`);
	}

	/** A crash of the server and its recovery. */
	async restartImmediate(): Promise<void> {
		await this.stop('immediate');
		await this.start();
	}

	/** A server that follows another one, which tells it nothing: it answers, and takes no writes. */
	async restartAsReplica(): Promise<void> {
		await this.stop();
		await this.#keep('standby.signal', '');
		await this.start();
	}

	/** Resolves when it is gone, and everything it had. */
	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#guard.exitCode !== null) return;
		this.#guard.ref();
		const ended = once(this.#guard, 'exit');
		this.#guard.stdin?.end();
		await ended;
	}

	get #cluster(): string {
		return join(this.#directory, 'cluster');
	}

	get #log(): string {
		return join(this.#directory, 'log');
	}

	/** Where a setting is there twice, the later one counts. */
	async #configure(settings: readonly string[]): Promise<void> {
		await appendFile(join(this.#cluster, 'postgresql.conf'), `${settings.join('\n')}\n`);
	}

	/** The first line that fits whoever connects counts. */
	async #letIn(access: readonly string[]): Promise<void> {
		const path = join(this.#cluster, 'pg_hba.conf');
		await writeFile(path, [...access, await readFile(path, 'utf8')].join('\n'));
	}

	async #keep(name: string, text: string): Promise<void> {
		const path = join(this.#cluster, name);
		await writeFile(path, text, { mode: 0o600 });
		const { uid, gid } = this.#programs.account;
		if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
	}

	async #startSomewhere(): Promise<void> {
		for (let tries = 1; ; tries += 1) {
			this.#port = await freePort(HOST);
			await this.#configure([`port = ${this.#port}`]);
			try {
				return await this.start();
			} catch (error) {
				if (tries < STARTS_MAX) continue;
				const log = await readFile(this.#log, 'utf8').catch(() => '');
				throw new Error(`PostgreSQL does not start: ${log}`, { cause: error });
			}
		}
	}

	async #control(...args: readonly string[]): Promise<void> {
		const { directory, account } = this.#programs;
		await runProgram(join(directory, 'pg_ctl'), [`--pgdata=${this.#cluster}`, ...args], { ...account, cwd: '/' });
	}
}

export class TestDatabase implements AsyncDisposable {
	readonly #server: PostgresServer;
	#name: string;

	constructor(server: PostgresServer, name: string) {
		this.#server = server;
		this.#name = name;
	}

	get name(): string {
		return this.#name;
	}

	get url(): string {
		return this.#server.url(this.#name);
	}

	/** As a database administrator. */
	async execute(text: string): Promise<readonly Record<string, unknown>[]> {
		return this.#server.execute(text, this.#name);
	}

	/** Ends every connection for good, whatever it was doing: the database has another name and URL from now on, under which nobody knows it. */
	async cutOff(): Promise<void> {
		const before = this.#name;
		const after = newName();
		await this.#server.execute(`ALTER DATABASE ${before} ALLOW_CONNECTIONS false`);
		await this.#server.execute(`SELECT pg_terminate_backend(pid, ${ENDS_WITHIN_MS}) FROM pg_stat_activity WHERE datname = '${before}'`);
		await this.#server.execute(`ALTER DATABASE ${before} RENAME TO ${after}`);
		await this.#server.execute(`ALTER DATABASE ${after} ALLOW_CONNECTIONS true`);
		this.#name = after;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#server.execute(`DROP DATABASE ${this.#name} WITH (FORCE)`);
	}
}

function newName(): string {
	return `test_${randomBytes(8).toString('hex')}`;
}

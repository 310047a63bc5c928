/** Where a result comes from: machine, versions, commit, date. */
import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findProgram, runOnce } from './servers.ts';

export interface Environment {
	readonly date: string;
	/** `unknown` outside a checkout. */
	readonly commit: string;
	/** Files differ from the commit. */
	readonly isChanged: boolean;
	readonly machine: { readonly cpus: number; readonly model: string; readonly memoryMiB: number; readonly os: string };
	readonly versions: Readonly<Record<string, string>>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const PEER_PACKAGES = ['bullmq', 'ioredis', 'axios', 'graphile-worker', 'pg'];

export async function readEnvironment({ withPeers }: { readonly withPeers: boolean }): Promise<Environment> {
	const [processor] = cpus();
	return {
		date: new Date().toISOString(),
		...(await readCommit()),
		machine: {
			cpus: cpus().length,
			model: processor?.model ?? 'unknown',
			memoryMiB: Math.round(totalmem() / 1_048_576),
			os: `${type()} ${release()}`,
		},
		versions: {
			node: process.versions.node,
			sqlite: sqliteVersion(),
			undici: await packageVersion(ROOT, 'undici'),
			fastify: await packageVersion(ROOT, 'fastify'),
			nginx: await programVersion('nginx', '-v'),
			...(withPeers ? await peerVersions() : {}),
		},
	};
}

async function peerVersions(): Promise<Record<string, string>> {
	const peers = join(ROOT, 'bench', 'peers');
	const versions = await Promise.all(PEER_PACKAGES.map(async (name) => [name, await packageVersion(peers, name)] as const));
	return {
		...Object.fromEntries(versions),
		redis: await programVersion('redis-server', '--version'),
		postgres: await programVersion('postgres', '--version'),
	};
}

async function readCommit(): Promise<Pick<Environment, 'commit' | 'isChanged'>> {
	try {
		const commit = await runOnce('git', ['rev-parse', 'HEAD'], { cwd: ROOT, isOurs: true });
		return { commit, isChanged: (await runOnce('git', ['status', '--porcelain'], { cwd: ROOT, isOurs: true })) !== '' };
	} catch {
		return { commit: 'unknown', isChanged: false };
	}
}

function sqliteVersion(): string {
	const db = new DatabaseSync(':memory:');
	try {
		return String(db.prepare('SELECT sqlite_version() AS version').get()?.['version']);
	} finally {
		db.close();
	}
}

async function packageVersion(root: string, name: string): Promise<string> {
	try {
		const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8');
		return (JSON.parse(text) as { version: string }).version;
	} catch {
		return 'not installed';
	}
}

async function programVersion(name: string, flag: string): Promise<string> {
	const program = await findProgram(name);
	if (program === undefined) return 'not installed';
	const said = await runOnce(program, [flag], { isOurs: true });
	return /\d+(\.\d+)+/.exec(said)?.[0] ?? said;
}

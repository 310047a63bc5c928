/**
 * The peers that can run on this machine: what they need from npm is installed beside them, Redis and PostgreSQL are started privately, in
 * the workspace of the run. The options are the best of those that were tried (see README.md).
 */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { EngineSpec } from '../harness/engine.ts';
import { startPostgres } from '../harness/postgres.ts';
import type { Bench } from '../harness/scenario.ts';
import { findProgram, freePort, runOnce, Server } from '../harness/servers.ts';
import type { Workspace } from '../harness/workspace.ts';

export interface RunningPeers extends AsyncDisposable {
	readonly specs: readonly EngineSpec[];
	readonly skipped: Readonly<Record<string, { readonly skipped: string }>>;
}

const START_MS = 20_000;

const BULLMQ_AXIOS: EngineSpec = {
	name: 'bullmqAxios',
	file: 'peers/bullmq.mjs',
	options: { CLIENT: 'axios', CONCURRENCY: '50', WORKERS: '1' },
	expectedPerSecond: 1_200,
};
const BULLMQ_UNDICI: EngineSpec = {
	name: 'bullmqUndici',
	file: 'peers/bullmq.mjs',
	options: { CLIENT: 'undici', CONCURRENCY: '50', WORKERS: '1' },
	expectedPerSecond: 2_200,
};
const GRAPHILE_WORKER: EngineSpec = {
	name: 'graphileWorkerFetch',
	file: 'peers/graphile-worker.mjs',
	options: { CONCURRENCY: '24', CONNECTIONS: '24' },
	expectedPerSecond: 700,
};

/** Nothing where they are not wished for. */
export async function runningPeers(bench: Bench, areWished: boolean): Promise<RunningPeers> {
	const servers = new AsyncDisposableStack();
	const specs: EngineSpec[] = [];
	const skipped: Record<string, { skipped: string }> = {};
	const skip = (names: readonly EngineSpec[], why: string): void => {
		for (const { name } of names) skipped[name] = { skipped: why };
	};
	try {
		if (areWished) {
			const trouble = await install(bench);
			if (trouble !== undefined) skip([BULLMQ_AXIOS, BULLMQ_UNDICI, GRAPHILE_WORKER], trouble);
			else {
				const redis = await startRedis(bench.workspace, servers);
				if (redis === undefined) skip([BULLMQ_AXIOS, BULLMQ_UNDICI], 'redis-server is not installed');
				else specs.push(withOptions(BULLMQ_AXIOS, { REDIS_PORT: redis }), withOptions(BULLMQ_UNDICI, { REDIS_PORT: redis }));
				const postgres = servers.use(await startPostgres(bench.workspace));
				if (postgres === undefined) skip([GRAPHILE_WORKER], 'PostgreSQL (initdb, postgres) is not installed');
				else specs.push(withOptions(GRAPHILE_WORKER, { POSTGRES_URL: postgres.url }));
			}
		}
	} catch (error) {
		await servers.disposeAsync();
		throw error;
	}
	return { specs, skipped, [Symbol.asyncDispose]: () => servers.disposeAsync() };
}

/** Answers why it cannot be done. */
async function install(bench: Bench): Promise<string | undefined> {
	if (existsSync(join(import.meta.dirname, 'node_modules', '.package-lock.json'))) return undefined;
	bench.say('installing the peers (npm ci in bench/peers), once');
	try {
		const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
		const npm = process.env['npm_execpath'];
		const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...words]] : ['npm', words];
		await runOnce(command, args, { cwd: import.meta.dirname, isOurs: true });
		return undefined;
	} catch (error) {
		bench.say(String(error));
		return 'npm ci in bench/peers failed';
	}
}

/** A private Redis with its append-only file on, synced each second, as its own guide and BullMQ's recommend. Answers its port. */
async function startRedis(workspace: Workspace, servers: AsyncDisposableStack): Promise<string | undefined> {
	const program = await findProgram('redis-server');
	if (program === undefined) return undefined;
	const [directory, port] = [await workspace.room('redis', { forServer: true }), await freePort()];
	const settings = { port: String(port), bind: '127.0.0.1', dir: directory, save: '', appendonly: 'yes', appendfsync: 'everysec' };
	const server = servers.use(
		new Server(
			program,
			Object.entries({ ...settings, 'maxmemory-policy': 'noeviction' }).flatMap(([name, value]) => [`--${name}`, value]),
		),
	);
	await server.until(() => canConnect(port), START_MS);
	return String(port);
}

function canConnect(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve();
		});
		socket.once('error', reject);
	});
}

function withOptions(spec: EngineSpec, options: Readonly<Record<string, string>>): EngineSpec {
	return { ...spec, options: { ...spec.options, ...options } };
}

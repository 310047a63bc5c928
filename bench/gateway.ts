/**
 * The gateway of the benchmark, in a process of its own: the real thing. Instances and webhooks are made through its API, one webhook an
 * instance, a hundred instances an account; started again on the same directory it finds what it had.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'undici';
import { type App, startApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';
import { answerOrders } from './harness/child.ts';
import type { EngineOrder, EngineReady } from './harness/traffic.ts';

const ADMIN_TOKEN = 'benchmark-admin-token';
const HEADERS = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
const INSTANCES_PER_ACCOUNT = 100;
const SET_UP_CONNECTIONS = 16;

let app: App | undefined;
let api: Pool | undefined;

answerOrders<EngineOrder>(
	async (order) => {
		switch (order.kind) {
			case 'start':
				return start(order);
			case 'idle':
				return { isIdle: await isIdle() };
		}
	},
	async () => {
		await api?.destroy();
		await app?.[Symbol.asyncDispose]();
	},
);

async function start({ directory, ca, urls, options = {} }: Extract<EngineOrder, { kind: 'start' }>): Promise<EngineReady> {
	const caFile = join(directory, 'ca.pem');
	await writeFile(caFile, ca);
	app = await startApp(
		readConfig({
			RECADO_PORT: '0',
			RECADO_DATA: directory,
			RECADO_ADMIN_TOKEN: ADMIN_TOKEN,
			RECADO_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
			RECADO_WEBHOOK_CA: caFile,
			RECADO_WEBHOOK_ALLOW: '127.0.0.1/32',
			RECADO_LOG_LEVEL: 'error',
			// As many as the ceiling's loop has in flight.
			RECADO_WEBHOOK_CONCURRENCY: '64',
			...options,
		}),
	);
	api = new Pool(app.address, { connections: SET_UP_CONNECTIONS, pipelining: 1 });
	const instances = urls.length === 0 ? await listedInstances() : await made(urls);
	return { origin: app.address, paths: instances.map((id) => `/recado/v1/simulator/${id}/messages`), headers: HEADERS };
}

/** An instance for each URL, with its webhook. */
async function made(urls: readonly string[]): Promise<string[]> {
	const accounts: string[] = [];
	for (let n = 0; n < urls.length; n += INSTANCES_PER_ACCOUNT) accounts.push((await post('/accounts', { name: 'Benchmark' })).id);
	return atOnce(urls, async (url, n) => {
		const phone = `55449${String(20_000_000 + n)}`;
		const account = accounts[Math.floor(n / INSTANCES_PER_ACCOUNT)];
		const { id } = await post(`/accounts/${account}/instances`, { name: 'Benchmark', channel: 'simulator', phone });
		await post('/webhooks', { accountId: account, instanceId: id, dialect: 'z-api', events: ['message.received'], url });
		return id;
	});
}

async function atOnce<T, U>(items: readonly T[], work: (item: T, n: number) => Promise<U>): Promise<U[]> {
	const results: U[] = [];
	let next = 0;
	const worker = async (): Promise<void> => {
		for (let n = next++; n < items.length; n = next++) results[n] = await work(items[n] as T, n);
	};
	await Promise.all(Array.from({ length: SET_UP_CONNECTIONS }, worker));
	return results;
}

async function listedInstances(): Promise<string[]> {
	const { items } = await get<{ items: { id: string }[] }>('/instances');
	return items.map(({ id }) => id);
}

async function isIdle(): Promise<boolean> {
	for (const state of ['sending', 'pending']) {
		const { items } = await get<{ items: unknown[] }>(`/deliveries?state=${state}&limit=1`);
		if (items.length > 0) return false;
	}
	return true;
}

async function post(path: string, body: object): Promise<{ readonly id: string }> {
	const answer = await pool().request({ method: 'POST', path: `/recado/v1${path}`, headers: HEADERS, body: JSON.stringify(body) });
	if (answer.statusCode !== 201) throw new Error(`POST ${path} was answered ${answer.statusCode}: ${await answer.body.text()}`);
	return (await answer.body.json()) as { id: string };
}

async function get<T>(path: string): Promise<T> {
	const answer = await pool().request({ method: 'GET', path: `/recado/v1${path}`, headers: HEADERS });
	if (answer.statusCode !== 200) throw new Error(`GET ${path} was answered ${answer.statusCode}: ${await answer.body.text()}`);
	return (await answer.body.json()) as T;
}

function pool(): Pool {
	if (api === undefined) throw new Error('the gateway is not started');
	return api;
}

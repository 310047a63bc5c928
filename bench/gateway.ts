/** The gateway of the benchmark, in a process of its own: the real thing with an account, an instance and its webhooks, made through its API. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';

export interface GatewayOrder {
	readonly url: string;
	readonly ca: string;
	readonly webhooks: number;
}

const ADMIN_TOKEN = 'benchmark-admin-token';

process.on('message', (order: GatewayOrder) => void run(order));

async function run(order: GatewayOrder): Promise<void> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'));
	const caFile = join(directory, 'ca.pem');
	await writeFile(caFile, order.ca);
	const config = readConfig({
		RECADO_PORT: '0',
		RECADO_DATA: directory,
		RECADO_ADMIN_TOKEN: ADMIN_TOKEN,
		RECADO_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
		RECADO_WEBHOOK_CA: caFile,
		RECADO_WEBHOOK_ALLOW: '127.0.0.1/32',
		RECADO_LOG_LEVEL: 'error',
	});
	const app = await startApp(config);
	const post = async (path: string, body: object): Promise<Record<string, string>> => {
		const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
		const answer = await request(`${app.address}/recado/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
		if (answer.statusCode !== 201) throw new Error(`POST ${path} was answered ${answer.statusCode}: ${await answer.body.text()}`);
		return (await answer.body.json()) as Record<string, string>;
	};
	const account = await post('/accounts', { name: 'Benchmark' });
	const instance = await post(`/accounts/${account['id']}/instances`, { name: 'Benchmark', channel: 'simulator', phone: '5544900000000' });
	for (let n = 0; n < order.webhooks; n += 1) {
		await post('/webhooks', { accountId: account['id'], dialect: 'z-api', events: ['message.received'], url: `${order.url}${n}` });
	}
	const end = async (): Promise<void> => {
		await app[Symbol.asyncDispose]();
		await rm(directory, { recursive: true, force: true });
	};
	process.on('disconnect', () => void end());
	process.send?.({
		kind: 'ready',
		origin: app.address,
		path: `/recado/v1/simulator/${instance['id']}/messages`,
		headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
	});
}

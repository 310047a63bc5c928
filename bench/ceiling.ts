/**
 * The ceiling: a bare loop with the same libraries that accepts, commits the same bytes in groups, signs and posts, with none of our
 * bookkeeping (no chats, no messages, no lanes, no attempts on record). What the gateway costs beyond it is ours.
 */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { Pool } from 'undici';
import type { GatewayOrder } from './gateway.ts';

const GROUP_MAX = 256;
const IN_FLIGHT_MAX = 64;

process.on('message', (order: GatewayOrder) => void run(order));

async function run(order: GatewayOrder): Promise<void> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-ceiling-'));
	const db = new DatabaseSync(join(directory, 'ceiling.db'));
	db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
	db.exec('CREATE TABLE deliveries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0) STRICT');
	const insert = db.prepare('INSERT INTO deliveries (body) VALUES (?)');
	const settle = db.prepare('UPDATE deliveries SET settled = 1 WHERE seq = ?');
	const url = new URL(order.url);
	const pool = new Pool(url.origin, { connections: IN_FLIGHT_MAX, pipelining: 1, connect: { ca: order.ca } });
	const key = createSecretKey(randomBytes(32));

	const writes: { run: () => void; done: () => void }[] = [];
	let isScheduled = false;
	const flush = (): void => {
		isScheduled = false;
		const group = writes.splice(0, GROUP_MAX);
		db.exec('BEGIN IMMEDIATE');
		for (const write of group) write.run();
		db.exec('COMMIT');
		for (const write of group) write.done();
		if (writes.length > 0) schedule();
	};
	const schedule = (): void => {
		if (isScheduled) return;
		isScheduled = true;
		setImmediate(flush);
	};
	const write = (run: () => void): Promise<void> =>
		new Promise((done) => {
			writes.push({ run, done });
			schedule();
		});

	const waiting: { seq: number; body: string }[] = [];
	let inFlight = 0;
	const post = async ({ seq, body }: { seq: number; body: string }): Promise<void> => {
		const timestamp = String(Math.floor(Date.now() / 1000));
		const signature = createHmac('sha256', key).update(`${seq}.${timestamp}.${body}`).digest('base64');
		const headers = {
			'content-type': 'application/json',
			'webhook-id': String(seq),
			'webhook-timestamp': timestamp,
			'webhook-signature': `v1,${signature}`,
		};
		const response = await pool.request({ method: 'POST', path: url.pathname, headers, body });
		await response.body.dump();
		await write(() => settle.run(seq));
	};
	const pump = (): void => {
		for (
			let next = inFlight < IN_FLIGHT_MAX ? waiting.shift() : undefined;
			next;
			next = inFlight < IN_FLIGHT_MAX ? waiting.shift() : undefined
		) {
			inFlight += 1;
			void post(next).finally(() => {
				inFlight -= 1;
				pump();
			});
		}
	};

	const server = Fastify();
	server.post('/events', async (request, reply) => {
		const body = JSON.stringify(request.body);
		let seq = 0;
		await write(() => {
			seq = Number(insert.run(body).lastInsertRowid);
		});
		waiting.push({ seq, body });
		pump();
		return reply.code(202).send({ id: seq });
	});
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	const end = async (): Promise<void> => {
		await server.close();
		await pool.destroy();
		db.close();
		await rm(directory, { recursive: true, force: true });
	};
	process.on('disconnect', () => void end());
	process.send?.({ kind: 'ready', origin, path: '/events', headers: { 'content-type': 'application/json' } });
}

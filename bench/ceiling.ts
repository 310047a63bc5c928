/**
 * The ceiling: a bare loop with the same libraries that accepts, commits the same bytes in groups, signs and posts, with none of our
 * bookkeeping (no chats, no messages, no lanes, no attempts on record). What the gateway costs beyond it is ours.
 */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Fastify, { type FastifyInstance } from 'fastify';
import { Pool } from 'undici';
import { answerOrders } from './harness/child.ts';
import { type EngineOrder, type EngineReady, payloadOf, type Written } from './harness/traffic.ts';

const GROUP_MAX = 256;
const IN_FLIGHT_MAX = 64;

let server: FastifyInstance | undefined;
let accepted = 0;
let settled = 0;

answerOrders<EngineOrder>(
	async (order) => (order.kind === 'start' ? start(order) : { isIdle: accepted === settled }),
	async () => server?.close(),
);

async function start({ directory, ca, urls: [target = ''] }: Extract<EngineOrder, { kind: 'start' }>): Promise<EngineReady> {
	const db = new DatabaseSync(join(directory, 'ceiling.db'));
	// As the gateway's own store is tuned.
	db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096');
	db.exec('CREATE TABLE deliveries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0) STRICT');
	const insert = db.prepare('INSERT INTO deliveries (body) VALUES (?)');
	const settle = db.prepare('UPDATE deliveries SET settled = 1 WHERE seq = ?');
	const url = new URL(target);
	const pool = new Pool(url.origin, { connections: IN_FLIGHT_MAX, pipelining: 1, connect: { ca } });
	const key = createSecretKey(randomBytes(32));

	let writes: { run: () => void; done: () => void }[] = [];
	let isScheduled = false;
	const flush = (): void => {
		isScheduled = false;
		const group = writes.slice(0, GROUP_MAX);
		writes = writes.slice(GROUP_MAX);
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
		settled += 1;
	};
	const pump = (): void => {
		while (inFlight < IN_FLIGHT_MAX) {
			const next = waiting.shift();
			if (next === undefined) return;
			inFlight += 1;
			void post(next).finally(() => {
				inFlight -= 1;
				pump();
			});
		}
	};

	server = Fastify();
	server.post('/events', async (request, reply) => {
		const body = payloadOf(request.body as Written);
		let seq = 0;
		await write(() => {
			seq = Number(insert.run(body).lastInsertRowid);
		});
		accepted += 1;
		waiting.push({ seq, body });
		pump();
		return reply.code(202).send({ id: seq });
	});
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	return { origin, paths: ['/events'], headers: { 'content-type': 'application/json' } };
}

/**
 * Fastify + graphile-worker on PostgreSQL + fetch: each event is a job, committed before it is answered; the worker signs and posts it. With
 * the local queue and the batches of completions that its guide for performance recommends.
 */
import Fastify from 'fastify';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { answerOrders } from '../harness/child.ts';
import { payloadOf } from '../harness/traffic.ts';
import { poster } from './post.mjs';

/** A line a job would cost more than the job's own bookkeeping. */
const logger = new Logger(() => () => {});

let end = async () => {};
let isIdle = async () => true;

answerOrders(
	async (order) => (order.kind === 'start' ? start(order) : { isIdle: await isIdle() }),
	async () => end(),
);

async function start({ ca, urls: [url], options }) {
	const concurrency = Number(options.CONCURRENCY);
	const post = poster({ client: 'fetch', url, ca, connections: concurrency });
	const pgPool = new pg.Pool({ connectionString: options.POSTGRES_URL, max: Number(options.CONNECTIONS) });
	// The worker reconnects by itself; it asks for these to be heard.
	pgPool.on('error', console.error);
	pgPool.on('connect', (client) => void client.on('error', console.error));
	await pgPool.query('DROP SCHEMA IF EXISTS graphile_worker CASCADE');
	const utils = await makeWorkerUtils({ pgPool, logger });
	await utils.migrate();
	const runner = await run({
		pgPool,
		noHandleSignals: true,
		logger,
		taskList: { deliver: (payload, { job }) => post(String(job.id), payload.body) },
		preset: {
			worker: {
				concurrentJobs: concurrency,
				pollInterval: 1_000,
				localQueue: { size: 500, refetchDelay: { durationMs: 20 } },
				completeJobBatchDelay: 10,
				failJobBatchDelay: 10,
			},
		},
	});

	const server = Fastify();
	server.post('/events', async (request, reply) => {
		const job = await utils.addJob('deliver', { body: payloadOf(request.body) });
		return reply.code(202).send({ id: job.id });
	});
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	isIdle = async () => (await pgPool.query('SELECT 1 FROM graphile_worker._private_jobs LIMIT 1')).rowCount === 0;
	end = async () => {
		await server.close();
		await runner.stop();
		await utils.release();
		await pgPool.end();
	};
	return { origin, paths: ['/events'], headers: { 'content-type': 'application/json' } };
}

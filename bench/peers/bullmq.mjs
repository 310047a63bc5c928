/**
 * Fastify + BullMQ on Redis + axios or undici: each event is a job, durable as Redis makes it, before it is answered; a worker signs and
 * posts it and the job is completed. What is completed is removed, as BullMQ's guide for production says.
 */
import { fork } from 'node:child_process';
import { Queue, Worker } from 'bullmq';
import Fastify from 'fastify';
import { answerOrders } from '../harness/child.ts';
import { payloadOf } from '../harness/traffic.ts';
import { poster } from './post.mjs';

const QUEUE = 'webhooks';

let end = async () => {};
let isIdle = async () => true;

answerOrders(
	async (order) => (order.kind === 'start' ? start(order) : { isIdle: await isIdle() }),
	async () => end(),
);

async function start({ ca, urls: [url], options }) {
	const { WORKERS = '0' } = options;
	// A worker in a process of its own does its part, and nothing else.
	if (options.ROLE === 'worker') {
		const worker = startWorker(url, ca, options);
		end = () => worker.close();
		return {};
	}
	const connection = { host: '127.0.0.1', port: Number(options.REDIS_PORT), enableAutoPipelining: true };
	const queue = new Queue(QUEUE, {
		connection,
		defaultJobOptions: { removeOnComplete: true, attempts: 10, backoff: { type: 'exponential', delay: 5_000 } },
	});
	await queue.waitUntilReady();
	await queue.obliterate({ force: true });
	const workers = Array.from({ length: Number(WORKERS) }, () => forkWorker(url, ca, options));
	const worker = WORKERS === '0' ? startWorker(url, ca, options) : undefined;

	const server = Fastify();
	server.post('/events', async (request, reply) => {
		const job = await queue.add('deliver', payloadOf(request.body));
		return reply.code(202).send({ id: job.id });
	});
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	isIdle = async () => Object.values(await queue.getJobCounts('waiting', 'active', 'delayed')).every((count) => count === 0);
	end = async () => {
		await server.close();
		for (const child of workers) child.disconnect();
		await worker?.close();
		await queue.close();
	};
	return { origin, paths: ['/events'], headers: { 'content-type': 'application/json' } };
}

function startWorker(url, ca, { CLIENT, CONCURRENCY, REDIS_PORT }) {
	const concurrency = Number(CONCURRENCY);
	const post = poster({ client: CLIENT, url, ca, connections: concurrency });
	const connection = { host: '127.0.0.1', port: Number(REDIS_PORT), maxRetriesPerRequest: null, enableAutoPipelining: true };
	return new Worker(QUEUE, (job) => post(job.id, job.data), { connection, concurrency });
}

function forkWorker(url, ca, options) {
	const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
	child.send({ kind: 'start', ca, urls: [url], options: { ...options, ROLE: 'worker' } });
	return child;
}

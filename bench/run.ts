/**
 * `npm run bench`: how many events a second are accepted over HTTP and delivered over HTTPS, durable, signed and on record, beside a bare
 * loop of the same libraries in the same run. Generator, gateway and receiver are processes of their own on loopback.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { LoadOrder, LoadReport } from './load.ts';

const { values } = parseArgs({
	options: {
		only: { type: 'string', default: 'throughput,ceiling' },
		json: { type: 'string' },
		events: { type: 'string', default: '20000' },
		rounds: { type: 'string', default: '3' },
	},
});

const CONCURRENCY = 64;
const CHATS = 1000;
/** Looks at the receiver's count this often, and gives up when nothing arrived for as long. */
const LOOK_MS = 50;
const STALLED_MS = 20_000;

interface Ready extends Pick<LoadOrder, 'origin' | 'path' | 'headers'> {
	readonly kind: 'ready';
}

interface Figures {
	readonly perSecond: number;
	readonly acceptedPerSecond: number;
}

async function measure(engine: 'gateway' | 'ceiling', events: number): Promise<Figures> {
	const receiver = start('receiver.ts');
	const { url, ca } = await reply<{ url: string; ca: string }>(receiver);
	const gateway = start(`${engine}.ts`);
	gateway.send({ url, ca, webhooks: 1 });
	const { origin, path, headers } = await reply<Ready>(gateway);
	const generator = start('load.ts');
	const order: Omit<LoadOrder, 'requests'> = { origin, path, headers, bodies: bodies(), concurrency: CONCURRENCY, expectedStatus: 202 };
	try {
		const warmUp = Math.min(2_000, Math.floor(events / 4));
		await run(generator, { ...order, requests: warmUp });
		await arrivedAtReceiver(receiver, warmUp);
		const startedAt = performance.now();
		const report = await run(generator, { ...order, requests: events });
		await arrivedAtReceiver(receiver, warmUp + events);
		const seconds = (performance.now() - startedAt) / 1000;
		if (report.failed > 0) throw new Error(`${report.failed} requests were not accepted`);
		return { perSecond: Math.round(events / seconds), acceptedPerSecond: Math.round(events / report.seconds) };
	} finally {
		await Promise.all([generator, gateway, receiver].map(stop));
	}
}

/** One a chat; the webhook payload made of it has about 600 bytes. */
function bodies(): string[] {
	return Array.from({ length: CHATS }, (_, n) =>
		JSON.stringify({ from: `55449${String(10_000_000 + n)}`, name: 'Maria da Silva', text: 'Quero saber do meu pedido, por favor.' }),
	);
}

async function run(generator: ChildProcess, order: LoadOrder): Promise<LoadReport> {
	generator.send(order);
	return reply<LoadReport>(generator);
}

async function arrivedAtReceiver(receiver: ChildProcess, wanted: number): Promise<void> {
	let last = { arrived: -1, at: performance.now() };
	for (;;) {
		receiver.send('count');
		const { arrived } = await reply<{ arrived: number }>(receiver);
		if (arrived >= wanted) return;
		if (arrived !== last.arrived) last = { arrived, at: performance.now() };
		else if (performance.now() - last.at > STALLED_MS) throw new Error(`${arrived} of ${wanted} arrived, and no more for ${STALLED_MS} ms`);
		await pause(LOOK_MS);
	}
}

function start(file: string): ChildProcess {
	return fork(join(import.meta.dirname, file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function reply<T>(child: ChildProcess): Promise<T> {
	const ended = new AbortController();
	const message = once(child, 'message', { signal: ended.signal });
	const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
		throw new Error(`a process of the benchmark ended with ${code}`);
	});
	try {
		const [told] = (await Promise.race([message, exit])) as [T];
		return told;
	} finally {
		ended.abort();
		message.catch(() => {});
		exit.catch(() => {});
	}
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const exit = once(child, 'exit');
	child.disconnect();
	const late = pause(5_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
	await Promise.race([exit, late.then(() => exit)]);
}

function median(figures: readonly Figures[]): Figures {
	const sorted = [...figures].sort((one, other) => one.perSecond - other.perSecond);
	const middle = sorted[Math.floor(sorted.length / 2)];
	if (!middle) throw new Error('no round was measured');
	return middle;
}

const only = new Set(values.only.split(','));
const events = Number(values.events);
const scenarios: Record<string, Figures[]> = {};
for (let round = 0; round < Number(values.rounds); round += 1) {
	for (const [scenario, engine] of [
		['throughput', 'gateway'],
		['ceiling', 'ceiling'],
	] as const) {
		if (only.has(scenario)) scenarios[scenario] = [...(scenarios[scenario] ?? []), await measure(engine, events)];
	}
}
const medians = Object.fromEntries(Object.entries(scenarios).map(([name, rounds]) => [name, { ...median(rounds), rounds }]));
const [throughput, ceiling] = [medians['throughput'], medians['ceiling']];
const ratio = throughput && ceiling ? throughput.perSecond / ceiling.perSecond : undefined;

console.table(
	Object.entries(medians).map(([scenario, figures]) => ({
		scenario,
		'delivered/s (median)': figures.perSecond,
		'accepted/s': figures.acceptedPerSecond,
		rounds: figures.rounds.map((one) => one.perSecond).join(' '),
	})),
);
if (ratio !== undefined)
	console.log(`throughput is ${ratio.toFixed(2)} of the ceiling of the same run (${events} events, ${CHATS} chats, 1 webhook, TLS 1.3)`);

if (values.json !== undefined) {
	const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
	const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? 'unknown', memoryBytes: totalmem() };
	await writeFile(
		values.json,
		`${JSON.stringify({ machine, node: process.version, commit, events, scenarios: medians, ratio }, undefined, '\t')}\n`,
	);
}

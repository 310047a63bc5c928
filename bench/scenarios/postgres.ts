/**
 * Throughput on PostgreSQL beside the embedded store, in turns: one, two and four processes on one database, each written to by a generator of its own
 * on an instance of its own, all delivering to one receiver. What the database does for an event is counted by itself.
 */
import { Engine, GATEWAY, Generator, measureOnce, type Rate, untilArrived, untilIdle } from '../harness/engine.ts';
import { round } from '../harness/percentiles.ts';
import { type Counts, type Postgres, startPostgres } from '../harness/postgres.ts';
import { startReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

const CHATS = 1_000;
const CONCURRENCY = 64;
const EVENTS = 8_000;
const WARM_UP = 2_000;
const PROCESSES = [1, 2, 4] as const;

export async function postgres(bench: Bench, rounds: number): Promise<Figures> {
	await using server = await startPostgres(bench.workspace);
	if (server === undefined) return { skipped: 'PostgreSQL (initdb, postgres, pg_isready) is not installed' };
	const embedded: Rate[] = [];
	const clusters = new Map<number, Cluster[]>(PROCESSES.map((count) => [count, []]));
	for (let n = 0; n < rounds; n += 1) {
		embedded.push(await measureOnce(bench.workspace, GATEWAY, { chats: CHATS, warmUp: WARM_UP, events: EVENTS }));
		bench.say(`embedded, round ${n + 1}: ${embedded.at(-1)?.perSecond} delivered/s`);
		for (const [count, measured] of clusters) {
			measured.push(await measureCluster(bench, server, count));
			bench.say(`PostgreSQL, processes: ${count}, round ${n + 1}: ${measured.at(-1)?.perSecond} delivered/s`);
		}
	}
	const figures = [...clusters].map(([count, measured]) => [`processes${count}`, { ...middleOf(measured) }] as const);
	return { embedded: { ...middleOf(embedded) }, ...Object.fromEntries(figures) };
}

interface Cluster {
	readonly perSecond: number;
	readonly events: number;
	readonly seconds: number;
	readonly transactionsPerEvent: number;
	readonly statementsPerEvent: number | undefined;
	readonly logBytesPerEvent: number;
}

async function measureCluster(bench: Bench, server: Postgres, count: number): Promise<Cluster> {
	const url = await server.createDatabase();
	await using receiver = await startReceiver(bench.workspace);
	await using stack = new AsyncDisposableStack();
	const engines: Engine[] = [];
	const generators: Generator[] = [];
	for (let n = 0; n < count; n += 1) {
		const spec = { ...GATEWAY, options: { RECADO_DATABASE_URL: url } };
		engines.push(stack.use(await Engine.start(bench.workspace, spec, { urls: [receiver.url] })));
		generators.push(stack.use(new Generator()));
	}
	const write = async (events: number, offset: number): Promise<void> => {
		const shares = engines.map((engine, n) => {
			const order = { ...engine.ready, kind: 'closed', chats: CHATS / count, firstChat: (n * CHATS) / count, text: 'plain' } as const;
			const concurrency = CONCURRENCY / count;
			return generators[n]?.run({ ...order, concurrency, events: events / count, offset: offset / count });
		});
		await Promise.all(shares);
		await untilArrived(receiver, offset + events);
		for (const engine of engines) await untilIdle(engine);
	};
	await write(WARM_UP, 0);
	const before = await server.counts(url);
	const startedAt = performance.now();
	await write(EVENTS, WARM_UP);
	const seconds = (performance.now() - startedAt) / 1_000;
	return {
		perSecond: Math.round(EVENTS / seconds),
		events: EVENTS,
		seconds: round(seconds),
		...perEvent(before, await server.counts(url)),
	};
}

function perEvent(before: Counts, after: Counts): Pick<Cluster, 'transactionsPerEvent' | 'statementsPerEvent' | 'logBytesPerEvent'> {
	const { statements } = after;
	return {
		transactionsPerEvent: round((after.transactions - before.transactions) / EVENTS),
		statementsPerEvent: statements === undefined ? undefined : round((statements - (before.statements ?? 0)) / EVENTS),
		logBytesPerEvent: Math.round((after.logBytes - before.logBytes) / EVENTS),
	};
}

function middleOf<T extends { readonly perSecond: number }>(measured: readonly T[]): T | undefined {
	return measured.toSorted((one, other) => one.perSecond - other.perSecond)[Math.floor(measured.length / 2)];
}

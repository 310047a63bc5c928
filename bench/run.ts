/**
 * `npm run bench`: measures the gateway with real parts on loopback, each in a process of its own, beside a bare loop of the same libraries
 * and what a user would build instead. Prints a table; `--json FILE` writes every figure, `--markdown FILE` prints the tables of such a
 * file again. README.md says what each scenario is.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readEnvironment } from './harness/environment.ts';
import type { Bench, Figures } from './harness/scenario.ts';
import { Workspace } from './harness/workspace.ts';
import { backlog } from './scenarios/backlog.ts';
import { consoles } from './scenarios/consoles.ts';
import { growth } from './scenarios/growth.ts';
import { isolation } from './scenarios/isolation.ts';
import { latency } from './scenarios/latency.ts';
import { lists } from './scenarios/lists.ts';
import { postgres } from './scenarios/postgres.ts';
import { postgresClaims } from './scenarios/postgres-claims.ts';
import { rates } from './scenarios/rates.ts';
import { recovery } from './scenarios/recovery.ts';
import { spread } from './scenarios/spread.ts';
import { markdownOf, type Result } from './table.ts';
import { ratiosOf, targetsOf } from './targets.ts';

const { values } = parseArgs({
	options: {
		only: { type: 'string' },
		json: { type: 'string' },
		markdown: { type: 'string' },
		full: { type: 'boolean', default: false },
		rounds: { type: 'string', default: '3' },
		events: { type: 'string' },
	},
});

/** Seconds each took; `rates` are throughput, ceiling and peers together. */
const took: Record<string, number> = {};

/** Measured one after the other, in this order; the first three in turns. */
const SCENARIOS = [
	'throughput',
	'ceiling',
	'peers',
	'latency',
	'isolation',
	'recovery',
	'backlog',
	'growth',
	'lists',
	'consoles',
	'postgres',
	'postgresClaims',
] as const;
type ScenarioName = (typeof SCENARIOS)[number];

const ALONE: Readonly<Partial<Record<ScenarioName, (bench: Bench) => Promise<Figures>>>> = {
	latency,
	isolation,
	recovery,
	backlog,
	growth,
	lists,
	consoles: (bench) => consoles(bench, { rounds: Number(values.rounds), ...eventsWished() }),
	postgres: (bench) => postgres(bench, Number(values.rounds)),
	postgresClaims,
};

if (values.markdown === undefined) await measure();
else process.stdout.write(`${markdownOf(JSON.parse(await readFile(values.markdown, 'utf8')) as Result)}\n`);

async function measure(): Promise<void> {
	const wished = wishedScenarios();
	const startedAt = performance.now();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
	await using workspace = await Workspace.open();
	const bench: Bench = { workspace, isFull: values.full, say };
	const scenarios = await measureAll(bench, wished);
	const environment = await readEnvironment({ withPeers: wished.has('peers') });
	const minutes = Math.round((performance.now() - startedAt) / 6_000) / 10;
	const result: Result = {
		...environment,
		minutes,
		tookSeconds: took,
		scenarios,
		ratios: ratiosOf(scenarios),
		targets: targetsOf(scenarios),
	};
	if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, undefined, '\t')}\n`);
	process.stdout.write(`\n${markdownOf(result)}\n`);
}

async function measureAll(bench: Bench, wished: ReadonlySet<ScenarioName>): Promise<Figures> {
	const scenarios: Record<string, Figures> = {};
	const [throughput, ceiling, peers] = [wished.has('throughput'), wished.has('ceiling'), wished.has('peers')];
	if (throughput || ceiling || peers) {
		const wish = { throughput, ceiling, peers, rounds: Number(values.rounds), ...eventsWished() };
		const measured = await timed(bench, 'rates', () => rates(bench, wish));
		Object.assign(scenarios, 'failed' in measured ? { throughput: measured, ceiling: measured, peers: measured } : measured);
	}
	if (throughput) scenarios['throughput'] = { ...scenarios['throughput'], spread: await timed(bench, 'spread', () => spread(bench)) };
	for (const name of SCENARIOS) {
		const scenario = wished.has(name) ? ALONE[name] : undefined;
		if (scenario !== undefined) scenarios[name] = await timed(bench, name, () => scenario(bench));
	}
	return scenarios;
}

/** What fails is told in its place, and makes the run fail at its end: the others are measured all the same. */
async function timed(bench: Bench, name: string, work: () => Promise<Figures>): Promise<Figures> {
	const startedAt = performance.now();
	try {
		return await work();
	} catch (error) {
		process.exitCode = 1;
		bench.say(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
		return { failed: error instanceof Error ? error.message : String(error) };
	} finally {
		took[name] = Math.round((performance.now() - startedAt) / 1000);
		bench.say(`${name} took ${took[name]} s`);
	}
}

function eventsWished(): { readonly events?: number } {
	return values.events === undefined ? {} : { events: Number(values.events) };
}

function wishedScenarios(): ReadonlySet<ScenarioName> {
	if (values.only === undefined) return new Set(SCENARIOS);
	const names = values.only.split(',').map((name) => name.trim());
	const unknown = names.filter((name) => !SCENARIOS.some((known) => known === name));
	if (unknown.length > 0) throw new Error(`--only knows ${SCENARIOS.join(', ')}; not ${unknown.join(', ')}`);
	return new Set(SCENARIOS.filter((known) => names.includes(known)));
}

function say(line: string): void {
	process.stderr.write(`bench: ${line}\n`);
}

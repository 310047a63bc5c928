/** What the project wants to reach on a machine of two cores, and whether this run did. Ratios within one run count; absolute figures orient. */
import type { Figure, Figures } from './harness/scenario.ts';

export interface Target {
	readonly name: string;
	readonly wanted: string;
	/** Undefined where the scenarios it needs were not run. */
	readonly value?: number;
	readonly met?: boolean;
	readonly skipped?: string;
}

interface Wanted {
	readonly name: string;
	/** The number that is measured, by its paths in `scenarios`; the second divides the first. */
	readonly of: readonly [path: string, dividedBy?: string];
	readonly atLeast?: number;
	readonly atMost?: number;
	readonly unit?: string;
	/** Where the figures say what exactly was compared. */
	readonly detail?: string;
}

const WANTED: readonly Wanted[] = [
	{ name: 'throughput / ceiling', of: ['throughput.perSecond', 'ceiling.perSecond'], atLeast: 0.7 },
	{ name: 'throughput / BullMQ with axios', of: ['throughput.perSecond', 'peers.bullmqAxios.perSecond'], atLeast: 5 },
	{ name: 'throughput / BullMQ with undici', of: ['throughput.perSecond', 'peers.bullmqUndici.perSecond'], atLeast: 2.5 },
	{ name: 'p99 accept-to-delivered at 500/s', of: ['latency.at500.p99Ms'], atMost: 15, unit: 'ms' },
	{ name: 'healthy p99 while 10 % hang / without', of: ['isolation.healthyP99Ms', 'isolation.baselineP99Ms'], atMost: 1.3 },
	{ name: 'first delivery after the return', of: ['recovery.firstMs'], atMost: 1_000, unit: 'ms' },
	{ name: 'deliveries out of order after the return', of: ['recovery.outOfOrder'], atMost: 0 },
	{ name: 'drain after the return / throughput', of: ['recovery.perSecond', 'throughput.perSecond'], atLeast: 0.7 },
	{ name: 'memory with a million waiting', of: ['backlog.residentMiB'], atMost: 300, unit: 'MiB' },
	{ name: 'ready with a million waiting', of: ['backlog.readyMs'], atMost: 3_000, unit: 'ms' },
	{ name: 'throughput with ten consoles / without', of: ['consoles.ratio'], atLeast: 0.95 },
	{ name: 'one process on PostgreSQL / embedded', of: ['postgres.processes1.perSecond', 'postgres.embedded.perSecond'], atLeast: 0.5 },
	{ name: 'claim time with a million sleeping / none, on PostgreSQL', of: ['postgresClaims.ratio'], atMost: 2 },
	{ name: 'slowest page of a list among a million', of: ['lists.slowestMs'], atMost: 50, unit: 'ms', detail: 'lists.slowest' },
	{ name: 'slowest of growth', of: ['growth.ratioMax'], atMost: 2, detail: 'growth.compared' },
];

export function targetsOf(scenarios: Figures): readonly Target[] {
	return WANTED.map((wanted) => {
		const wish = wanted.atLeast === undefined ? `at most ${wanted.atMost}` : `at least ${wanted.atLeast}`;
		const detail = wanted.detail === undefined ? undefined : figureAt(scenarios, wanted.detail);
		const name = typeof detail === 'string' ? `${wanted.name}, ${detail}` : wanted.name;
		const told = { name, wanted: wanted.unit === undefined ? wish : `${wish} ${wanted.unit}` };
		const [measured, divisor] = wanted.of.map((path) => (path === undefined ? undefined : numberAt(scenarios, path)));
		if (measured === undefined || (wanted.of[1] !== undefined && divisor === undefined))
			return { ...told, skipped: 'not measured in this run' };
		const value = Math.round((measured / (divisor ?? 1)) * 1_000) / 1_000;
		const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = wanted;
		return { ...told, value, met: value >= atLeast && value <= atMost };
	});
}

/** Throughput by what it is compared with. */
export function ratiosOf(scenarios: Figures): Readonly<Record<string, number>> {
	const throughput = numberAt(scenarios, 'throughput.perSecond');
	if (throughput === undefined) return {};
	const peers = scenarios['peers'];
	const names = isFigures(peers) ? Object.keys(peers).map((name) => [`throughput/${name}`, `peers.${name}.perSecond`] as const) : [];
	const ratios = [['throughput/ceiling', 'ceiling.perSecond'] as const, ...names].flatMap(([name, path]) => {
		const other = numberAt(scenarios, path);
		return other === undefined ? [] : [[name, Math.round((throughput / other) * 1_000) / 1_000] as const];
	});
	return Object.fromEntries(ratios);
}

function numberAt(figures: Figures, path: string): number | undefined {
	const figure = figureAt(figures, path);
	return typeof figure === 'number' ? figure : undefined;
}

function figureAt(figures: Figures, path: string): Figure {
	let at: Figure = figures;
	for (const name of path.split('.')) at = isFigures(at) ? at[name] : undefined;
	return at;
}

export function isFigures(figure: Figure): figure is Figures {
	return typeof figure === 'object' && figure !== null && !Array.isArray(figure);
}

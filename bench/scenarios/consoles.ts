/**
 * What ten open consoles cost: the work of `throughput` on one gateway, in spans without them and spans with them in turns. A console is a tab that listens to its
 * stream and asks again what its page asks: three overviews, four operators at the service desk, one phone, two tails of deliveries. What that is was taken from
 * `console/src`, page by page (see harness/console-tabs.ts): streams as `api/stream.ts` opens them, looks at the intervals of `pages/*`. All ten are one process,
 * which throws away what it is told; in life they would be on other machines, so it is said what it took of this one's processors.
 */

import { openTabs, type Tab } from '../harness/console-tabs.ts';
import { type Asked, Consoles } from '../harness/consoles.ts';
import { Engine, GATEWAY, Generator, measureRate, type Rate } from '../harness/engine.ts';
import { median, round } from '../harness/percentiles.ts';
import { processorMs } from '../harness/processor-time.ts';
import { type Receiver, startReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

const CHATS = 1_000;
const WARM_UP = 4_000;
/** Long enough that what is looked at every few seconds is looked at. */
const MEASURED_SECONDS = 8;
/** Of the golden ratio: spans in a row look at different moments of what is looked at more seldom than a span lasts. */
const GOLDEN_SHIFT = 0.618;

export interface ConsolesWish {
	readonly rounds: number;
	/** Overrides how many events are written. */
	readonly events?: number;
}

interface Run extends Rate {
	/** Microseconds of the gateway's processor time; undefined where the system does not tell. */
	readonly cpuPerEventUs: number | undefined;
	/** Of the consoles, where there were some. */
	readonly asked: Asked | undefined;
}

export async function consoles(
	{ workspace, say }: Bench,
	{ rounds, events = GATEWAY.expectedPerSecond * MEASURED_SECONDS }: ConsolesWish,
): Promise<Figures> {
	await using receiver = await startReceiver(workspace);
	await using engine = await Engine.start(workspace, GATEWAY, { urls: [receiver.url] });
	await using generator = new Generator();
	const parts = { receiver, engine, generator };
	await measureRate(parts, { chats: CHATS, warmUp: 0, events: WARM_UP });
	const tabs = await openTabs(engine.ready);
	const [without, withTen]: [Run[], Run[]] = [[], []];
	for (let n = 0; n < rounds; n += 1) {
		// Whatever grows or fades while all this runs favours neither.
		for (const hasConsoles of n % 2 === 0 ? [false, true] : [true, false]) {
			const run = await measure(parts, events, hasConsoles ? { tabs, shift: (n * GOLDEN_SHIFT) % 1 } : undefined);
			say(`${hasConsoles ? 'with' : 'without'} consoles, round ${n + 1}: ${run.perSecond} delivered/s`);
			(hasConsoles ? withTen : without).push(run);
		}
	}
	const ratios = ratiosOf(withTen, without, ({ perSecond }) => perSecond);
	const cpuRatios = ratiosOf(withTen, without, ({ cpuPerEventUs }) => cpuPerEventUs);
	return {
		receiver: receiver.kind,
		events,
		chats: CHATS,
		ratio: median(ratios),
		ratios,
		cpuRatio: cpuRatios.length === 0 ? undefined : median(cpuRatios),
		without: figuresOf(without),
		with: figuresOf(withTen),
	};
}

interface Parts {
	readonly receiver: Receiver;
	readonly engine: Engine;
	readonly generator: Generator;
}

/** One span, from the first request to the last outcome. */
async function measure(
	parts: Parts,
	events: number,
	open: { readonly tabs: readonly Tab[]; readonly shift: number } | undefined,
): Promise<Run> {
	const { engine } = parts;
	await using opened = open && (await Consoles.open({ ...open, origin: engine.ready.origin }));
	await opened?.countFromNow();
	const before = await processorMs(engine.pid);
	const rate = await measureRate(parts, { chats: CHATS, warmUp: 0, events });
	const after = await processorMs(engine.pid);
	const cpuPerEventUs = before === undefined || after === undefined ? undefined : round(((after - before) * 1_000) / events);
	return { ...rate, cpuPerEventUs, asked: await opened?.asked() };
}

/** Round by round; those of which something is not known are left out. */
function ratiosOf(some: readonly Run[], others: readonly Run[], of: (run: Run) => number | undefined): readonly number[] {
	return some.flatMap((run, n) => {
		const other = others[n];
		const [above, below] = [of(run), other && of(other)];
		return above === undefined || below === undefined ? [] : [round(above / below)];
	});
}

/** Medians, each by itself. */
function figuresOf(runs: readonly Run[]): Figures {
	const middle = (of: (run: Run) => number | undefined): number | undefined => {
		const values = runs.flatMap((run) => of(run) ?? []);
		return values.length === 0 ? undefined : median(values);
	};
	return {
		perSecond: middle(({ perSecond }) => perSecond),
		cpuPerEventUs: middle(({ cpuPerEventUs }) => cpuPerEventUs),
		requestsPerSecond: middle(({ asked }) => asked?.requestsPerSecond),
		bytesPerSecond: middle(({ asked }) => asked?.bytesPerSecond),
		streamEventsPerSecond: middle(({ asked }) => asked?.streamEventsPerSecond),
		consoleCpuShare: middle(({ asked }) => asked?.consoleCpuShare),
		rounds: runs.map(({ perSecond }) => perSecond),
		roundsCpuPerEventUs: runs.map(({ cpuPerEventUs }) => cpuPerEventUs),
	};
}

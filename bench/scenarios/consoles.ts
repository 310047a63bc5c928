/**
 * What ten open consoles cost: the work of `throughput`, without them and with them in turns, each on a new gateway. A console is a tab that listens to its
 * stream and asks again what its page asks: three overviews, four operators at the service desk, one phone, two tails of deliveries. What that is was taken from
 * `console/src`, page by page (see harness/console-tabs.ts): streams as `api/stream.ts` opens them, looks at the intervals of `pages/*`. All ten are one process,
 * which throws away what it is told; in life they would be on other machines, so it is said what it took of this one's processors.
 */
import { type Asked, Consoles } from '../harness/consoles.ts';
import { Engine, GATEWAY, Generator, measureRate, type Rate } from '../harness/engine.ts';
import { median, round } from '../harness/percentiles.ts';
import { processorMs } from '../harness/processor-time.ts';
import { startReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

const CHATS = 1_000;
const WARM_UP = 4_000;
/** Long enough that what is looked at every few seconds is looked at. */
const MEASURED_SECONDS = 8;

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
	bench: Bench,
	{ rounds, events = GATEWAY.expectedPerSecond * MEASURED_SECONDS }: ConsolesWish,
): Promise<Figures> {
	const [without, withTen]: [Run[], Run[]] = [[], []];
	for (let n = 0; n < rounds; n += 1) {
		// Whatever grows or fades while all this runs favours neither.
		for (const hasConsoles of n % 2 === 0 ? [false, true] : [true, false]) {
			const run = await measure(bench, events, hasConsoles);
			bench.say(`${hasConsoles ? 'with' : 'without'} consoles, round ${n + 1}: ${run.perSecond} delivered/s`);
			(hasConsoles ? withTen : without).push(run);
		}
	}
	const ratios = ratiosOf(withTen, without, ({ perSecond }) => perSecond);
	const cpuRatios = ratiosOf(withTen, without, ({ cpuPerEventUs }) => cpuPerEventUs);
	return {
		receiver: without[0]?.receiver,
		events,
		chats: CHATS,
		ratio: median(ratios),
		ratios,
		cpuRatio: cpuRatios.length === 0 ? undefined : median(cpuRatios),
		without: figuresOf(without),
		with: figuresOf(withTen),
	};
}

async function measure({ workspace }: Bench, events: number, hasConsoles: boolean): Promise<Run> {
	await using receiver = await startReceiver(workspace);
	await using engine = await Engine.start(workspace, GATEWAY, { urls: [receiver.url] });
	await using generator = new Generator();
	const parts = { receiver, engine, generator };
	await measureRate(parts, { chats: CHATS, warmUp: 0, events: WARM_UP });
	await using opened = hasConsoles ? await Consoles.open(engine.ready) : undefined;
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

/**
 * Throughput, ceiling and peers, measured in turns: round by round each of them once, so that what the machine does beside us falls on all alike
 * and the ratios hold. One webhook, a thousand chats. The figure of each is the median of its rounds.
 */
import { CEILING, type EngineSpec, GATEWAY, measureOnce, type Rate } from '../harness/engine.ts';
import type { Bench, Figures } from '../harness/scenario.ts';
import { runningPeers } from '../peers/running.ts';

const CHATS = 1_000;
/** A measurement and its warm-up last about this long. */
const MEASURED_SECONDS = 3;
const WARM_UP_SECONDS = 0.5;

export interface RatesWish {
	readonly throughput: boolean;
	readonly ceiling: boolean;
	readonly peers: boolean;
	readonly rounds: number;
	/** Overrides how many events the gateway and the ceiling are given. */
	readonly events?: number;
}

export async function rates(bench: Bench, wish: RatesWish): Promise<Readonly<Record<string, Figures>>> {
	await using peers = await runningPeers(bench, wish.peers);
	const specs = [...(wish.throughput ? [GATEWAY] : []), ...(wish.ceiling ? [CEILING] : []), ...peers.specs];
	const measured = new Map<EngineSpec, Rate[]>(specs.map((spec) => [spec, []]));
	for (let round = 0; round < wish.rounds; round += 1) {
		for (const [spec, rounds] of measured) {
			const rate = await measureOnce(bench.workspace, spec, workOf(spec, wish.events));
			bench.say(`${spec.name}, round ${round + 1}: ${rate.perSecond} delivered/s`);
			rounds.push(rate);
		}
	}
	const figures = new Map([...measured].map(([spec, rounds]) => [spec.name, figuresOf(rounds)]));
	const peerFigures = { ...peers.skipped, ...Object.fromEntries(peers.specs.map(({ name }) => [name, figures.get(name) ?? {}])) };
	return {
		...(wish.throughput ? { throughput: figures.get(GATEWAY.name) ?? {} } : {}),
		...(wish.ceiling ? { ceiling: figures.get(CEILING.name) ?? {} } : {}),
		...(wish.peers ? { peers: peerFigures } : {}),
	};
}

function workOf(spec: EngineSpec, eventsWished: number | undefined): { chats: number; warmUp: number; events: number } {
	const isPeer = spec !== GATEWAY && spec !== CEILING;
	const events = eventsWished !== undefined && !isPeer ? eventsWished : spec.expectedPerSecond * MEASURED_SECONDS;
	return { chats: CHATS, warmUp: Math.max(CHATS, spec.expectedPerSecond * WARM_UP_SECONDS), events };
}

function figuresOf(rounds: readonly Rate[]): Figures {
	const sorted = [...rounds].sort((one, other) => one.perSecond - other.perSecond);
	const middle = sorted[Math.floor(sorted.length / 2)];
	return { ...middle, webhooks: 1, chats: CHATS, rounds: rounds.map(({ perSecond }) => perSecond) };
}

/**
 * Accept and query times with 10 thousand, a million and ten million settled deliveries on record, with their attempts, events, messages and
 * journal entries. They are clones of one that the gateway wrote (see harness/seed-process.ts), spread over 1,000 chats, twenty webhooks and
 * four weeks; but for each hundredth without the long texts that no list shows. Ten million take minutes to write: only with `--full`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { CONCURRENCY, Engine, GATEWAY, Generator, untilArrived, untilIdle } from '../harness/engine.ts';
import { median, round } from '../harness/percentiles.ts';
import { type Receiver, startReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';
import type { Samples } from '../harness/seed-process.ts';
import { seed } from '../harness/seeding.ts';

const RECORDED_MAX = 10_000_000;
const STAGES = [
	{ name: 'at10k', recorded: 10_000 },
	{ name: 'at1M', recorded: 1_000_000 },
	{ name: 'at10M', recorded: RECORDED_MAX },
] as const;
const WEBHOOKS = 20;
const CHATS = 1_000;
/** So many a chat are there at every stage: each answer is as long as the others. */
const LIMIT = 10;
/** Less than finished deliveries are kept for: none of them is deleted meanwhile. */
const SPAN_MS = 28 * 86_400_000;
const THIN = ['deliveries.body', 'attempts.record', 'journal.observation'];
const WARM_UP = 2_000;
const EVENTS = 6_000;
const ASKED = 25;
/** Times below this are no slower or quicker than each other. */
const NOISE_MS = 0.5;

export async function growth({ workspace, say, isFull }: Bench): Promise<Figures> {
	const directory = await workspace.room('growth');
	await using receiver = await startReceiver(workspace);
	await using generator = new Generator();
	const end = Date.now() - 3_600_000;
	const site = { directory, receiver, generator };
	await makeChats(workspace, site);
	const measured: Record<string, Readonly<Record<string, number>>> = {};
	const told: Record<string, Figures> = {};
	let before = 0;
	for (const { name, recorded } of STAGES) {
		if (recorded > 1_000_000 && !isFull) {
			told[name] = { skipped: 'takes minutes to write: run with --full' };
			continue;
		}
		const at = (rows: number): number => Math.floor(end - SPAN_MS + (SPAN_MS * rows) / RECORDED_MAX);
		const order = { count: recorded - before, firstAt: at(before), lastAt: at(recorded), keepRows: before, thin: THIN };
		const { samples, seconds, bytes } = await seed(directory, order);
		before = recorded;
		const times = await measure(workspace, site, samples);
		measured[name] = times;
		told[name] = { ...times, databaseMiB: Math.round(bytes / 1_048_576), seedSeconds: round(seconds) };
		say(`${recorded} recorded (${seconds.toFixed(1)} s to write): ${times['acceptMs']} ms an event`);
	}
	return { ...told, ...compared(measured), webhooks: WEBHOOKS, chats: CHATS, receiver: receiver.kind };
}

interface Site {
	readonly directory: string;
	readonly receiver: Receiver;
	readonly generator: Generator;
}

/** One event of each chat, through the API. */
async function makeChats(workspace: Bench['workspace'], { directory, receiver, generator }: Site): Promise<void> {
	const urls = Array.from({ length: WEBHOOKS }, (_, n) => `${receiver.url}${n}`);
	await using engine = await Engine.start(workspace, GATEWAY, { urls, directory });
	await generator.run({ ...engine.ready, kind: 'closed', chats: CHATS, events: CHATS, concurrency: CONCURRENCY, text: 'plain' });
	await untilArrived(receiver, CHATS);
	await untilIdle(engine);
}

async function measure(workspace: Bench['workspace'], site: Site, samples: Samples): Promise<Record<string, number>> {
	const { directory, receiver, generator } = site;
	await using engine = await Engine.start(workspace, GATEWAY, { urls: [], directory });
	const order = { ...engine.ready, kind: 'closed', chats: CHATS, concurrency: CONCURRENCY, text: 'plain' } as const;
	const before = await receiver.count();
	await generator.run({ ...order, events: WARM_UP });
	await untilArrived(receiver, before + WARM_UP);
	await untilIdle(engine);
	const report = await generator.run({ ...order, events: EVENTS, offset: WARM_UP });
	await untilArrived(receiver, before + WARM_UP + EVENTS);
	await untilIdle(engine);
	const times: Record<string, number> = { acceptMs: round((report.seconds * 1000) / EVENTS) };
	const api = new Pool(engine.ready.origin, { connections: 1, pipelining: 1 });
	for (const [name, pathOf] of Object.entries(queries(samples))) {
		times[name] = await timeOf(async (n) => {
			const { statusCode, body } = await api.request({ method: 'GET', path: pathOf(n), headers: engine.ready.headers });
			const said = await body.text();
			if (statusCode !== 200) throw new Error(`GET ${pathOf(n)} was answered ${statusCode}: ${said}`);
		});
	}
	await api.close();
	return times;
}

/** What people and the operating of the gateway ask, each time for somebody else. */
function queries(samples: Samples): Readonly<Record<string, (n: number) => string>> {
	const root = '/recado/v1';
	const pick = (ids: readonly string[], n: number): string => ids[n % ids.length] ?? '';
	return {
		readyMs: () => '/ready',
		metricsMs: () => '/metrics',
		deliveryMs: (n) => `${root}/deliveries/${pick(samples.deliveryIds, n)}`,
		deliveriesMs: () => `${root}/deliveries`,
		deliveriesDeadMs: () => `${root}/deliveries?state=dead`,
		deliveriesPendingMs: () => `${root}/deliveries?state=pending`,
		deliveriesOfWebhookMs: (n) => `${root}/deliveries?webhookId=${pick(samples.webhookIds, n)}`,
		deliveriesOfChatMs: (n) => `${root}/deliveries?chatId=${pick(samples.chatIds, n)}&limit=${LIMIT}`,
		deliveriesOfEventMs: (n) => `${root}/deliveries?eventId=${pick(samples.eventIds, n)}`,
		eventsMs: () => `${root}/events`,
		eventsOfChatMs: (n) => `${root}/events?chatId=${pick(samples.chatIds, n)}&limit=${LIMIT}`,
		chatsMs: (n) => `${root}/chats?instanceId=${pick(samples.instanceIds, n)}&limit=${LIMIT}`,
		messagesOfChatMs: (n) =>
			`${root}/messages?instanceId=${pick(samples.instanceIds, n)}&chatId=${pick(samples.chatIds, n)}&limit=${LIMIT}`,
		messagesOfInstanceMs: (n) => `${root}/messages?instanceId=${pick(samples.instanceIds, n)}&limit=${LIMIT}`,
	};
}

/** The median of some, after a few that only warm up. */
async function timeOf(ask: (n: number) => Promise<void>): Promise<number> {
	const times: number[] = [];
	for (let n = 0; n < ASKED; n += 1) {
		const startedAt = performance.now();
		await ask(n);
		times.push(performance.now() - startedAt);
		await pause(1);
	}
	return round(median(times.slice(5)));
}

/** How much slower each is with the most on record than with the fewest, and which is the slowest of them. */
function compared(measured: Readonly<Record<string, Readonly<Record<string, number>>>>): Figures {
	const stages = Object.keys(measured);
	const [fewest, most] = [measured[stages[0] ?? ''] ?? {}, measured[stages.at(-1) ?? ''] ?? {}];
	const ratios = Object.keys(fewest).map((name) => {
		// An event is accepted in less: its time is that of thousands together.
		const atLeast = name === 'acceptMs' ? 0 : NOISE_MS;
		return [name, round(Math.max(atLeast, most[name] ?? 0) / Math.max(atLeast, fewest[name] ?? 1))] as const;
	});
	const [slowest = 'none', ratioMax = 0] = [...ratios].sort(([, one], [, other]) => other - one)[0] ?? [];
	return { ratioMax, slowest, compared: `${stages.at(-1)} / ${stages[0]}`, ratios: Object.fromEntries(ratios) };
}

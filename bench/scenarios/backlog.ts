/**
 * A million deliveries wait for receivers that are down, in 10,000 chats of ten webhooks. The first twenty thousand come through the API, while
 * connections are refused; the others are clones of the last of them (see harness/seed-process.ts), each waiting in its chat behind them.
 * Then the gateway is started on that: how soon it is there, how much memory it takes, and whether it accepts as quickly as with nearly none waiting.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { Child } from '../harness/child.ts';
import type { ClaimOrder, ClaimTimes } from '../harness/claim-process.ts';
import { CONCURRENCY, Engine, GATEWAY, Generator } from '../harness/engine.ts';
import { RecordingReceiver } from '../harness/receivers.ts';
import { residentMiB } from '../harness/resident.ts';
import type { Bench, Figures } from '../harness/scenario.ts';
import { databaseIn, seed } from '../harness/seeding.ts';

const WAITING = 1_000_000;
const WEBHOOKS = 10;
const CHATS = 10_000;
const EVENTS = 10_000;
/** Read once, by nobody in this scenario. */
const THIN = ['journal.observation'];
const READY_WITHIN_MS = 20_000;
const IDLE_MS = 3_000;
/** Beyond the longest pause between attempts that a delivery of this scenario can be in. */
const LATER_MS = 3_600_000;

export async function backlog({ workspace, say }: Bench): Promise<Figures> {
	const directory = await workspace.room('backlog');
	await using receiver = await RecordingReceiver.start(workspace);
	const urls = Array.from({ length: WEBHOOKS }, (_, n) => `${receiver.url}${n}`);
	await receiver.down();
	await using generator = new Generator();
	const order = { kind: 'closed', chats: CHATS, events: EVENTS, concurrency: CONCURRENCY, text: 'plain' } as const;

	const empty = await Engine.start(workspace, GATEWAY, { urls, directory });
	await generator.run({ ...order, ...empty.ready });
	const fewWaiting = await generator.run({ ...order, ...empty.ready });
	await empty[Symbol.asyncDispose]();
	const claimOfFew = await claim(directory);
	const now = Date.now();
	const seeded = await seed(directory, { count: WAITING - 2 * EVENTS, firstAt: now, lastAt: now + 1_000, thin: THIN });
	say(`${WAITING} waiting; ${seeded.seconds.toFixed(1)} s to seed`);
	const claimOfMany = await claim(directory);

	const startedAt = performance.now();
	await using engine = await Engine.start(workspace, GATEWAY, { urls: [], directory });
	const listeningMs = Math.round(performance.now() - startedAt);
	const ready = await untilReady(engine, startedAt);
	const atStart = await residentMiB(engine.pid);
	const manyWaiting = await generator.run({ ...order, ...engine.ready });
	const afterLoad = await residentMiB(engine.pid);
	await pause(IDLE_MS);
	const atRest = await residentMiB(engine.pid);
	// Nothing has to be left in order.
	await engine.kill();
	return {
		waiting: WAITING,
		webhooks: WEBHOOKS,
		chats: CHATS,
		databaseMiB: Math.round((await stat(databaseIn(directory))).size / 1_048_576),
		listeningMs,
		...ready,
		residentMiB: afterLoad?.resident ?? { skipped: 'not on this system' },
		residentAtStartMiB: atStart?.resident,
		residentAtRestMiB: atRest?.resident,
		residentPeakMiB: atRest?.peak,
		claimMs: claimOfMany.claimMs,
		claimMsEmpty: claimOfFew.claimMs,
		claimTaken: claimOfMany.taken,
		dueWebhooksMs: claimOfMany.dueWebhooksMs,
		acceptPerSecond: Math.round(EVENTS / manyWaiting.seconds),
		acceptPerSecondEmpty: Math.round(EVENTS / fewWaiting.seconds),
		waitingWhenEmpty: EVENTS,
	};
}

/** From the start of the process to the first 200 of `/ready`; where it says that it does not keep up, what it said and when. */
async function untilReady(engine: Engine, startedAt: number): Promise<Figures> {
	for (;;) {
		const { statusCode, body } = await request(`${engine.ready.origin}/ready`);
		const said = await body.text();
		const ms = Math.round(performance.now() - startedAt);
		if (statusCode === 200) return { readyMs: ms };
		if (ms > READY_WITHIN_MS) return { readyMs: { skipped: `not ready within ${ms} ms: ${said}` } };
		await pause(10);
	}
}

async function claim(directory: string): Promise<ClaimTimes> {
	await using child = new Child(join(import.meta.dirname, '..', 'harness', 'claim-process.ts'));
	return await child.ask<ClaimTimes>({ file: databaseIn(directory), laterMs: LATER_MS } satisfies ClaimOrder);
}

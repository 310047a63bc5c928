/** The live tail under load: it samples, says so, and the page goes on moving. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Account, Gateway } from '../support/gateway.ts';
import { ConsoleRig } from './support/console-rig.ts';
import { SteadyLoad } from './support/steady-load.ts';

/** Each message is told to all webhooks: a thousand deliveries a second, where the machine makes them. */
const MESSAGES_PER_SECOND = 100;
const WEBHOOKS = 10;
/** The others are paused: their deliveries are told of and wait, so that what is measured is the page, and not how fast a shared machine sends. */
const ANSWERED = 2;
/** One message to so many is more than the gateway tells of at a look: something is left out however few messages this machine takes a second. */
const CROWD = 300;
const MEASURED_MS = 10_000;
/** Whoever else works on this machine only ever takes frames away: one span that has enough of them shows what the page can do. */
const SPANS_MAX = 3;
/** Gateway, receiver, customers and browser share the machine with whatever else a test runs beside. */
const FPS_MIN = 20;

/** Runs in the page; resolves to the times of its frames. */
const FRAMES = `new Promise((done) => {
	const frames = [];
	const step = (now) => {
		frames.push(now);
		if (now - frames[0] < ${MEASURED_MS}) requestAnimationFrame(step);
		else done(frames);
	};
	requestAnimationFrame(step);
})`;

test('a thousand deliveries a second are sampled, and the page moves on', async (context) => {
	await using rig = await ConsoleRig.open();
	const { gateway } = rig;
	const account = await rig.account();
	await registered(gateway, account, { count: WEBHOOKS, answered: ANSWERED });
	const page = await rig.look('/console/deliveries');
	await page.getByText('Live. Nothing is being delivered').waitFor();
	const spans = await measured(page, gateway, account);
	for (const { told } of spans) {
		context.diagnostic(told);
		console.log(told);
	}
	assert.ok(
		spans.some(({ fps }) => fps >= FPS_MIN),
		spans.map(({ told }) => told).join('\n'),
	);
	// Of what was left out nobody says how much of it would have been here.
	const crowd = await rig.account();
	await registered(gateway, crowd, { count: CROWD, answered: 0 });
	await using _few = SteadyLoad.start(gateway, { account: crowd, perSecond: 1 });
	const narrowed = await rig.look(`/console/deliveries?instanceId=${crowd.instance.id}`);
	await narrowed.getByText(/Live: showing [\d,]+\/s, and more may be coming/).waitFor();
	const phone = await rig.look(`/console/phone?instance=${crowd.instance.id}`);
	await phone.getByText('More may have come than is shown: there were too many at once.').waitFor();
	assert.deepEqual(rig.complaints, []);
});

async function registered(gateway: Gateway, account: Account, wish: { readonly count: number; readonly answered: number }): Promise<void> {
	for (let number = 0; number < wish.count; number += 1) {
		const url = gateway.receiver.url(`/pedidos/${number}`);
		const asked = { accountId: account.id, url, events: ['message.received'], enabled: number < wish.answered };
		assert.equal((await gateway.admin('POST', '/webhooks', asked)).status, 201);
	}
}

interface Span {
	readonly fps: number;
	readonly told: string;
}

/** Under load, until one span has frames enough. */
async function measured(page: Page, gateway: Gateway, account: Account): Promise<readonly Span[]> {
	await using load = SteadyLoad.start(gateway, { account, perSecond: MESSAGES_PER_SECOND });
	const sampled = page.getByText(/Live: showing [\d,]+ of [\d,]+\/s/);
	await sampled.waitFor();
	const spans: Span[] = [];
	while (spans.length < SPANS_MAX && !spans.some(({ fps }) => fps >= FPS_MIN)) {
		const [before, begunAt] = [load.accepted, performance.now()];
		const frames = await page.evaluate<number[]>(FRAMES);
		const seconds = (performance.now() - begunAt) / 1_000;
		const fps = (frames.length - 1) / (((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1_000);
		const longest = Math.max(...frames.slice(1).map((at, index) => at - (frames[index] ?? at)));
		const perSecond = ((load.accepted - before) * WEBHOOKS) / seconds;
		const told = `${fps.toFixed(1)} frames/s at ${perSecond.toFixed(0)} deliveries/s, the longest ${longest.toFixed(0)} ms; at last: ${await sampled.textContent()}`;
		spans.push({ fps, told });
	}
	return spans;
}

/** The live tail under load: it samples, says so, and the page goes on moving. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConsoleRig } from './support/console-rig.ts';
import { SteadyLoad } from './support/steady-load.ts';

/** Each message is told to all webhooks: a thousand deliveries a second, where the machine makes them. */
const MESSAGES_PER_SECOND = 100;
const WEBHOOKS = 10;
/** The others are paused: their deliveries are told of and wait, so that what is measured is the page, and not how fast a shared machine sends. */
const ANSWERED = 2;
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
	for (let number = 0; number < WEBHOOKS; number += 1) {
		const url = gateway.receiver.url(`/pedidos/${number}`);
		const wish = { accountId: account.id, url, events: ['message.received'], enabled: number < ANSWERED };
		assert.equal((await gateway.admin('POST', '/webhooks', wish)).status, 201);
	}
	const page = await rig.look('/console/deliveries');
	await page.getByText('Live. Nothing is being delivered').waitFor();
	await using load = SteadyLoad.start(gateway, { account, perSecond: MESSAGES_PER_SECOND });
	const told = page.getByText(/Live: showing [\d,]+ of [\d,]+\/s/);
	await told.waitFor();
	const spans: { readonly fps: number; readonly measured: string }[] = [];
	while (spans.length < SPANS_MAX && !spans.some(({ fps }) => fps >= FPS_MIN)) {
		const [before, begunAt] = [load.accepted, performance.now()];
		const frames = await page.evaluate<number[]>(FRAMES);
		const seconds = (performance.now() - begunAt) / 1_000;
		const fps = (frames.length - 1) / (((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1_000);
		const longest = Math.max(...frames.slice(1).map((at, index) => at - (frames[index] ?? at)));
		const perSecond = ((load.accepted - before) * WEBHOOKS) / seconds;
		const measured = `${fps.toFixed(1)} frames/s at ${perSecond.toFixed(0)} deliveries/s, the longest ${longest.toFixed(0)} ms; at last: ${await told.textContent()}`;
		context.diagnostic(measured);
		console.log(measured);
		spans.push({ fps, measured });
	}
	assert.ok(
		spans.some(({ fps }) => fps >= FPS_MIN),
		spans.map(({ measured }) => measured).join('\n'),
	);
	// Of what was left out nobody says how much of it would have been here.
	const narrowed = await rig.look(`/console/deliveries?instanceId=${account.instance.id}`);
	await narrowed.getByText(/Live: showing [\d,]+\/s, and more may be coming/).waitFor();
	const phone = await rig.look(`/console/phone?instance=${account.instance.id}`);
	await phone.getByText('More may have come than is shown: there were too many at once.').waitFor();
	assert.deepEqual(rig.complaints, []);
});

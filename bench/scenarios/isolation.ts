/**
 * What a hanging receiver costs the others: a steady rate over twenty webhooks, first with all of them healthy, then with two that take
 * each request and never answer, until the gateway's deadline for an attempt (15 s as shipped) ends it. The latency is that of the healthy ones.
 */
import { Engine, GATEWAY, Generator, untilArrived } from '../harness/engine.ts';
import { round } from '../harness/percentiles.ts';
import { RecordingReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

const WEBHOOKS = 20;
const HANGING = 2;
const CHATS = 1_000;
const PER_SECOND = 400;
const BASELINE_SECONDS = 12;
/** Longer than an attempt may take, so that time-outs, and what the gateway does about them, are within. */
const HANGING_SECONDS = 24;
const WARM_UP_EVENTS = 4_000;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 64;

export async function isolation({ workspace, say }: Bench): Promise<Figures> {
	await using receiver = await RecordingReceiver.start(workspace);
	const urls = Array.from({ length: WEBHOOKS }, (_, n) => `${receiver.url}${n < HANGING ? 'hang/' : ''}${n}`);
	await using engine = await Engine.start(workspace, GATEWAY, { urls });
	await using generator = new Generator();
	const target = { ...engine.ready, chats: CHATS };
	await generator.run({ ...target, kind: 'closed', events: WARM_UP_EVENTS, concurrency: CONNECTIONS, text: 'plain' });
	await untilArrived(receiver, WARM_UP_EVENTS);
	const order = { ...target, kind: 'open', perSecond: PER_SECOND, connections: CONNECTIONS } as const;
	const warmedUp = await generator.run({ ...order, seconds: WARM_UP_SECONDS });
	await untilArrived(receiver, WARM_UP_EVENTS + warmedUp.sent);

	await receiver.forget();
	const baseline = await generator.run({ ...order, seconds: BASELINE_SECONDS });
	await untilArrived(receiver, baseline.sent);
	const { latency: without } = await receiver.report();
	say(`all healthy: p99 ${without.p99Ms} ms`);

	await receiver.forget();
	await receiver.hang();
	const hanging = await generator.run({ ...order, seconds: HANGING_SECONDS });
	await untilArrived(receiver, hanging.sent * (1 - HANGING / WEBHOOKS));
	const { latency: healthy, hanging: heldRequests } = await receiver.report();
	say(`${HANGING} of ${WEBHOOKS} hanging: p99 of the others ${healthy.p99Ms} ms`);
	// It would wait for its hanging attempts.
	await engine.kill();
	return {
		receiver: receiver.kind,
		webhooks: WEBHOOKS,
		hanging: HANGING,
		perSecond: PER_SECOND,
		healthyP99Ms: healthy.p99Ms,
		baselineP99Ms: without.p99Ms,
		ratio: round(healthy.p99Ms / without.p99Ms),
		heldRequests,
		healthy: { ...healthy },
		baseline: { ...without },
	};
}

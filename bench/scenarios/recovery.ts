/**
 * A receiver that was down comes back. The gateway runs all the while: 100,000 events of 1,000 chats are accepted while connections are
 * refused, then the receiver listens again. Every text says its place in its chat, so that the receiver sees whether the order was kept.
 */
import { CONCURRENCY, Engine, GATEWAY, Generator, untilArrived } from '../harness/engine.ts';
import { round } from '../harness/percentiles.ts';
import { RecordingReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

const WAITING = 100_000;
const CHATS = 1_000;
const WARM_UP = 2_000;
/** Longer than a circuit may stay open between two probes. */
const STALLED_MS = 45_000;

export async function recovery({ workspace, say }: Bench): Promise<Figures> {
	await using receiver = await RecordingReceiver.start(workspace);
	await using engine = await Engine.start(workspace, GATEWAY, { urls: [receiver.url] });
	await using generator = new Generator();
	const order = { ...engine.ready, kind: 'closed', chats: CHATS, concurrency: CONCURRENCY } as const;
	await generator.run({ ...order, events: WARM_UP, text: 'plain' });
	await untilArrived(receiver, WARM_UP);

	await receiver.down();
	const filled = await generator.run({ ...order, events: WAITING, text: 'numbered' });
	say(`${WAITING} waiting after ${filled.seconds.toFixed(1)} s`);
	await receiver.forget();
	const upAt = performance.timeOrigin + performance.now();
	await receiver.up();
	await untilArrived({ count: () => receiver.distinct() }, WAITING, STALLED_MS);
	const { arrived, distinct, firstAt, lastAt, outOfOrder, chats, perSecond } = await receiver.report();
	const drainSeconds = (lastAt - firstAt) / 1000;
	say(`first after ${Math.round(firstAt - upAt)} ms, all within ${((lastAt - upAt) / 1000).toFixed(1)} s`);
	return {
		receiver: receiver.kind,
		waiting: WAITING,
		chats,
		firstMs: Math.round(firstAt - upAt),
		drainedSeconds: round((lastAt - upAt) / 1000),
		// From the first arrival to the last.
		perSecond: Math.round(WAITING / drainSeconds),
		outOfOrder,
		repeated: arrived - distinct,
		acceptedPerSecondWhileDown: Math.round(WAITING / filled.seconds),
		arrivedInEachSecond: perSecond,
	};
}

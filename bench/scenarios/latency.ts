/**
 * Accept-to-delivered at a steady rate: from the moment at which the generator meant to send an event to the moment at which its webhook
 * request has arrived whole. The rate does not slacken when something is slow, so a stall counts for each event that it held up.
 */
import { Engine, GATEWAY, Generator, untilArrived } from '../harness/engine.ts';
import { RecordingReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

const CHATS = 1_000;
const RATES = [500, 2_000] as const;
const SECONDS = 10;
const WARM_UP_EVENTS = 4_000;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 64;

export async function latency({ workspace, say }: Bench): Promise<Figures> {
	await using receiver = await RecordingReceiver.start(workspace);
	await using engine = await Engine.start(workspace, GATEWAY, { urls: [receiver.url] });
	await using generator = new Generator();
	const target = { ...engine.ready, chats: CHATS };
	await generator.run({ ...target, kind: 'closed', events: WARM_UP_EVENTS, concurrency: CONNECTIONS, text: 'plain' });
	await untilArrived(receiver, WARM_UP_EVENTS);

	const measured: Record<string, Figures> = {};
	for (const perSecond of RATES) {
		const order = { ...target, kind: 'open', perSecond, connections: CONNECTIONS } as const;
		await receiver.forget();
		await generator.run({ ...order, seconds: WARM_UP_SECONDS });
		await untilArrived(receiver, perSecond * WARM_UP_SECONDS);
		await receiver.forget();
		const report = await generator.run({ ...order, seconds: SECONDS });
		await untilArrived(receiver, report.sent);
		const { latency: delivered } = await receiver.report();
		say(`${perSecond}/s: p50 ${delivered.p50Ms} ms, p99 ${delivered.p99Ms} ms`);
		measured[`at${perSecond}`] = {
			...delivered,
			acceptP50Ms: report.answered.p50Ms,
			acceptP99Ms: report.answered.p99Ms,
			generatorLateP99Ms: report.lateness.p99Ms,
		};
	}
	const { at500 = {} } = measured;
	return { receiver: receiver.kind, p50Ms: at500['p50Ms'], p99Ms: at500['p99Ms'], p999Ms: at500['p999Ms'], ...measured };
}

/** Connections that receivers close whenever they like: between two requests, during one, and after the answer. */

import { pause } from '../support/waiting.ts';
import { Rig, type Treated } from './rig.ts';
import { between, type Context, type Line, rounds, type Scenario } from './scenario.ts';

const CLOSED_SHARE = 0.2;
const RESET_SHARE = 0.1;
const ANSWER_MS_MAX = 10;

export const CONNECTIONS: Scenario = {
	name: 'connections',
	promise: 'A receiver that closes and resets kept connections at random gets everything, in order.',
	run: breakConnections,
};

async function breakConnections(context: Context): Promise<readonly Line[]> {
	const { random } = context;
	const treat = (): Treated => {
		const afterMs = between(random, 0, ANSWER_MS_MAX);
		const chance = random.next();
		if (chance < RESET_SHARE)
			return { as: { kind: 'reset', when: chance < RESET_SHARE / 2 ? 'before-headers' : 'after-headers' }, afterMs };
		return { as: { kind: 'answer', status: 200, close: chance < CLOSED_SHARE }, afterMs };
	};
	await using rig = await Rig.open({ treat });
	await rig.ownWebhook();
	const enough = new AbortController();
	const writing = rig.customers.write({ until: enough.signal });
	const drops = rounds(context, { quick: 30, whole: 400 });
	for (let drop = 0; drop < drops; drop += 1) {
		await pause(between(random, 5, 50));
		rig.receiver.dropConnections();
	}
	enough.abort();
	await writing;
	return [rig.line('connections closed at random', drops, await rig.close())];
}

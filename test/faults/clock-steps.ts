/** The time of day jumps by an hour, forth and back, while the gateway runs and between two of its lives. Nothing waits for an hour because of it. */

import { becomes } from '../support/waiting.ts';
import { Rig, type Treat } from './rig.ts';
import { type Context, type Line, rounds, type Scenario } from './scenario.ts';

const HOUR_MS = 3_600_000;
/** Where the time of day stands, one after the other. */
const STEPS_MS: readonly number[] = [HOUR_MS, 0, -HOUR_MS, 0];
/** Where other tests keep the machine busy seconds become more of them; what waits because of a step waits for most of an hour. */
const FLOWS_WITHIN_MS = 60_000;

export const CLOCK_STEPS: Scenario = {
	name: 'clock-steps',
	promise: 'Whatever the time of day does, deliveries and retries go on within seconds.',
	run: stepClock,
};

async function stepClock(context: Context): Promise<readonly Line[]> {
	return [
		await step(context, {
			fault: 'clock steps while it runs',
			set: async (rig, clockMs) => await rig.gateway.setClock(clockMs),
		}),
		await step(context, {
			fault: 'clock steps between two lives',
			// A new life cannot tell a step from an hour in which nobody was there: a lane is held for longer than that.
			environment: { RECADO_LANE_HOLD: '2h' },
			set: async (rig, clockMs) => {
				await rig.gateway.kill();
				await rig.gateway.setClock(clockMs);
				await rig.gateway.start();
			},
		}),
	];
}

interface Step {
	readonly fault: string;
	readonly environment?: Readonly<Record<string, string>>;
	set(rig: Rig, clockMs: number): Promise<void>;
}

async function step(context: Context, { fault, environment = {}, set }: Step): Promise<Line> {
	const times = rounds(context, { quick: 1, whole: 4 });
	const faults: string[] = [];
	let isFailing = false;
	const treat: Treat = () => ({ as: isFailing ? 500 : 200 });
	await using rig = await Rig.open({ treat, environment });
	await rig.ownWebhook();
	const arrives = (): Promise<boolean> => becomes(() => rig.ledger.missing().length === 0, FLOWS_WITHIN_MS);
	for (const clockMs of Array.from({ length: times }, () => STEPS_MS).flat()) {
		// Some have failed and wait for their next attempt when the clock steps.
		isFailing = true;
		await rig.customers.write({ each: 3 });
		await set(rig, clockMs);
		isFailing = false;
		await rig.customers.write({ each: 3 });
		if (!(await arrives())) faults.push(`with the clock at ${clockMs / HOUR_MS} h nothing flows for ${FLOWS_WITHIN_MS / 1000} s`);
		if (faults.length > 0) break;
	}
	return rig.line(fault, times * STEPS_MS.length, [...faults, ...(await rig.close())]);
}

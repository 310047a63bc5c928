/**
 * Histories of the queue: whatever a dispatcher does in whatever order, and however often its process dies, no delivery is lost, none is in
 * two states, one of a lane is under way at a time, and a lane settles in order.
 */
import { test } from 'node:test';
import fc from 'fast-check';
import type { OpenStore } from './store-fixtures.ts';
import { Historian } from './store-historian.ts';

type Step = (historian: Historian) => Promise<void>;

/** Which of those that are there; the historian takes it modulo how many there are. */
const which = fc.nat({ max: 20 });
const flag = fc.boolean();
const count = fc.nat({ max: 6 });
const limit = fc.integer({ min: 1, max: 6 });
const delay = fc.constantFrom(0, 10, 1_000, 50_000);
const start = fc.constantFrom('take' as const, 'ready' as const);
const wishes = fc.array(fc.record({ lane: fc.nat({ max: 4 }), start }), { minLength: 1, maxLength: 4 });

const step: fc.Arbitrary<Step> = fc.oneof(
	weighed(6, fc.tuple(wishes), (historian, wished) => historian.add(wished)),
	weighed(5, fc.tuple(count, fc.option(count)), (historian, ofA, ofB) => historian.claim(ofA, ofB)),
	weighed(2, fc.tuple(which), (historian, at) => historian.takeOldest(at)),
	weighed(5, fc.tuple(which, flag), (historian, at, next) => historian.deliver(at, next)),
	weighed(2, fc.tuple(which, flag), (historian, at, next) => historian.giveUp(at, next)),
	weighed(5, fc.tuple(which, delay, fc.option(delay)), (historian, at, due, free) => historian.retry(at, due, free)),
	weighed(2, fc.tuple(which, delay), (historian, at, due) => historian.probed(at, due)),
	weighed(2, fc.tuple(which, delay), (historian, at, due) => historian.release(at, due)),
	weighed(1, fc.tuple(which), (historian, at) => historian.overtake(at)),
	weighed(2, fc.tuple(which), (historian, at) => historian.replay(at)),
	weighed(1, fc.tuple(which), (historian, at) => historian.discard(at)),
	weighed(2, fc.tuple(which, limit), (historian, at, most) => historian.hasten(at, most)),
	weighed(1, fc.tuple(which, delay, limit), (historian, at, age, most) => historian.expire(at, age, most)),
	weighed(1, fc.tuple(which, limit), (historian, at, most) => historian.cancel(at, most)),
	weighed(4, fc.tuple(delay), (historian, ms) => historian.wait(ms)),
	weighed(1, fc.constant([]), (historian) => historian.crash()),
	weighed(2, fc.constant([]), (historian) => historian.everythingAtOnce()),
);

function weighed<Values extends unknown[]>(
	weight: number,
	values: fc.Arbitrary<Values>,
	act: (historian: Historian, ...values: Values) => Promise<void>,
): fc.WeightedArbitrary<Step> {
	return {
		weight,
		arbitrary: values.map(
			(some): Step =>
				(historian) =>
					act(historian, ...some),
		),
	};
}

/** Each history commits some thirty times, and every commit waits for the disk. */
const HISTORIES = 30;

export function historyCases(open: OpenStore): void {
	test('no history loses, doubles or reorders', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), async (steps) => {
				await using historian = await Historian.begin(open);
				for (const take of steps) {
					await take(historian);
					await historian.check();
				}
				await historian.drain();
			}),
			{ numRuns: HISTORIES, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
		);
	});
}

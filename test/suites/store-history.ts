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
const delay = fc.constantFrom(0, 10, 1_000, 50_000);
const start = fc.constantFrom('take' as const, 'ready' as const);

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: fc.array(fc.record({ lane: fc.nat({ max: 4 }), start }), { minLength: 1, maxLength: 4 }).map(add) },
	{
		weight: 5,
		arbitrary: fc.nat({ max: 6 }).map(
			(limit): Step =>
				(historian) =>
					historian.claim(limit),
		),
	},
	{
		weight: 5,
		arbitrary: fc.tuple(which, flag).map(
			([at, next]): Step =>
				(historian) =>
					historian.deliver(at, next),
		),
	},
	{
		weight: 2,
		arbitrary: fc.tuple(which, flag).map(
			([at, next]): Step =>
				(historian) =>
					historian.giveUp(at, next),
		),
	},
	{
		weight: 5,
		arbitrary: fc.tuple(which, delay, fc.option(delay)).map(
			([at, due, free]): Step =>
				(historian) =>
					historian.retry(at, due, free),
		),
	},
	{
		weight: 2,
		arbitrary: fc.tuple(which, delay).map(
			([at, due]): Step =>
				(historian) =>
					historian.release(at, due),
		),
	},
	{
		weight: 1,
		arbitrary: which.map(
			(at): Step =>
				(historian) =>
					historian.overtake(at),
		),
	},
	{
		weight: 2,
		arbitrary: which.map(
			(at): Step =>
				(historian) =>
					historian.replay(at),
		),
	},
	{ weight: 1, arbitrary: fc.constant<Step>((historian) => historian.park()) },
	{ weight: 1, arbitrary: fc.constant<Step>((historian) => historian.unpark()) },
	{
		weight: 4,
		arbitrary: delay.map(
			(ms): Step =>
				(historian) =>
					historian.wait(ms),
		),
	},
	{ weight: 1, arbitrary: fc.constant<Step>((historian) => historian.crash()) },
	{ weight: 2, arbitrary: fc.constant<Step>((historian) => historian.everythingAtOnce()) },
);

function add(wishes: readonly { readonly lane: number; readonly start: 'take' | 'ready' }[]): Step {
	return (historian) => historian.add(wishes);
}

/** Each history commits some thirty times, and every commit waits for the disk. */
const HISTORIES = 30;

export function historyCases(open: OpenStore): void {
	test('no history loses, doubles or reorders', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), async (steps) => {
				await using rig = await open();
				const historian = await Historian.begin(rig);
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

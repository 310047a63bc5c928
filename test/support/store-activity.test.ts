import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/ports/store.ts';
import { FakeClock } from './fake-clock.ts';
import { StoreActivity } from './store-activity.ts';

const SLOW_TURNS = 50;

/** Answers late, as a database does; its privacy is kept. */
class SlowReads {
	readonly #answer: number | undefined;

	constructor(answer: number | undefined) {
		this.#answer = answer;
	}

	async backlog(): Promise<number> {
		for (let turn = 0; turn < SLOW_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
		if (this.#answer === undefined) throw new Error('gone');
		return this.#answer;
	}
}

test('a clock stands still while an operation of the store is under way, whether that succeeds or fails', async () => {
	for (const [answer, heard] of [
		[7, '7@10'],
		[undefined, 'gone@10'],
	] as const) {
		const activity = new StoreActivity();
		const store = activity.around({ deliveries: new SlowReads(answer) } as unknown as Store);
		const clock = new FakeClock(0);
		clock.standStillWhile(() => activity.isBusy);
		const seen: string[] = [];
		const note = (what: unknown): void => void seen.push(`${what}@${clock.now()}`);
		clock.schedule(10, () => {
			store.deliveries.backlog().then(note, (error: Error) => note(error.message));
		});
		clock.schedule(20, () => note('next'));
		await clock.advance(20);
		assert.deepEqual(seen, [heard, 'next@20']);
		assert.equal(activity.isBusy, false);
	}
});

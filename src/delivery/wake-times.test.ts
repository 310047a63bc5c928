import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WakeTimes } from './wake-times.ts';

describe('wake times', () => {
	test('give each webhook once, at the earliest time that it asked for', () => {
		const times = new WakeTimes();
		times.add('a', 30);
		times.add('a', 10);
		times.add('a', 20);
		times.add('b', 15);
		assert.equal(times.nextAt(), 10);
		assert.deepEqual(times.take(12), ['a']);
		assert.deepEqual(times.take(100), ['b']);
		assert.equal(times.nextAt(), undefined);
	});

	test('do not grow with each time that one is woken who sleeps for long at last', () => {
		const times = new WakeTimes();
		for (let now = 0; now < 10_000; now += 1) {
			times.add('a', 86_400_000);
			times.add('b', 86_400_000 - now);
			times.add('a', now);
			assert.deepEqual(times.take(now), ['a']);
		}
		assert.ok(times.size <= 100, `${times.size} entries`);
		times.add('a', 86_400_000);
		assert.deepEqual(times.take(86_399_999), ['b']);
		assert.deepEqual(times.take(86_400_000), ['a']);
	});

	test('are a queue by time, whatever is added in whatever order', () => {
		const added = fc.array(fc.record({ webhookId: fc.integer({ min: 0, max: 20 }).map(String), at: fc.integer({ min: 0, max: 1_000 }) }));
		fc.assert(
			fc.property(added, (all) => {
				const times = new WakeTimes();
				const earliest = new Map<string, number>();
				for (const { webhookId, at } of all) {
					times.add(webhookId, at);
					earliest.set(webhookId, Math.min(at, earliest.get(webhookId) ?? at));
				}
				for (let now = 0; now <= 1_000; now += 50) {
					const due = times.take(now);
					const expected = [...earliest].filter(([, at]) => at <= now).map(([webhookId]) => webhookId);
					assert.deepEqual(due.toSorted(), expected.toSorted());
					for (const webhookId of due) earliest.delete(webhookId);
				}
			}),
		);
	});
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../ports/clock.ts';
import { RandomIds } from './random-ids.ts';

/** More than the counter of a millisecond has room for. */
const MANY = 10_000;

function clockAt(now: () => number): Clock {
	return { now, wall: now, schedule: () => assert.fail('nothing is scheduled') };
}

test('ids are UUIDs of version 7 that sort by their making, whatever the clock does', () => {
	let now = Date.UTC(2026, 0, 1);
	const ids = new RandomIds(clockAt(() => now));
	const made = Array.from({ length: MANY }, (_, n) => {
		if (n % 1_000 === 0) now += n % 3_000 === 0 ? -5 : 7;
		return ids.next('msg');
	});
	for (const id of made) assert.match(id, /^msg_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
	assert.deepEqual(made.toSorted(), made);
	assert.equal(new Set(made).size, MANY);
	assert.equal(made[0]?.slice(4, 16), (Date.UTC(2026, 0, 1) - 5).toString(16).padStart(12, '0'), 'begins with the time');
});

test('what is random in an id is: each digit is met at each place', () => {
	const ids = new RandomIds(clockAt(() => 1));
	const made = Array.from({ length: MANY }, () => ids.next('msg'));
	assert.deepEqual([...new Set(made.map((id) => id[20]))].toSorted().join(''), '89ab');
	for (let place = 21; place < 36; place += 1) assert.equal(new Set(made.map((id) => id[place])).size, 16, `place ${place}`);
});

test("a message id is in the manner of WhatsApp's, and begins with the time", () => {
	const ids = new RandomIds(clockAt(() => Date.UTC(2026, 0, 1)));
	const made = Array.from({ length: 1_000 }, () => ids.nextWhatsappId());
	const time = Date.UTC(2026, 0, 1).toString(16).toUpperCase();
	for (const id of made) assert.match(id, new RegExp(`^3EB0${time}[0-9A-F]{7}$`));
	assert.ok(new Set(made).size > 990);
});

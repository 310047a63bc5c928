/** The times that the page of business hours offers next are free, and as the gateway takes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freeSpan, type Span } from '../../console/src/pages/desk-settings/hours/free-span.ts';
import { faultsOfHours } from '../../src/domain/opening-hours.ts';

/** `19-24` */
function spans(...told: readonly string[]): readonly Span[] {
	return told.map((one) => {
		const [from = '', to = ''] = one.split('-');
		return { from: `${from}:00`, to: `${to}:00` };
	});
}

test('an hour after the last times, and else where most is free', () => {
	const cases: readonly (readonly [readonly Span[], Span | undefined])[] = [
		[[], { from: '08:00', to: '18:00' }],
		[spans('08-12'), { from: '13:00', to: '17:00' }],
		[spans('08-12', '13-18'), { from: '19:00', to: '23:00' }],
		[spans('08-12', '13-18', '19-23'), { from: '00:00', to: '08:00' }],
		[spans('19-24', '00-18'), { from: '18:00', to: '19:00' }],
		[spans('00-12', '12-24'), undefined],
		[[...spans('08-12'), { from: '', to: '' }], { from: '13:00', to: '17:00' }],
	];
	for (const [taken, next] of cases) assert.deepEqual(freeSpan(taken), next);
});

test('whatever a day has, as much as is offered to it is taken until it is full', () => {
	const minute = fc.integer({ min: 0, max: 24 * 60 });
	const timeOf = (at: number): string => `${`${Math.floor(at / 60)}`.padStart(2, '0')}:${`${at % 60}`.padStart(2, '0')}`;
	fc.assert(
		fc.property(fc.uniqueArray(minute, { minLength: 2, maxLength: 8 }), (minutes) => {
			const times = minutes.toSorted((one, other) => one - other).map(timeOf);
			const monday = times
				.flatMap((from, place) => (place % 2 === 0 ? [{ from, to: times[place + 1] ?? '' }] : []))
				.filter(({ to }) => to !== '');
			for (let next = freeSpan(monday); next; next = freeSpan(monday)) monday.push(next);
			const faults = faultsOfHours({ active: true, timeZone: 'UTC', week: { monday }, holidays: [], awayMessage: 'x' });
			assert.deepEqual(faults, []);
		}),
	);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type DaySpan, faultsOfHours, type OpeningHours, openingAt } from './opening-hours.ts';

/** A Saturday, half past ten in the morning in São Paulo. */
const SATURDAY: number = Date.parse('2026-01-31T13:30:00Z');
const DAY_MS = 86_400_000;

const HOURS: OpeningHours = {
	active: true,
	timeZone: 'America/Sao_Paulo',
	week: { friday: [{ from: '08:00', to: '18:00' }], saturday: [{ from: '09:00', to: '12:00' }] },
	holidays: [],
	awayMessage: 'Fechado',
};

/** How often the plan of the week is read to answer for one moment. */
function looksAt(hours: Omit<OpeningHours, 'week'>, week: OpeningHours['week'], at: number): { closedTime: string; looks: number } {
	let looks = 0;
	const counted: OpeningHours = {
		...hours,
		get week() {
			looks += 1;
			return week;
		},
	};
	const opening = openingAt(counted, at);
	assert.ok(!opening.isOpen);
	return { closedTime: opening.closedTime, looks };
}

describe('opening hours', () => {
	test('a closed time is called by the local end of the last open span, on whatever day that was', () => {
		assert.deepEqual(openingAt(HOURS, SATURDAY), { isOpen: true });
		assert.deepEqual(openingAt(HOURS, Date.parse('2026-01-31T11:59:00Z')), { isOpen: false, closedTime: '2026-01-30 18:00' });
		assert.deepEqual(openingAt(HOURS, Date.parse('2026-01-31T15:00:00Z')), { isOpen: false, closedTime: '2026-01-31 12:00' });
		assert.deepEqual(openingAt(HOURS, Date.parse('2026-02-06T10:59:00Z')), { isOpen: false, closedTime: '2026-01-31 12:00' });
	});

	test('a holiday has hours of its own, or none', () => {
		const closed: OpeningHours = { ...HOURS, holidays: [{ date: '2026-01-31', spans: [] }] };
		assert.deepEqual(openingAt(closed, SATURDAY), { isOpen: false, closedTime: '2026-01-30 18:00' });
		const later: OpeningHours = { ...HOURS, holidays: [{ date: '2026-01-31', spans: [{ from: '11:00', to: '12:00' }] }] };
		assert.equal(openingAt(later, SATURDAY).isOpen, false);
		assert.equal(openingAt(later, Date.parse('2026-01-31T14:00:00Z')).isOpen, true);
	});

	test('one that is closed for good is so by one name, which is found without looking through its past', () => {
		for (const week of [{}, { monday: [], saturday: [] }]) {
			const holidays = [{ date: '2026-01-31', spans: [] }];
			for (const at of [SATURDAY, SATURDAY + DAY_MS, SATURDAY + 500 * DAY_MS]) {
				const { closedTime, looks } = looksAt({ ...HOURS, holidays }, week, at);
				assert.equal(closedTime, 'always');
				assert.ok(looks <= 3, `the week was read ${looks} times`);
			}
		}
	});

	test('one that was open once, longer ago than is looked back, is closed by the same name', () => {
		const holidays = [{ date: '2026-01-31', spans: [{ from: '09:00', to: '12:00' }] }];
		const once: OpeningHours = { ...HOURS, week: {}, holidays };
		assert.deepEqual(openingAt(once, SATURDAY + 400 * DAY_MS), { isOpen: false, closedTime: '2026-01-31 12:00' });
		assert.deepEqual(openingAt(once, SATURDAY + 401 * DAY_MS), { isOpen: false, closedTime: 'always' });
	});

	test('a date is of one holiday: the later of two is refused, and what is no date is nothing but that', () => {
		const faults = faultsOfHours({
			...HOURS,
			holidays: ['2026-12-25', '2027-01-01', '2026-12-25', 'soon', 'soon'].map((date) => ({ date, spans: [] })),
		});
		assert.deepEqual(
			faults.map(({ path, en }) => [path, en]),
			[
				['holidays[2].date', 'is the date of another holiday'],
				['holidays[3].date', 'is no date'],
				['holidays[4].date', 'is no date'],
			],
		);
	});

	test('times of one day may touch, and are refused where they overlap, in whatever order they stand', () => {
		const pathsOf = (saturday: readonly DaySpan[], spans: readonly DaySpan[] = []): readonly string[] =>
			faultsOfHours({ ...HOURS, week: { saturday }, holidays: [{ date: '2026-01-31', spans }] }).map(({ path }) => path);
		const [morning, noon, night] = [
			{ from: '08:00', to: '12:00' },
			{ from: '11:59', to: '13:00' },
			{ from: '19:00', to: '24:00' },
		] as const;
		assert.deepEqual(pathsOf([night, morning, { from: '12:00', to: '19:00' }]), []);
		assert.deepEqual(pathsOf([noon, night, morning], [night, night]), ['week.saturday[2]', 'holidays[0].spans[1]']);
		assert.deepEqual(pathsOf([{ from: '23:00', to: '22:00' }, night]), ['week.saturday[0]'], 'what is no time overlaps with none');
	});
});

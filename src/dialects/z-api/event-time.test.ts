import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventTime } from './event-time.ts';

function iso(dateTime: string, timeZone?: string): string {
	return new Date(eventTime({ dateTime, ...(timeZone === undefined ? {} : { timeZone }) })).toISOString();
}

test('an offset in the time itself counts, whatever the zone', () => {
	assert.equal(iso('2024-04-29T09:30:53.309Z', 'UTC-3'), '2024-04-29T09:30:53.309Z');
	assert.equal(iso('2024-04-29T09:30:00-03:00', 'UTC+5'), '2024-04-29T12:30:00.000Z');
	assert.equal(iso('2024-04-29T09:30:00+0530'), '2024-04-29T04:00:00.000Z');
});

test('a time without an offset is the one of its zone, or UTC', () => {
	assert.equal(iso('2024-04-29T09:30'), '2024-04-29T09:30:00.000Z');
	assert.equal(iso('2024-04-29'), '2024-04-29T00:00:00.000Z');
	assert.equal(iso('2024-04-29 09:30:00', 'UTC-3'), '2024-04-29T12:30:00.000Z');
	assert.equal(iso('2024-04-29T09:30:00', 'utc+05:30'), '2024-04-29T04:00:00.000Z');
	assert.equal(iso('2024-04-29T09:30:00', 'GMT'), '2024-04-29T09:30:00.000Z');
	assert.equal(iso('2024-04-29T09:30:00', 'America/Sao_Paulo'), '2024-04-29T12:30:00.000Z');
	assert.equal(iso('2024-01-15T23:30:00', 'America/New_York'), '2024-01-16T04:30:00.000Z');
	assert.equal(iso('2024-07-15T23:30:00', 'America/New_York'), '2024-07-16T03:30:00.000Z');
	// Two hours after the clocks went forward at 2 o'clock.
	assert.equal(iso('2024-03-10T05:00:00', 'America/New_York'), '2024-03-10T09:00:00.000Z');
});

test('what is no time and what is no zone is named', () => {
	for (const dateTime of ['1', 'amanhã', '29/04/2024', '2024-13-01', '2024-04-29T25:00', '1714383053309']) {
		assert.throws(() => iso(dateTime), { code: 'invalid_request' }, dateTime);
	}
	for (const timeZone of ['Brasília', 'UTC-3h', 'UTC+99:99', '']) {
		assert.throws(() => iso('2024-04-29T09:30:00Z', timeZone), { code: 'invalid_request' }, timeZone);
	}
});

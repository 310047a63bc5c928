import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTraceparent, parseTraceparent } from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

test('a traceparent is read and written as it was', () => {
	for (const flags of ['00', '01']) {
		const header = `00-${TRACE}-${SPAN}-${flags}`;
		const context = parseTraceparent(header);
		assert.deepEqual(context, { traceId: TRACE, spanId: SPAN, isSampled: flags === '01' });
		assert.equal(context && formatTraceparent(context), header);
	}
});

test('flags that nobody knows and later versions are read for what we know of them', () => {
	assert.deepEqual(parseTraceparent(`00-${TRACE}-${SPAN}-ff`)?.isSampled, true);
	assert.deepEqual(parseTraceparent(`00-${TRACE}-${SPAN}-fe`)?.isSampled, false);
	assert.deepEqual(parseTraceparent(`cc-${TRACE}-${SPAN}-01-what-the-future-holds`)?.traceId, TRACE);
});

test('anything else is no trace', () => {
	const wrong = [
		undefined,
		'',
		'x',
		`00-${TRACE.toUpperCase()}-${SPAN}-01`,
		`00-${'0'.repeat(32)}-${SPAN}-01`,
		`00-${TRACE}-${'0'.repeat(16)}-01`,
		`ff-${TRACE}-${SPAN}-01`,
		`00-${TRACE}-${SPAN}-01-more`,
		`00-${TRACE}-${SPAN}-1`,
		`00-${TRACE}-${SPAN}`,
		`00-${TRACE}x-${SPAN}-01`,
		` 00-${TRACE}-${SPAN}-01`,
		`00-${TRACE}-${SPAN}-01\r\nx: y`,
		`00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
		`cc-${TRACE}-${SPAN}-01-${'x'.repeat(600)}`,
		`cc-${TRACE}-${SPAN}-01-\n`,
	];
	for (const header of wrong) assert.equal(parseTraceparent(header), undefined, header);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, failureToListen } from './port-taken.ts';

test('says what to do for each reason', () => {
	const told = (code: string): string =>
		failureToListen(Object.assign(new Error('x'), { code }), { host: '::1', port: 80, option: 'RECADO_PORT' });
	assert.match(told('EADDRINUSE'), /^::1 port 80 is taken .* RECADO_PORT/);
	assert.match(told('EACCES'), /above 1023 with RECADO_PORT/);
	assert.match(told('EADDRNOTAVAIL'), /no address ::1/);
	assert.match(told('EIO'), /cannot listen on ::1 port 80: x/);
});

test('finds the code of the system behind other errors', () => {
	const system = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
	assert.equal(
		codeOf(new Error('outer', { cause: Object.assign(new Error('y', { cause: system }), { code: 'UND_ERR' }) })),
		'ECONNREFUSED',
	);
	assert.equal(codeOf(new Error('x')), undefined);
	assert.equal(codeOf('x'), undefined);
});

/** The example plays its day, small, on a gateway of its own, and finds everything as promised. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';

const EXAMPLE = join(import.meta.dirname, '../../examples/a-day-at-work.ts');
const CUSTOMERS = 20;

test('a day at work', async () => {
	const child = spawn(process.execPath, [EXAMPLE, '--customers', String(CUSTOMERS), '--operators', '3'], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [printed, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	const told = `${printed}\n${complained}`;
	assert.equal(code, 0, told);
	const row = (name: string): number => Number(new RegExp(`^${name} +(\\d+)$`, 'm').exec(printed)?.[1]);
	assert.equal(row('customers'), CUSTOMERS, told);
	assert.equal(row('out of order'), 0, told);
	// What would make the day say nothing: nobody attended, nothing handed over, nothing rated, a receiver that was never in trouble.
	assert.ok(row('attendances') >= CUSTOMERS, told);
	for (const name of ['transfers', 'surveys', 'after hours', 'webhooks refused', 'duplicates'])
		assert.ok(row(name) > 0, `${name}: ${told}`);
});

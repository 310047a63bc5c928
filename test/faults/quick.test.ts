/** A little of each fault in every test run; `npm run test:faults` does the whole. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { mulberry } from '../../src/system/mulberry.ts';
import { tableHead, tableLine } from './report.ts';
import { SCENARIOS } from './scenarios.ts';

for (const { name, promise, run } of SCENARIOS) {
	test(`${name}: ${promise}`, async (t) => {
		const seed = randomInt(2 ** 31);
		const lines = await run({ random: mulberry(seed), size: 'quick' });
		const broken = lines.filter((line) => line.faults.length > 0);
		assert.equal(broken.length, 0, `seed ${seed}\n${tableHead()}\n${broken.map(tableLine).join('\n')}`);
		t.diagnostic(`seed ${seed}, ${lines.length} faults`);
	});
}

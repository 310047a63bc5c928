/** The documents that are made from the code are what the code makes today. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { DOCUMENTS } from '../../scripts/write-reference.ts';

const ROOT = join(import.meta.dirname, '../..');

for (const { file, render } of DOCUMENTS) {
	it(`${file} is up to date (npm run reference)`, async () => {
		assert.equal(await readFile(join(ROOT, file), 'utf8'), render());
	});
}

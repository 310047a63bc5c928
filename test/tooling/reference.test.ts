/** The documents that are made from the code are what the code makes today. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { CONSOLE_VIEWS_FILE, consoleViews } from '../../scripts/console-views.ts';
import { DOCUMENTS } from '../../scripts/write-reference.ts';

const ROOT = join(import.meta.dirname, '../..');

for (const { file, render } of DOCUMENTS) {
	it(`${file} is up to date (npm run reference)`, async () => {
		assert.equal(await readFile(join(ROOT, file), 'utf8'), render());
	});
}

it(`${CONSOLE_VIEWS_FILE} is up to date (npm run reference)`, async () => {
	assert.equal(await readFile(join(ROOT, CONSOLE_VIEWS_FILE), 'utf8'), await consoleViews(ROOT));
});

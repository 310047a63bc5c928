/** PostgreSQL knows a statement by its name, and cuts off what is longer than it takes: no two of ours may be the same. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/** `NAMEDATALEN` less one. */
const BYTES_MAX = 63;

/** Those of whole tables are named by their table, in changes/sheets.ts. */
const NAMED = /\bstatement\(\s*'([^']+)'/g;

test('statements have names of their own, and no longer than may be', () => {
	const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('.test.ts'));
	const texts = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
	const names = texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, name]) => name ?? ''));
	assert.ok(names.length > 50);
	assert.deepEqual(
		names.filter((name, index) => names.indexOf(name) !== index || Buffer.byteLength(name) > BYTES_MAX),
		[],
	);
});

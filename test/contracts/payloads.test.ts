/** Every file of `webhooks/` is a payload that the gateway produces; a new file is a new test, and fails until an act brings it about. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { payloadsSection } from './coverage.ts';
import { contractFiles } from './payloads/contract-file.ts';
import { ACTS, type ProducedPayload, producePayloads } from './payloads.ts';

describe('payloads of the contracts', () => {
	let produced: ReadonlyMap<string, ProducedPayload>;

	before(async () => {
		produced = new Map((await producePayloads()).map((payload) => [payload.file, payload]));
	});

	for (const file of contractFiles()) {
		test(file, () => {
			assert.equal(produced.get(file)?.miss, undefined);
			assert.equal(produced.get(file)?.produced, true);
		});
	}

	test('docs/contract-coverage.md tells of the payloads what was seen (npm run coverage:contracts -- --write)', async () => {
		const section = payloadsSection([...produced.values()]);
		assert.ok((await readFile(join(import.meta.dirname, '../../docs/contract-coverage.md'), 'utf8')).endsWith(`\n${section}`), section);
	});

	test('every act is of a file that is there', () => {
		const files = new Set(contractFiles());
		assert.deepEqual(
			Object.keys(ACTS).filter((file) => !files.has(file)),
			[],
		);
	});
});

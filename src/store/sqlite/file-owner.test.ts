import assert from 'node:assert/strict';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../system/system-clock.ts';
import { SqliteStore } from './sqlite-store.ts';

test('a second store on the same file is refused, and has it once the first is closed', async () => {
	using directory = mkdtempDisposableSync(join(tmpdir(), 'recado-owner-'));
	const options = { file: join(directory.path, 'recado.db'), clock: systemClock };
	const first = new SqliteStore(options);
	await first.open();
	await using second = new SqliteStore(options);
	await assert.rejects(second.open(), { code: 'store_in_use' });
	await first.probe();
	await first[Symbol.asyncDispose]();
	await second.open();
	await second.probe();
});

/** Bytes that an older version kept as rows are files afterwards, and nothing of them is lost on the way. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { Connection, connectWriter } from '../connection.ts';
import { initial } from '../migrations/0001-initial.ts';
import { seqOrder } from '../migrations/0002-seq-order.ts';
import { SqliteStore } from '../sqlite-store.ts';
import { blobFile, incomingDirectory, mediaDirectory } from './blob-file.ts';

test('media of a version that kept them as rows become files at the first start', async () => {
	const directory = mkdtempSync(join(tmpdir(), 'recado-move-'));
	const file = join(directory, 'recado.db');
	try {
		const bytes = Buffer.alloc(300_000, 'Ação ');
		using old = new Connection(() => connectWriter(file));
		old.open();
		old.exec('CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT');
		for (const { version, sql } of [initial, seqOrder]) {
			old.exec(sql);
			old.run('INSERT INTO schema_version (version) VALUES (?)', version);
		}
		for (const id of ['med_a', 'med_b'])
			old.run("INSERT INTO media VALUES (?, 'acc_a', 'image/png', 'a.png', 1000, ?)", id, id === 'med_a' ? bytes : Buffer.from([0, 1]));
		old[Symbol.dispose]();
		// What a process that ended had begun.
		mkdirSync(incomingDirectory(mediaDirectory(file)), { recursive: true });
		writeFileSync(join(incomingDirectory(mediaDirectory(file)), 'half'), 'x');

		await using store = new SqliteStore({ file, clock: new FakeClock() });
		await store.open();
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const medium = await store.media.medium('med_a');
		assert.deepEqual([medium?.fileName, medium?.blob], ['a.png', { sha256, size: bytes.length }]);
		assert.equal((await store.media.medium('med_b'))?.blob?.size, 2);
		assert.ok(Buffer.concat(await Array.fromAsync((await store.blobs.open(sha256)) ?? [])).equals(bytes));
		assert.equal(statSync(blobFile(mediaDirectory(file), sha256)).mode & 0o777, 0o600);
		assert.equal(existsSync(incomingDirectory(mediaDirectory(file))), false);
		assert.equal(await store.blobs.sweep(10), 2, 'they are looked at once');
		assert.equal(await store.blobs.hold(sha256), true);
	} finally {
		rmSync(directory, { recursive: true });
	}
});

/** How the file is opened: what durability rests on cannot be seen from outside, short of pulling the plug. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectWriter } from './connection.ts';

test('a commit is on the disk before it is answered', async (t) => {
	const directory = await mkdtemp(join(tmpdir(), 'recado-connection-'));
	t.after(() => rm(directory, { recursive: true, force: true }));
	const db = connectWriter(join(directory, 'recado.db'));
	t.after(() => db.close());
	assert.equal(db.prepare('PRAGMA synchronous').get()?.['synchronous'], 2, 'FULL');
	assert.equal(db.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
});

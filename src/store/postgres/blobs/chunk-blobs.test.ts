/** What several machines can do to a blob at the same moment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPostgres } from '../../../../test/suites/store-on-postgres.ts';
import { until } from '../../../../test/support/waiting.ts';
import { BLOB_GRACE_MS } from '../../../ports/blobs.ts';
import { Database } from '../database.ts';
import { statement } from '../statement.ts';

const SOMEBODY_WAITS = statement('test_waits', 'SELECT 1 FROM pg_locks WHERE NOT granted');

async function* bytes(): AsyncGenerator<Uint8Array> {
	yield Buffer.from('a picture');
}

test('a blob whose last link is deleted while it is swept is not taken for one that is linked', async () => {
	await using rig = await openPostgres();
	const { store, clock, database } = rig;
	await using db = new Database({
		url: database.url,
		readersMax: 1,
		connectTimeoutMs: 10_000,
		statementTimeoutMs: 30_000,
		isPreparing: false,
	});
	const blob = await store.blobs.put(bytes());
	const medium = { id: 'med_a', accountId: 'acc_a', mimeType: 'image/png', blob, createdAt: 1_000, expiresAt: 9e12, messageId: 'msg_a' };
	await store.commit({ changes: [{ kind: 'media.insert', medium }], events: [], deliveries: [] });
	clock.jumpTo(clock.now() + BLOB_GRACE_MS + 1);
	const another = await db.connect();
	try {
		await another.query('BEGIN');
		await another.query('DELETE FROM media');
		const sweeping = store.blobs.sweep(10);
		await until(async () => (await db.query(SOMEBODY_WAITS, [])).length > 0, {
			what: 'the sweep to wait for whoever deletes',
			withinMs: 10_000,
		});
		await another.query('COMMIT');
		await sweeping;
	} finally {
		await another.end();
	}
	assert.equal(await store.blobs.open(blob.sha256), undefined);
});

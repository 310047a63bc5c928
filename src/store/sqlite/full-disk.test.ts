/** A disk that is full says so to everybody, keeps nothing of what it refused, and is used again when there is room, without anybody's help. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { add, openWithWebhooks, standing } from '../../../test/suites/store-dispatch.ts';
import { account, attempt, looseDelivery, unit } from '../../../test/suites/store-fixtures.ts';
import type { FullDiskReport } from '../../../test/suites/store-full-disk.ts';
import { openSqlite } from '../../../test/suites/store-on-sqlite.ts';
import { RecadoError } from '../../errors.ts';
import { connectWriter } from './connection.ts';

const DRIVER = join(import.meta.dirname, '../../../test/suites/store-full-disk.ts');
const IN_SMALL_DISK = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" "$3" "$1"';

describe('a SQLite store on a full disk', () => {
	test('no page is left: nothing of the group is kept, and it heals', async () => {
		let writing: DatabaseSync | undefined;
		const connect = (file: string): DatabaseSync => (writing = connectWriter(file));
		await using rig = await openWithWebhooks(() => openSqlite({ connect }));
		const { store } = rig;
		await add(store, looseDelivery('held', { start: 'take' }));
		const { page_count: pages } = writing?.prepare('PRAGMA page_count').get() ?? {};
		writing?.exec(`PRAGMA max_page_count = ${pages}`);
		const delivery = { id: 'dlv_held', seq: 1 };
		const large = attempt('dlv_held', { responseBody: 'x'.repeat(100_000) });
		const write = (): Promise<unknown>[] => [
			store.commit(unit({ changes: [{ kind: 'account.insert', account: account('a') }] })),
			store.deliveries.settle({ outcome: 'delivered', delivery, at: 1, takeNext: false, attempt: large }),
			store.commit(unit({ deliveries: [looseDelivery('b')] })),
		];
		for (const result of await Promise.allSettled(write())) {
			assert.ok(result.status === 'rejected' && result.reason instanceof RecadoError);
			assert.deepEqual([result.reason.code, result.reason.status], ['store_unavailable', 503]);
			assert.ok(result.reason.retryAfterSeconds !== undefined);
		}
		assert.equal(await store.accounts.account('acc_a'), undefined);
		assert.equal(await standing(store, 'held'), 'sending');
		assert.equal(await store.deliveries.delivery('dlv_b'), undefined);
		writing?.exec('PRAGMA max_page_count = 1000000');
		await Promise.all(write());
		assert.deepEqual(await store.accounts.account('acc_a'), account('a'));
		assert.equal(await standing(store, 'held'), 'delivered');
	});

	test('no room for the log, at a commit and at checkpoints: the same', (context) => {
		const directory = mkdtempSync(join(tmpdir(), 'recado-full-'));
		try {
			const shell = ['-Urm', 'sh', '-c', IN_SMALL_DISK, 'sh', directory, process.execPath, DRIVER];
			if (spawnSync('unshare', ['-Urm', 'true']).status !== 0) {
				context.skip('needs a mount namespace of its own (Linux, unshare)');
				return;
			}
			const { stdout, stderr } = spawnSync('unshare', shell, { encoding: 'utf8' });
			assert.notEqual(stdout, '', stderr);
			const report = JSON.parse(stdout) as FullDiskReport;
			const refused = 'store_unavailable 5';
			assert.deepEqual(report.whileFull, [refused, refused, refused, refused]);
			assert.deepEqual(report.readWhileFull, [report.before, 'sending'], 'reads go on, and see what was committed');
			assert.deepEqual(report.healed, ['done', 'done', 'done', 'done']);
			assert.equal(report.after, report.before + 2);
			assert.equal(report.integrity, '{"integrity_check":"ok"}');
		} finally {
			rmSync(directory, { recursive: true });
		}
	});
});

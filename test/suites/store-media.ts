/** Links to media, and the blobs that they lead to: once by content, as long as something leads there. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import { BLOB_GRACE_MS, type Blob, type Blobs } from '../../src/ports/blobs.ts';
import type { StoredMedium } from '../../src/ports/media.ts';
import { chatWithContact, commit, instance, message, type OpenStore, refused } from './store-fixtures.ts';

/** More than two chunks of whatever size a store keeps them in, and no multiple of it. */
const LARGE = randomBytes(600_001);

async function* pieces(bytes: Uint8Array, size = 100_000): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(blobs: Blobs, { sha256 }: Pick<Blob, 'sha256'>, range?: { first: number; last: number }): Promise<Buffer | undefined> {
	const opened = await blobs.open(sha256, range);
	return opened && Buffer.concat(await Array.fromAsync(opened));
}

function link(
	name: string,
	blob: Blob,
	more: Partial<StoredMedium> = {},
): { readonly kind: 'media.insert'; readonly medium: StoredMedium } {
	const medium = { id: `med_${name}`, accountId: 'acc_a', mimeType: 'image/png', blob, createdAt: 1_000, expiresAt: 9e12, ...more };
	return { kind: 'media.insert', medium };
}

export function mediaCases(open: OpenStore): void {
	test('a blob is what was put, whole and in parts', async () => {
		await using rig = await open();
		const { blobs } = rig.store;
		const blob = await blobs.put(pieces(LARGE));
		assert.deepEqual(blob, { sha256: createHash('sha256').update(LARGE).digest('hex'), size: LARGE.length });
		assert.ok((await read(blobs, blob))?.equals(LARGE));
		for (const [first, last] of [
			[0, 0],
			[262_143, 262_144],
			[300_000, 600_000],
			[600_000, 600_000],
		] as const)
			assert.ok((await read(blobs, blob, { first, last }))?.equals(LARGE.subarray(first, last + 1)), `${first} to ${last}`);
		assert.equal(await blobs.open('00'.repeat(32)), undefined);
	});

	test('of what breaks off nothing is kept, and whoever puts is told why', async () => {
		await using rig = await open();
		const { blobs } = rig.store;
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield LARGE;
			throw new RangeError('enough');
		}
		await assert.rejects(blobs.put(broken()), RangeError);
		assert.equal(await blobs.hold(createHash('sha256').update(LARGE).digest('hex')), false);
		rig.clock.jumpTo(rig.clock.now() + BLOB_GRACE_MS + 1);
		assert.equal(await blobs.sweep(10), 0);
	});

	test('the same content is one blob, which goes with the last link to it', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const both = await Promise.all([store.blobs.put(pieces(LARGE)), store.blobs.put(pieces(LARGE, 7_000))]);
		assert.deepEqual(both[0], both[1]);
		const [blob] = both;
		await commit(store, link('a', blob, { messageId: 'msg_a' }), link('b', blob, { messageId: 'msg_b' }));
		clock.jumpTo(clock.now() + BLOB_GRACE_MS + 1);
		assert.equal(await store.blobs.sweep(10), 1);
		assert.equal(await store.blobs.sweep(10), 0, 'what is tied is not looked at again');
		await commit(store, { kind: 'media.release', messageId: 'msg_a' });
		assert.equal(await store.media.medium('med_a'), undefined);
		await store.blobs.sweep(10);
		assert.ok((await read(store.blobs, blob))?.equals(LARGE), 'another link leads to it');
		await commit(store, { kind: 'media.release', messageId: 'msg_b' });
		assert.equal(await store.blobs.sweep(10), 1);
		assert.equal(await read(store.blobs, blob), undefined);
		assert.equal(await store.blobs.hold(blob.sha256), false);
		assert.deepEqual(await store.blobs.put(pieces(LARGE)), blob);
		assert.ok((await read(store.blobs, blob))?.equals(LARGE), 'put again, it is there again');
	});

	test('what is deleted while it is read breaks off, or is read to its end: it never ends early', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const blob = await store.blobs.put(pieces(LARGE));
		const bytes = (await store.blobs.open(blob.sha256)) ?? assert.fail('it is there');
		const reading = bytes[Symbol.asyncIterator]();
		let length = (await reading.next()).value?.length ?? 0;
		clock.jumpTo(clock.now() + BLOB_GRACE_MS + 1);
		assert.equal(await store.blobs.sweep(10), 1);
		try {
			for (let next = await reading.next(); next.done !== true; next = await reading.next()) length += next.value.length;
		} catch (error) {
			assert.ok(error instanceof RecadoError && error.code === 'store_unavailable');
			return;
		}
		assert.equal(length, LARGE.length);
	});

	test('what comes in for longer than the grace is kept whole or not at all', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		async function* slow(): AsyncGenerator<Uint8Array> {
			yield LARGE.subarray(0, 400_000);
			clock.jumpTo(clock.now() + BLOB_GRACE_MS + 1);
			await store.blobs.sweep(10);
			yield LARGE.subarray(400_000);
		}
		const blob = await store.blobs.put(slow()).catch((error: unknown) => {
			assert.ok(error instanceof RecadoError && error.code === 'store_unavailable');
		});
		const kept = blob ?? (await store.blobs.put(pieces(LARGE)));
		assert.ok((await read(store.blobs, kept))?.equals(LARGE));
	});

	test('what was put or held just now is left alone', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const blob = await store.blobs.put(pieces(LARGE));
		assert.equal(await store.blobs.sweep(10), 0);
		clock.jumpTo(clock.now() + BLOB_GRACE_MS - 1);
		assert.equal(await store.blobs.hold(blob.sha256), true);
		clock.jumpTo(clock.now() + BLOB_GRACE_MS - 1);
		assert.equal(await store.blobs.sweep(10), 0);
		// A link to the same that goes meanwhile does not end what is held.
		await commit(store, link('a', blob, { messageId: 'msg_a' }));
		await commit(store, { kind: 'media.release', messageId: 'msg_a' });
		assert.equal(await store.blobs.sweep(10), 0);
		clock.jumpTo(clock.now() + 2);
		assert.equal(await store.blobs.sweep(10), 1);
		assert.equal(await read(store.blobs, blob), undefined);
	});

	test('putting, linking and sweeping at the same time loses nothing that is linked', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const bytes = randomBytes(1_000);
		for (let round = 0; round < 20; round += 1) {
			await store.blobs.put(pieces(bytes));
			clock.jumpTo(clock.now() + BLOB_GRACE_MS + 1);
			const [blob] = await Promise.all([store.blobs.put(pieces(bytes)), store.blobs.sweep(10), store.blobs.sweep(10)]);
			await commit(store, link(`r${round}`, blob, { messageId: 'msg_a' }));
			assert.ok((await read(store.blobs, blob))?.equals(bytes), `round ${round}`);
			await commit(store, { kind: 'media.release', messageId: 'msg_a' });
		}
	});

	test('links go with their message, however it goes', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'instance.insert', instance: instance('a') }, ...chatWithContact('a'));
		const blob = await store.blobs.put(pieces(LARGE));
		const queued = message('q', { status: 'queued' });
		await commit(store, { kind: 'message.insert', message: queued }, link('q', blob, { messageId: queued.id }), link('free', blob));
		await commit(store, { kind: 'message.delete', id: queued.id });
		assert.equal(await store.media.medium('med_q'), undefined);
		assert.equal((await store.media.medium('med_free'))?.id, 'med_free');
	});

	test('media.attach: free links of the account go with the message from then on', async () => {
		await using rig = await open();
		const { store } = rig;
		const blob = await store.blobs.put(pieces(LARGE));
		await commit(store, link('a', blob), link('b', blob, { messageId: 'msg_b' }), link('c', blob, { accountId: 'acc_c' }));
		await commit(store, { kind: 'media.attach', ids: ['med_a', 'med_b', 'med_c', 'med_d'], accountId: 'acc_a', messageId: 'msg_a' });
		const owners = await Promise.all(['a', 'b', 'c'].map(async (name) => (await store.media.medium(`med_${name}`))?.messageId));
		assert.deepEqual(owners, ['msg_a', 'msg_b', undefined]);
	});

	test('media.fill: a reserved link is filled once', async () => {
		await using rig = await open();
		const { store } = rig;
		const blob = await store.blobs.put(pieces(LARGE));
		const { blob: _, ...reserved } = link('a', blob, { mimeType: '' }).medium;
		await commit(store, { kind: 'media.insert', medium: reserved });
		const fill = { kind: 'media.fill', id: 'med_a', mimeType: 'image/jpeg', blob } as const;
		await commit(store, fill);
		assert.deepEqual(await store.media.medium('med_a'), { ...reserved, mimeType: 'image/jpeg', blob });
		await refused(store, 'missing', fill);
		await refused(store, 'missing', { ...fill, id: 'med_b' });
	});

	test('links that expired are deleted, the oldest first, and their blobs follow', async () => {
		await using rig = await open();
		const { store, clock } = rig;
		const blob = await store.blobs.put(pieces(LARGE));
		await commit(store, ...[5, 6, 7].map((expiresAt) => link(String(expiresAt), blob, { expiresAt })));
		clock.jumpTo(clock.now() + BLOB_GRACE_MS + 1);
		assert.equal(await store.media.expire(7, 1), 1);
		assert.equal(await store.media.medium('med_5'), undefined);
		assert.equal(await store.media.expire(7, 10), 1);
		assert.equal((await store.media.medium('med_7'))?.expiresAt, 7);
		assert.equal(await store.media.expire(8, 10), 1);
		await store.blobs.sweep(10);
		assert.equal(await read(store.blobs, blob), undefined);
	});
}

/** What is kept as it came: the journal, media, the state of channels, secrets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChannelState } from '../../src/ports/channel.ts';
import { commit, idempotency, journalEntry, type OpenStore, refused, unit, webhook } from './store-fixtures.ts';

export function recordCases(open: OpenStore): void {
	test('journal.insert: an observation is of an instance once', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'journal.insert', entry: journalEntry('a') });
		await refused(store, 'journal', { kind: 'journal.insert', entry: journalEntry('b', { observationId: 'obs-a' }) });
		await commit(store, { kind: 'journal.insert', entry: journalEntry('b', { observationId: 'obs-a', instanceId: 'ins_b' }) });
		assert.equal(await store.journal.has('ins_a', 'obs-a'), true);
		assert.equal(await store.journal.has('ins_a', 'obs-b'), false);
	});

	test('journal.settle: waiting and failed entries are found until they are done', async () => {
		await using rig = await open();
		const { store } = rig;
		const entries = ['a', 'b'].map((name) => journalEntry(name, { state: 'waiting', waitsFor: 'WA1' }));
		assert.deepEqual(await store.journal.waitingFor('ins_a', 'WA1'), [], 'nothing waits yet');
		await commit(store, ...entries.map((entry) => ({ kind: 'journal.insert', entry }) as const));
		await commit(store, { kind: 'journal.insert', entry: journalEntry('c', { state: 'failed', error: 'broken' }) });
		assert.deepEqual(await store.journal.waitingFor('ins_a', 'WA1'), entries);
		assert.deepEqual(await store.journal.waitingFor('ins_b', 'WA1'), []);
		assert.deepEqual(await store.journal.failed(10), [journalEntry('c', { state: 'failed', error: 'broken' })]);
		await commit(
			store,
			{ kind: 'journal.settle', id: 'jrn_a', state: 'done' },
			{ kind: 'journal.settle', id: 'jrn_b', state: 'failed', error: 'odd' },
			{ kind: 'journal.settle', id: 'jrn_c', state: 'done' },
		);
		assert.deepEqual(await store.journal.waitingFor('ins_a', 'WA1'), []);
		assert.deepEqual(
			(await store.journal.failed(10)).map(({ id, error }) => [id, error]),
			[['jrn_b', 'odd']],
		);
		await refused(store, 'missing', { kind: 'journal.settle', id: 'jrn_none', state: 'done' });
	});

	test('journal.failed: oldest first, no more than asked for', async () => {
		await using rig = await open();
		const failed = ['c', 'a', 'b'].map((name) => journalEntry(name, { state: 'failed' }));
		await commit(rig.store, ...failed.map((entry) => ({ kind: 'journal.insert', entry }) as const));
		assert.deepEqual(await rig.store.journal.failed(2), failed.slice(0, 2));
	});

	test('media.insert: a link comes back as it went', async () => {
		await using rig = await open();
		const { store } = rig;
		const base = { accountId: 'acc_a', mimeType: 'image/png', createdAt: 1_000, expiresAt: 2_000 };
		const medium = { ...base, id: 'med_a', fileName: 'foto.png', blob: { sha256: 'ab', size: 3 }, messageId: 'msg_a' };
		const bare = { ...base, id: 'med_b' };
		await commit(store, { kind: 'media.insert', medium }, { kind: 'media.insert', medium: bare });
		assert.deepEqual(await store.media.medium('med_a'), medium);
		assert.deepEqual(await store.media.medium('med_b'), bare);
		assert.equal(await store.media.medium('med_c'), undefined);
		await refused(store, 'exists', { kind: 'media.insert', medium });
	});

	test('the answer to a key is found by its owner', async () => {
		await using rig = await open();
		await rig.store.commit(unit({ idempotency: idempotency('k') }));
		assert.deepEqual(await rig.store.idempotency.find('z-api:ins_a:send', 'k'), idempotency('k'));
		assert.equal(await rig.store.idempotency.find('other', 'k'), undefined);
	});

	test('channel state: by instance and prefix, written as a whole, durable', async () => {
		await using rig = await open();
		const { channelState } = rig.store;
		await channelState.write('ins_a', [
			{ key: 'todo/1', value: { at: 1, words: ['é', null] } },
			{ key: 'todo/2', value: 'two' },
			{ key: 'todo_3', value: 3 },
			{ key: 'session', value: true },
		]);
		await channelState.write('ins_b', [{ key: 'todo/1', value: 'of b' }]);
		assert.deepEqual(await entries(channelState, 'ins_a', 'todo/'), { 'todo/1': { at: 1, words: ['é', null] }, 'todo/2': 'two' });
		await channelState.write('ins_a', [
			{ key: 'todo/1', isDeleted: true },
			{ key: 'todo/none', isDeleted: true },
			{ key: 'todo/2', value: { again: 2 } },
		]);
		const store = await rig.reopen();
		assert.deepEqual(await entries(store.channelState, 'ins_a', ''), { 'todo/2': { again: 2 }, todo_3: 3, session: true });
		assert.deepEqual(await entries(store.channelState, 'ins_b', ''), { 'todo/1': 'of b' });
	});

	test('gateway secrets: the first one put is kept', async () => {
		await using rig = await open();
		const { sealedSecrets } = rig.store;
		assert.equal(await sealedSecrets.get('jwt'), undefined);
		const answers = await Promise.all(['one', 'two'].map((sealed) => sealedSecrets.putIfAbsent('jwt', sealed)));
		assert.deepEqual(answers, ['one', 'one']);
		assert.equal(await sealedSecrets.get('jwt'), 'one');
	});

	test('sealing anew reaches everything that is sealed, and only what is stale', async () => {
		await using rig = await open();
		const { store } = rig;
		const secrets = [{ sealed: 'stale-1' }, { sealed: 'fresh-2', until: 9_000 }];
		const others = { keyPairs: [{ sealed: 'stale-6', until: 9_000 }], authorization: { scheme: 'bearer', sealed: 'stale-7' } } as const;
		await commit(
			store,
			{ kind: 'webhook.put', webhook: webhook('a', { secrets, sealedHeaders: 'stale-3' }) },
			{ kind: 'webhook.put', webhook: webhook('b', { secrets: [{ sealed: 'fresh-4' }], ...others }) },
		);
		await store.sealedSecrets.putIfAbsent('jwt', 'stale-5');
		const keys = Array.from({ length: 1_100 }, (_, index) => `key-${index}`);
		await Promise.all(keys.map((key) => store.commit(unit({ idempotency: idempotency(key, { sealedBody: `stale-${key}` }) }))));
		const reseal = (sealed: string): string | undefined => (sealed.startsWith('stale-') ? sealed.replace('stale-', 'fresh-') : undefined);
		assert.equal(await store.sealedSecrets.resealAll(reseal), 5 + keys.length);
		assert.deepEqual((await store.webhooks.webhook('whk_a'))?.secrets, [{ sealed: 'fresh-1' }, { sealed: 'fresh-2', until: 9_000 }]);
		assert.equal((await store.webhooks.webhook('whk_a'))?.sealedHeaders, 'fresh-3');
		const renewed = {
			keyPairs: [{ sealed: 'fresh-6', until: 9_000 }],
			authorization: { scheme: 'bearer', sealed: 'fresh-7' },
		} as const;
		assert.deepEqual(await store.webhooks.webhook('whk_b'), webhook('b', { secrets: [{ sealed: 'fresh-4' }], ...renewed }));
		assert.equal(await store.sealedSecrets.get('jwt'), 'fresh-5');
		assert.equal((await store.idempotency.find('z-api:ins_a:send', 'key-1099'))?.sealedBody, 'fresh-key-1099');
		assert.equal(await store.sealedSecrets.resealAll(reseal), 0);
	});
}

async function entries(state: ChannelState, instanceId: string, prefix: string): Promise<Record<string, unknown>> {
	return Object.fromEntries((await state.list(instanceId, prefix)).map(({ key, value }) => [key, value]));
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ReadCache, settingsKey } from './read-cache.ts';

const first = { id: 'acc_a', name: 'first' };
const second = { id: 'acc_a', name: 'second' };

/** Answers these one after the other. */
function reading(
	...answers: readonly ({ id: string; name: string } | undefined)[]
): () => Promise<{ id: string; name: string } | undefined> {
	const left = [...answers];
	return async () => left.shift();
}

describe('the cache of reads', () => {
	test('asks once for what is there, and again for what is not', async () => {
		const cache = new ReadCache();
		const read = reading(undefined, first, second);
		assert.equal(await cache.get('accounts', 'acc_a', read), undefined);
		assert.equal(await cache.get('accounts', 'acc_a', read), first);
		assert.equal(await cache.get('accounts', 'acc_a', read), first);
	});

	test('drops a record under each of its keys, and no other', async () => {
		const cache = new ReadCache();
		const other = { id: 'acc_b', name: 'other' };
		await cache.get('accounts', 'acc_a', reading(first));
		await cache.get('accounts', 'hash', reading(first));
		await cache.get('accounts', 'acc_b', reading(other));
		await cache.get('instances', 'acc_a', reading(first));
		cache.dropRecord('accounts', 'acc_a');
		assert.equal(await cache.get('accounts', 'acc_a', reading(second)), second);
		assert.equal(await cache.get('accounts', 'hash', reading(second)), second);
		assert.equal(await cache.get('accounts', 'acc_b', reading()), other);
		assert.equal(await cache.get('instances', 'acc_a', reading()), first);
	});

	test('drops what a change makes old: staff as the lists of accounts', async () => {
		const cache = new ReadCache();
		await cache.get('operators', 'acc_a', async () => [first]);
		cache.noteChange({ kind: 'operator.delete', id: 'op_x' });
		assert.deepEqual(await cache.get('operators', 'acc_a', async () => [second]), [second]);
		cache.noteChange({ kind: 'message.delete', id: 'op_x' });
		assert.deepEqual(await cache.get('operators', 'acc_a', async () => [first]), [second]);
		cache.dropAll();
		assert.deepEqual(await cache.get('operators', 'acc_a', async () => [first]), [first]);
	});

	test('remembers that there are no settings, until there are some', async () => {
		const cache = new ReadCache();
		const one = settingsKey('instance-settings', 'ins_a');
		const other = settingsKey('instance-settings', 'ins_b');
		assert.equal(await cache.getOrNothing('documents', one, reading(undefined)), undefined);
		assert.equal(await cache.getOrNothing('documents', other, reading(undefined)), undefined);
		assert.equal(await cache.getOrNothing('documents', one, reading(first)), undefined);
		const document = { collection: 'instance-settings', id: 'ins_a', accountId: 'acc_a', at: 1, value: {} };
		cache.noteChange({ kind: 'document.put', document });
		assert.equal(await cache.getOrNothing('documents', one, reading(first)), first);
		assert.equal(await cache.getOrNothing('documents', other, reading(first)), undefined);
		cache.noteChange({ kind: 'document.delete', collection: 'instance-settings', id: 'ins_a' });
		assert.equal(await cache.getOrNothing('documents', one, reading(second)), second);
		cache.noteChange({ kind: 'document.put', document: { ...document, collection: 'notes' } });
		assert.equal(await cache.getOrNothing('documents', one, reading(first)), second);
	});

	test('keeps nothing of a read that began before a drop', async () => {
		const cache = new ReadCache();
		const answer = Promise.withResolvers<typeof first>();
		const slow = cache.get('accounts', 'acc_a', () => answer.promise);
		cache.dropRecord('accounts', 'acc_a');
		answer.resolve(first);
		assert.equal(await slow, first);
		assert.equal(await cache.get('accounts', 'acc_a', reading(second)), second);
	});

	test('reads again what is too old, while others cannot be heard', async () => {
		const cache = new ReadCache(0);
		const read = reading(first, second);
		assert.equal(await cache.get('accounts', 'acc_a', read), first);
		assert.equal(await cache.get('accounts', 'acc_a', read), second);
		cache.maxAgeMs = undefined;
		assert.equal(await cache.get('accounts', 'acc_a', read), second);
	});
});

/** What becomes of sessions that could not be opened again when their process began. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStorePlace } from '../support/open-store.ts';
import { Rig } from './rig.ts';

test('a process tries again, also where the store is its own alone: soon at first, then more and more rarely, until it is there', async () => {
	await using rig = new Rig(await openStorePlace());
	const { channel, clock, instances } = rig;
	const begun = clock.now();
	const triedAt: number[] = [];
	const connect = channel.connect.bind(channel);
	channel.connect = async () => {
		triedAt.push((clock.now() - begun) / 1_000);
		if (triedAt.length < 9) throw new Error('The line is busy.');
		await connect();
	};
	await rig.start();
	await rig.send('5544911111111', 'waits');
	await clock.advance(120_999);
	assert.deepEqual(triedAt, [0, 1, 3, 7, 15, 31, 61, 91]);
	assert.deepEqual(instances.sessionIds, []);
	assert.deepEqual(channel.sent, []);
	await clock.advance(1);
	assert.deepEqual(instances.sessionIds, ['ins_1']);
	assert.equal(channel.sent.length, 1);
	await clock.advance(600_000);
	assert.equal(triedAt.length, 9, 'it is there, and not asked again');
});

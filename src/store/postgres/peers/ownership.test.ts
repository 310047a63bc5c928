/** Who works which instance, among several processes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomes, type Member, PeersRig } from '../../../../test/support/peers-rig.ts';

const INSTANCES = Array.from({ length: 10 }, (_, n) => `ins_${n}`);

async function shareAll(members: readonly Member[]): Promise<readonly number[]> {
	const shares = await Promise.all(members.map(({ peers }) => peers.ownership.share(INSTANCES)));
	const all = shares.flatMap(({ ours }) => ours);
	assert.equal(new Set(all).size, all.length, 'nothing is owned twice');
	return shares.map(({ ours }) => ours.length);
}

describe('ownership', () => {
	test('an instance has one owner, whoever asks', async () => {
		await using rig = await PeersRig.open();
		const members = await rig.members(3);
		const claimed = await Promise.all(members.map(({ peers }) => peers.ownership.claim('ins_1')));
		assert.equal(claimed.filter((isOurs) => isOurs).length, 1);
		assert.deepEqual(
			members.map(({ peers }) => peers.ownership.isOurs('ins_1')),
			claimed,
		);
		const owner = members[claimed.indexOf(true)];
		assert.equal(await owner?.peers.ownership.claim('ins_1'), true);
	});

	test('what is released is for whoever wants it, who is told', async () => {
		await using rig = await PeersRig.open();
		const [first, second] = await rig.members(2);
		assert.ok(first && second);
		await first.peers.ownership.claim('ins_1');
		assert.equal(await second.peers.ownership.claim('ins_1'), false);
		await first.peers.ownership.release('ins_1');
		assert.equal(first.peers.ownership.isOurs('ins_1'), false);
		await becomes('the other to be told', () => second.has('instances'));
		assert.equal(await second.peers.ownership.claim('ins_1'), true);
		await first.peers.ownership.release('ins_1');
		assert.deepEqual(await rig.rows('SELECT token FROM instance_owners'), [{ token: second.token }]);
	});

	test('claims and releases of one process have their order', async () => {
		await using rig = await PeersRig.open();
		const { peers } = await rig.member();
		const claimed = peers.ownership.claim('ins_1');
		const released = peers.ownership.release('ins_1');
		assert.equal(await claimed, true);
		await released;
		assert.equal(peers.ownership.isOurs('ins_1'), false);
		assert.deepEqual(await rig.rows('SELECT * FROM instance_owners'), []);
	});

	test('ten instances are shared by three members, and by two where one leaves', async () => {
		await using rig = await PeersRig.open();
		const members = await rig.members(3);
		const counts = await shareAll(members);
		assert.deepEqual(
			[...counts].sort((a, b) => a - b),
			[2, 4, 4],
		);
		const [first, second, leaves] = members;
		assert.ok(first && second && leaves);
		await leaves.peers.leave();
		await becomes('the others to know', () => [first, second].every(({ turns }) => turns.includes('changed')));
		assert.deepEqual(await shareAll([first, second]), [5, 5]);
	});

	test('who has more than a fair part is told what is beyond it', async () => {
		await using rig = await PeersRig.open();
		const first = await rig.member();
		const alone = await first.peers.ownership.share(INSTANCES);
		assert.deepEqual(alone, { ours: INSTANCES, beyond: [] });
		const second = await rig.member();
		const { ours, beyond } = await first.peers.ownership.share(INSTANCES);
		assert.deepEqual([ours, beyond], [INSTANCES, INSTANCES.slice(5)]);
		await Promise.all(beyond.map((id) => first.peers.ownership.release(id)));
		assert.deepEqual(await second.peers.ownership.share(INSTANCES), { ours: beyond, beyond: [] });
		assert.deepEqual(await first.peers.ownership.share(INSTANCES), { ours: INSTANCES.slice(0, 5), beyond: [] });
	});

	test('who is no member owns nothing and claims nothing', async () => {
		await using rig = await PeersRig.open();
		const [first, second] = await rig.members(2);
		assert.ok(first && second);
		await first.peers.ownership.claim('ins_1');
		await rig.rows('DELETE FROM processes WHERE token = $1', [first.token]);
		assert.equal(await first.peers.ownership.claim('ins_2'), false, 'its row is gone, though it does not know it yet');
		assert.deepEqual(await first.peers.ownership.share(INSTANCES), { ours: [], beyond: [] });
		await second.peers.leave();
		assert.equal(await second.peers.ownership.claim('ins_3'), false);
	});
});

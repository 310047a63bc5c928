/** Members come, go, crash and lose their leases: against a real server, with short leases where time is what a test is about. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { becomes, PeersRig } from '../../../../test/support/peers-rig.ts';
import { type SqlValue, type Statement, statement } from '../statement.ts';
import { Membership } from './membership.ts';

const SHORT_LEASE_MS = 1_500;

describe('membership', () => {
	test('those who joined know each other, oldest first, each with a greater token', async () => {
		await using rig = await PeersRig.open();
		const members = await rig.members(3);
		const tokens = members.map(({ token }) => token);
		assert.deepEqual(
			tokens,
			[...tokens].sort((a, b) => a - b),
		);
		assert.ok(members.every(({ peers }) => peers.holds()));
	});

	test('members are named in the order of their tokens, as numbers', async () => {
		await using rig = await PeersRig.open();
		await rig.rows(`SELECT setval('process_tokens', 8)`);
		const members = await rig.members(3);
		assert.deepEqual(
			members.map(({ peers }) => peers.self),
			['9', '10', '11'],
		);
	});

	test('one that leaves hands over at once: its work is due, its instances are free, and everybody is told', async () => {
		await using rig = await PeersRig.open();
		const [stays, leaves] = await rig.members(2);
		assert.ok(stays && leaves);
		await rig.takeWork(1, leaves);
		assert.equal(await leaves.peers.ownership.claim('ins_1'), true);
		await leaves.peers.leave();
		assert.deepEqual(await rig.workOf(1), { state: 'pending', due_at: leaves.clock.now(), holder: null });
		assert.equal(leaves.peers.self, undefined);
		assert.equal(leaves.peers.holds(), false);
		await becomes('the other to hear of it', () => stays.has('look') && stays.has('instances') && stays.turns.includes('changed'));
		assert.deepEqual(stays.peers.members, [stays.peers.self]);
		assert.equal(await stays.peers.ownership.claim('ins_1'), true);
		assert.deepEqual(leaves.turns, []);
	});

	test('leaving twice, and without having joined, is no fault', async () => {
		await using rig = await PeersRig.open();
		const member = await rig.member();
		await member.peers.leave();
		await member.peers.leave();
		assert.deepEqual(member.troubles, []);
	});

	test('from one that crashed the others take over within a lease, and one of them tells', async () => {
		await using rig = await PeersRig.open();
		const [first, second, crashes] = await rig.members(3, { leaseMs: SHORT_LEASE_MS });
		assert.ok(first && second && crashes);
		await rig.takeWork(1, crashes);
		const cutAt = performance.now();
		crashes.cut();
		await becomes('a take-over', async () => (await rig.workOf(1))?.state === 'pending');
		const tookMs = performance.now() - cutAt;
		assert.ok(tookMs < 2 * SHORT_LEASE_MS, `it took ${tookMs} ms`);
		await becomes('both to know', () =>
			[first, second].every(({ peers, turns }) => peers.members.length === 2 && turns.includes('changed')),
		);
		await becomes('one to hear of it from the other', () => first.has('look') || second.has('look'));
		assert.deepEqual([...first.turns, ...second.turns].includes('lost'), false);
	});

	test('one that is cut off gives up by its own clock, and is a member again under a greater token', async () => {
		await using rig = await PeersRig.open();
		const member = await rig.member({ leaseMs: SHORT_LEASE_MS });
		const before = member.token;
		await rig.takeWork(1, member);
		assert.equal(await member.peers.ownership.claim('ins_1'), true);
		member.forget();
		member.cut();
		await becomes('the lease to be lost', () => member.turns.includes('lost'));
		assert.equal(member.peers.holds(), false);
		assert.equal(member.peers.self, undefined);
		assert.equal(member.peers.ownership.isOurs('ins_1'), false);
		assert.deepEqual(member.peers.members, []);
		member.mend();
		await becomes('it to be a member again', () => member.turns.includes('changed'));
		assert.ok(member.token > before);
		assert.deepEqual(member.turns, ['lost', 'changed']);
		assert.equal((await rig.workOf(1))?.state, 'pending');
		assert.deepEqual(await rig.rows('SELECT token FROM processes'), [{ token: member.token }]);
		assert.deepEqual(
			member.troubles.map(({ where }) => where),
			['peers.heartbeat', 'peers.heartbeat'],
		);
	});

	test('an answer that is heard when the time of the lease has passed does not bring it back', async () => {
		await using rig = await PeersRig.open();
		const turns: string[] = [];
		const answer = Promise.withResolvers<void>();
		let beats = 0;
		const membership = new Membership({
			db: rig.db,
			wire: {
				query: async <Row>(asked: Statement, values?: readonly SqlValue[]): Promise<readonly Row[]> => {
					const rows = await rig.db.query<Row>(asked, values);
					beats += 1;
					if (beats > 1) await answer.promise;
					return rows;
				},
			},
			news: { tell: () => undefined, told: () => ({ statement: statement('', 'SELECT'), values: [] }), flush: async () => undefined },
			clock: new FakeClock(),
			name: 'test',
			ttlMs: SHORT_LEASE_MS,
			heartbeatMs: SHORT_LEASE_MS / 3,
			onTrouble: (_where, error) => assert.fail(String(error)),
			events: { lost: () => turns.push('lost'), changed: () => undefined, beaten: () => turns.push(`beaten as ${membership.token}`) },
		});
		await membership.join();
		const before = membership.token;
		await becomes('the second heartbeat', () => beats === 2);
		// As a process that computes for so long that it hears the answer before its timers.
		while (membership.token !== undefined);
		answer.resolve();
		await becomes('it to be a member again', () => turns.length > 2);
		await membership.leave();
		const [, , again] = turns;
		assert.deepEqual(turns.slice(0, 2), [`beaten as ${before}`, 'lost']);
		assert.notEqual(again, turns[0]);
	});

	test('one whose row is deleted finds out, and what it left behind is made ready', async () => {
		await using rig = await PeersRig.open();
		const member = await rig.member({ leaseMs: SHORT_LEASE_MS });
		const before = member.token;
		await rig.takeWork(1, member);
		member.forget();
		await rig.rows('DELETE FROM processes');
		await becomes('it to be a member again', () => member.turns.includes('changed'));
		assert.deepEqual(member.turns, ['lost', 'changed']);
		assert.ok(member.token > before);
		assert.equal((await rig.workOf(1))?.state, 'pending');
	});

	test('a lease outlives connections that the server ends', async () => {
		await using rig = await PeersRig.open();
		const [member, other] = await rig.members(2);
		assert.ok(member && other);
		await rig.rows('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
		await becomes('both to look for what they missed', () => member.has('look') && other.has('look'));
		await becomes('news to be heard again', () => {
			member.peers.tell({ kind: 'due', webhookId: 'whk_1' });
			return other.has('due');
		});
		assert.deepEqual([...member.turns, ...other.turns], []);
	});

	test('a start takes over from whoever ended meanwhile, and leaves those who live', async () => {
		await using rig = await PeersRig.open();
		const lives = await rig.member();
		await rig.rows(`INSERT INTO processes (token, name, lease_until) VALUES (1000, 'gone', clock_timestamp())`);
		await rig.rows(
			`INSERT INTO work (seq, webhook_id, lane_place, state, created_at, holder) VALUES (1, 'whk_1', 0, 'sending', 0, 1000), (2, 'whk_1', 0, 'sending', 0, $1)`,
			[lives.token],
		);
		await rig.member();
		assert.equal((await rig.workOf(1))?.state, 'pending');
		assert.equal((await rig.workOf(2))?.holder, lives.token);
	});
});

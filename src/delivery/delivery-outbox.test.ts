import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { NewDelivery } from '../domain/delivery.ts';
import type { DomainEvent } from '../domain/event.ts';
import { RecadoError } from '../errors.ts';
import { silentObserver } from '../observe/observer.ts';
import type { CommitResult, WriteUnit } from '../ports/write-unit.ts';
import { DeliveryOutbox, type DeliveryOutboxParts } from './delivery-outbox.ts';
import { Tenure } from './tenure.ts';

const COMMITTED: CommitResult = { kind: 'committed', taken: [], due: [] };
const OUTDATED: CommitResult = { kind: 'conflict', what: 'webhooks' };

function delivery(id: string, start: NewDelivery['start']): NewDelivery {
	const of = { eventId: 'evt_1', eventType: 'message.received', accountId: 'acc_1', webhookId: `whk_${id}`, instanceId: 'ins_1' } as const;
	return { id, ...of, body: '{}', createdAt: 0, start };
}

function event(accountId = 'acc_1'): DomainEvent {
	const instance = { id: 'ins_1', phone: '5544900000000' };
	return { id: 'evt_1', type: 'instance.disconnected', accountId, instance, at: 0, data: { reason: 'asleep' } };
}

/** A store with webhooks that others change, and what this process knows of them: the version alone. */
class World {
	readonly calls: string[] = [];
	readonly units: WriteUnit[] = [];
	readonly stored = new Map<string, number>([
		['acc_1', 0],
		['acc_2', 0],
	]);
	readonly known = new Map<string, number>();
	/** What the store says, where it is asked; by default whether the versions are the present ones. */
	commit: (unit: WriteUnit) => Promise<CommitResult> = async ({ plannedWith }) =>
		plannedWith?.every(({ accountId, version }) => this.stored.get(accountId) === version) ? COMMITTED : OUTDATED;
	/** The others do something while the store is read. */
	meanwhile: () => void = () => undefined;
	isAlone = false;

	outbox(): DeliveryOutbox {
		const { calls, known } = this;
		const parts: DeliveryOutboxParts = {
			store: {
				commit: (unit) => {
					this.units.push(unit);
					return this.commit(unit);
				},
			},
			peers: { isAlone: this.isAlone },
			registry: {
				versionOf: (accountId) => known.get(accountId),
				outdate: (accountId, version) => void (known.get(accountId) === version && known.delete(accountId)),
			},
			mirror: {
				refreshAccount: async (accountId) => {
					calls.push(`read ${accountId}`);
					known.set(accountId, this.stored.get(accountId) ?? 0);
					this.meanwhile();
				},
			},
			planner: {
				plan: ({ accountId }, hasRoom) => {
					hasRoom('whk_a', '{}');
					return [delivery(`planned with ${known.get(accountId)}`, 'take')];
				},
			},
			dispatcher: {
				tenure: new Tenure({ holds: () => true }),
				reserve: (id) => calls.push(`reserve ${id}`) > 0,
				offer: (id, dueAt) => void calls.push(`offer ${id} at ${dueAt}`),
				giveBack: (id) => void calls.push(`giveBack ${id}`),
				hold: (one) => void calls.push(`attempt ${one.webhookId}`),
			},
			observer: {
				...silentObserver,
				eventsCommitted: (events, deliveries) => void calls.push(`committed ${events.length} with ${deliveries}`),
			},
		};
		return new DeliveryOutbox(parts);
	}
}

/** What the dispatcher hears of one commit. */
async function heard(deliveries: readonly NewDelivery[], commit: () => Promise<CommitResult>): Promise<readonly string[]> {
	const world = new World();
	world.commit = commit;
	await world
		.outbox()
		.commitPlanned({ changes: [], events: [] }, deliveries)
		.catch(() => world.calls.push('rejected'));
	return world.calls.filter((call) => !call.startsWith('committed'));
}

test('room is used by what was taken and given back for the rest; what is ready is offered', async () => {
	const planned = [delivery('a', 'take'), delivery('b', 'take'), delivery('c', 'ready')];
	const { start: _start, ...taken } = delivery('a', 'take');
	const claimed = { ...taken, seq: 1, attempts: 0, isOvertaken: false, isReplay: false };
	assert.deepEqual(await heard(planned, async () => ({ kind: 'committed', taken: [claimed], due: [{ webhookId: 'whk_c', dueAt: 7 }] })), [
		'giveBack whk_b',
		'attempt whk_a',
		'offer whk_c at 7',
	]);
});

test('a commit that did not happen gives all room back', async () => {
	const planned = [delivery('a', 'take'), delivery('c', 'ready')];
	assert.deepEqual(await heard(planned, async () => ({ kind: 'conflict', what: 'exists' })), ['giveBack whk_a']);
	assert.deepEqual(await heard(planned, () => Promise.reject(new Error('full disk'))), ['giveBack whk_a', 'rejected']);
});

suite('among other processes', () => {
	test('an event is planned with the webhooks of one version, which are read where they are not known', async () => {
		const world = new World();
		world.stored.set('acc_1', 4);
		const outbox = world.outbox();
		for (let n = 0; n < 2; n += 1) assert.equal(await outbox.commit({ changes: [], events: [event(), event()] }), undefined);
		assert.deepEqual(
			world.calls.filter((call) => call.startsWith('read')),
			['read acc_1'],
		);
		assert.deepEqual(
			world.units.map(({ plannedWith }) => plannedWith),
			[[{ accountId: 'acc_1', version: 4 }], [{ accountId: 'acc_1', version: 4 }]],
		);
	});

	test('one that was planned with others is planned again; its room is given back, and it is told once', async () => {
		const world = new World();
		world.known.set('acc_1', 3);
		world.stored.set('acc_1', 5);
		assert.equal(await world.outbox().commit({ changes: [], events: [event()] }), undefined);
		assert.deepEqual(
			world.units.map(({ deliveries }) => deliveries.map(({ id }) => id)),
			[['planned with 3'], ['planned with 5']],
		);
		assert.deepEqual(world.calls, [
			'reserve whk_a',
			'giveBack whk_planned with 3',
			'read acc_1',
			'reserve whk_a',
			'giveBack whk_planned with 5',
			'committed 1 with 1',
		]);
	});

	test('of the accounts of its events all are planned with, and those that are not known are read', async () => {
		const world = new World();
		world.known.set('acc_2', 0);
		assert.equal(await world.outbox().commit({ changes: [], events: [event(), event('acc_2')] }), undefined);
		assert.ok(!world.calls.includes('read acc_2'));
		assert.deepEqual(world.units[0]?.plannedWith, [
			{ accountId: 'acc_1', version: 0 },
			{ accountId: 'acc_2', version: 0 },
		]);
	});

	test('what was read by somebody else since the commit began is not read again', async () => {
		const world = new World();
		world.known.set('acc_1', 0);
		const { commit } = world;
		world.stored.set('acc_1', 1);
		world.commit = (unit) => {
			world.known.set('acc_1', 1);
			return commit(unit);
		};
		assert.equal(await world.outbox().commit({ changes: [], events: [event()] }), undefined);
		assert.ok(!world.calls.includes('read acc_1'));
	});

	test('nothing is planned with webhooks that changed here while they were read', async () => {
		const world = new World();
		world.meanwhile = () => {
			world.known.delete('acc_1');
			world.meanwhile = () => undefined;
		};
		assert.equal(await world.outbox().commit({ changes: [], events: [event()] }), undefined);
		assert.deepEqual([world.units.length, world.calls.filter((call) => call === 'read acc_1').length], [1, 2]);
	});

	test('who never gets a plan through is told to try again later, and has no room left over', async () => {
		const world = new World();
		world.commit = async () => OUTDATED;
		await assert.rejects(
			world.outbox().commit({ changes: [], events: [event()] }),
			(error) => error instanceof RecadoError && error.code === 'store_unavailable' && error.isRetryable,
		);
		const count = (word: string): number => world.calls.filter((call) => call.startsWith(word)).length;
		assert.equal(count('reserve'), count('giveBack'));
		assert.equal(world.units.length, count('read'));
		assert.equal(count('committed'), 0);
	});

	test('every other conflict is for whoever decided', async () => {
		const world = new World();
		world.commit = async () => ({ kind: 'conflict', what: 'journal' });
		assert.deepEqual(await world.outbox().commit({ changes: [], events: [event()] }), { kind: 'conflict', what: 'journal' });
		assert.equal(world.units.length, 1);
	});
});

test('nobody looks at versions where there are no events, or no others', async () => {
	for (const { isAlone, events } of [
		{ isAlone: true, events: [event()] },
		{ isAlone: false, events: [] },
	]) {
		const world = new World();
		world.isAlone = isAlone;
		world.commit = async () => COMMITTED;
		assert.equal(await world.outbox().commit({ changes: [], events }), undefined);
		assert.deepEqual(
			world.units.map(({ plannedWith }) => plannedWith),
			[undefined],
		);
		assert.ok(!world.calls.some((call) => call.startsWith('read')));
	}
});

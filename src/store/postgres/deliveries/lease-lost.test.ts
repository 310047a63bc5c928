/** A process that was taken over and does not know it yet: nothing that it had is its own, and nothing that it accepts is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, claimOf, look, openWithWebhooks, standing } from '../../../../test/suites/store-dispatch.ts';
import { attempt, delivery, looseDelivery, unit } from '../../../../test/suites/store-fixtures.ts';
import { endLeases, openPostgres, type PostgresRig } from '../../../../test/suites/store-on-postgres.ts';
import { RecadoError } from '../../../errors.ts';

/** No heartbeat comes in between and finds out. */
const LEASE_MS = 600_000;

/** As somebody else would, while this process stands still. */
async function takeOver(rig: PostgresRig): Promise<void> {
	await endLeases(rig.database);
	await rig.database.execute(`SELECT take_over('{}', ${rig.clock.now()})`);
}

async function open(): Promise<PostgresRig> {
	let rig: PostgresRig | undefined;
	await openWithWebhooks(async () => {
		rig = await openPostgres({ leaseMs: LEASE_MS });
		return rig;
	});
	assert.ok(rig);
	return rig;
}

function isLeaseLost(error: unknown): boolean {
	return error instanceof RecadoError && error.code === 'lease_lost' && error.isRetryable;
}

test('what it settles, claims or wants to take is refused, and somebody else has it', async () => {
	await using rig = await open();
	const { store, clock } = rig;
	await add(store, delivery('a', { start: 'take' }), delivery('b'));
	const held = await look(store, 'a');
	await takeOver(rig);
	const settled = { outcome: 'delivered', delivery: held, at: 2_000, takeNext: true, attempt: attempt(held.id) } as const;
	const refusals = [store.deliveries.settle(settled), claimOf(store, clock.now(), { whk_a: 5 }), store.deliveries.takeOldest('whk_a')];
	await Promise.all(refusals.map((refusal) => assert.rejects(refusal, isLeaseLost)));
	assert.deepEqual([await standing(store, 'a'), await standing(store, 'b')], [`pending ${clock.now()}`, 'pending']);
	assert.deepEqual(await store.deliveries.attempts(held.id), []);
});

test('what it commits is written with what others of its group write, and due for whoever is a member', async () => {
	await using rig = await open();
	const { store, clock } = rig;
	await add(store, looseDelivery('before', { start: 'take' }));
	const held = await look(store, 'before');
	await takeOver(rig);
	const settling = store.deliveries.settle({ outcome: 'released', delivery: held, dueAt: 9_000 });
	const result = store.commit(unit({ deliveries: [looseDelivery('a', { start: 'take' }), looseDelivery('b')] }));
	await assert.rejects(settling, isLeaseLost);
	const due = ['a', 'b'].map(() => ({ webhookId: 'whk_a', dueAt: clock.now() }));
	assert.deepEqual(await result, { kind: 'committed', taken: [], due });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeIds } from '../../test/support/fake-ids.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Decision } from '../ports/outbox.ts';
import { SubscriptionService } from './subscriptions.ts';

const DAY_MS = 86_400_000;

function service() {
	const clock = new FakeClock();
	const kept = new Map<string, StoredDocument>();
	const outbox = {
		commit: async ({ changes }: Decision) => {
			for (const change of changes) {
				if (change.kind !== 'document.put') continue;
				kept.set(change.document.id, { ...change.document, version: (change.expected ?? 0) + 1 });
			}
			return undefined;
		},
	};
	const documents = {
		document: async (_collection: string, id: string) => kept.get(id),
		documents: async () => [],
		documentIds: async () => [],
	};
	const make = () => new SubscriptionService({ store: { documents }, outbox, clock, ids: new FakeIds() });
	return { clock, subscriptions: make(), ofAnotherProcess: make() };
}

test('an active one renews itself; a cancelled one holds until it is due, and then ends', async () => {
	const { clock, subscriptions } = service();
	const subject = { id: 'ins_a', accountId: 'acc_a' };
	assert.equal(await subscriptions.subscription('ins_a'), undefined);
	await subscriptions.requireRunning('ins_a');
	await assert.rejects(subscriptions.cancel('ins_a'), { code: 'subscription_missing' });

	const signed = await subscriptions.subscribe(subject, { withCalls: true });
	assert.deepEqual([signed.state, signed.due - clock.now(), signed.withCalls], ['active', 30 * DAY_MS, true]);
	await clock.advance(45 * DAY_MS);
	assert.equal((await subscriptions.subscription('ins_a'))?.due, signed.due + 30 * DAY_MS);
	await subscriptions.requireRunning('ins_a');

	const cancelled = await subscriptions.cancel('ins_a');
	assert.deepEqual([cancelled.state, cancelled.due], ['cancelled', signed.due + 30 * DAY_MS]);
	assert.deepEqual(await subscriptions.cancel('ins_a'), cancelled);
	await clock.advance(14 * DAY_MS);
	await subscriptions.requireRunning('ins_a');
	await clock.advance(2 * DAY_MS);
	await assert.rejects(subscriptions.requireRunning('ins_a'), { code: 'subscription_over' });

	const again = await subscriptions.subscribe(subject, { quantity: 3 });
	assert.deepEqual([again.id, again.state, again.quantity, again.withCalls], [signed.id, 'active', 3, true]);
	assert.equal(again.due, clock.now() + 30 * DAY_MS);
	await subscriptions.requireRunning('ins_a');
});

test('taken back in time it goes on in the same period', async () => {
	const { clock, subscriptions } = service();
	const subject = { id: 'acc_a', accountId: 'acc_a' };
	const signed = await subscriptions.subscribe(subject, {});
	await clock.advance(DAY_MS);
	await subscriptions.cancel('acc_a');
	const back = await subscriptions.subscribe(subject, {});
	assert.deepEqual([back.state, back.due, back.cancelledAt], ['active', signed.due, undefined]);
});

test('signed again at another process it runs at once', async () => {
	const { clock, subscriptions, ofAnotherProcess } = service();
	const subject = { id: 'ins_a', accountId: 'acc_a' };
	await subscriptions.subscribe(subject, {});
	await subscriptions.cancel('ins_a');
	await clock.advance(31 * DAY_MS);
	await assert.rejects(subscriptions.requireRunning('ins_a'), { code: 'subscription_over' });
	await ofAnotherProcess.subscribe(subject, {});
	await subscriptions.requireRunning('ins_a');
});

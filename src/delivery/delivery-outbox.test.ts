import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewDelivery } from '../domain/delivery.ts';
import { silentObserver } from '../observe/observer.ts';
import type { CommitResult } from '../ports/store.ts';
import { DeliveryOutbox } from './delivery-outbox.ts';
import { Tenure } from './tenure.ts';

function delivery(id: string, start: NewDelivery['start']): NewDelivery {
	const of = { eventId: 'evt_1', eventType: 'message.received', accountId: 'acc_1', webhookId: `whk_${id}`, instanceId: 'ins_1' } as const;
	return { id, ...of, body: '{}', createdAt: 0, start };
}

/** What the dispatcher hears of one commit. */
async function heard(deliveries: readonly NewDelivery[], commit: () => Promise<CommitResult>): Promise<readonly string[]> {
	const calls: string[] = [];
	const dispatcher = {
		tenure: new Tenure({ holds: () => true }),
		reserve: () => true,
		offer: (id: string, dueAt?: number) => void calls.push(`offer ${id} at ${dueAt}`),
		giveBack: (id: string) => void calls.push(`giveBack ${id}`),
		hold: (one: { readonly webhookId: string }) => void calls.push(`attempt ${one.webhookId}`),
	};
	const outbox = new DeliveryOutbox({ store: { commit }, planner: { plan: () => [] }, dispatcher, observer: silentObserver });
	await outbox.commitPlanned({ changes: [], events: [] }, deliveries).catch(() => calls.push('rejected'));
	return calls;
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

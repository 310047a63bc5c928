/** Deleting webhooks, and what becomes of what they have left. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { OutboundResult } from '../../src/ports/sender.ts';
import { answer, MINUTE, type Rig, startRig, UPKEEP } from './rig.ts';

const OWNER = { accountId: 'acc_1', instanceId: 'ins_1', dialect: 'recado' } as const;

/** Six deliveries wait behind one that failed. */
async function failing(rig: Rig): Promise<string> {
	const { id } = await rig.webhook();
	rig.sender.decide = () => answer(500);
	for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']) await rig.happen('a', name);
	await rig.clock.advance(10);
	assert.deepEqual(await rig.states(), { pending: 7 });
	return id;
}

async function isKept(rig: Rig, id: string): Promise<boolean> {
	return (await rig.store.webhooks.webhook(id)) !== undefined;
}

suite('deleting a webhook', () => {
	test('with nothing left it is gone at once', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		assert.deepEqual(await rig.webhooks.delete(id), { isGone: true });
		assert.equal(await isKept(rig, id), false);
		assert.equal(rig.webhooks.get(id), undefined);
		await assert.rejects(rig.webhooks.delete(id), { code: 'not_there' });
		await rig.happen('a', 'a2');
		assert.deepEqual(await rig.states(), { delivered: 1 });
	});

	test('with something left a person has to say what becomes of it; until then nothing has changed', async () => {
		await using rig = await startRig();
		const id = await failing(rig);
		const before = rig.webhooks.get(id);
		await assert.rejects(rig.webhooks.delete(id), { code: 'webhook_has_deliveries' });
		assert.deepEqual(rig.webhooks.get(id), before);
		await rig.clock.advance(5_000);
		assert.equal(rig.sender.requests.length, 2, 'and it is tried again');
	});

	test('cancelled: it is gone for everybody, nothing is sent any more, and what waits is cancelled in batches', async () => {
		await using rig = await startRig();
		const id = await failing(rig);
		rig.janitor.start();
		assert.deepEqual(await rig.webhooks.delete(id, 'cancel'), { isGone: false });
		assert.equal(rig.webhooks.get(id), undefined);
		assert.deepEqual(rig.webhooks.list({}), []);
		for (const work of [rig.webhooks.update(id, {}), rig.webhooks.rotateSecret(id), rig.webhooks.delete(id, 'drain')]) {
			await assert.rejects(work, { code: 'not_there' });
		}
		await rig.clock.advance(UPKEEP.breathMs / 2);
		assert.deepEqual(await rig.states(), { pending: 4, cancelled: 3 }, 'a batch, then a breath');
		await rig.clock.advance(UPKEEP.breathMs * 2);
		assert.deepEqual(await rig.states(), { cancelled: 7 });
		assert.equal(await isKept(rig, id), false);
		await rig.clock.advance(60 * MINUTE);
		assert.equal(rig.sender.requests.length, 1);
	});

	test('cancelled while an attempt is under way: that one ends as it ends', async () => {
		await using rig = await startRig();
		const { id } = await rig.webhook();
		const gate = Promise.withResolvers<OutboundResult>();
		rig.sender.decide = () => gate.promise;
		await rig.happen('a', 'a1');
		await rig.happen('a', 'a2');
		await rig.clock.advance(10);
		rig.janitor.start();
		await rig.webhooks.delete(id, 'cancel');
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.deepEqual(await rig.states(), { sending: 1, cancelled: 1 });
		assert.equal(await isKept(rig, id), true);
		gate.resolve(answer(200));
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.deepEqual(await rig.states(), { delivered: 1, cancelled: 1 });
		assert.equal(await isKept(rig, id), false);
	});

	test('drained: it gets nothing new, delivers what it has in order, and then is gone', async () => {
		await using rig = await startRig();
		const id = await failing(rig);
		rig.janitor.start();
		assert.deepEqual(await rig.webhooks.delete(id, 'drain'), { isGone: false });
		assert.equal(rig.webhooks.get(id)?.ending, 'drain');
		assert.deepEqual(await rig.webhooks.delete(id), { isGone: false }, 'asked again it goes on draining');
		await rig.happen('a', 'new');
		await assert.rejects(rig.webhooks.update(id, { events: ['instance.disconnected'] }), { code: 'webhook_ending' });
		await assert.rejects(rig.webhooks.test(id, 'instance.disconnected'), { code: 'webhook_ending' });
		rig.sender.decide = () => answer(200);
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.deepEqual(rig.sender.bodies().slice(1), ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']);
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.equal(rig.webhooks.get(id), undefined);
		assert.equal(await isKept(rig, id), false);
	});

	test('one that drains in vain may be cancelled after all', async () => {
		await using rig = await startRig();
		const id = await failing(rig);
		rig.janitor.start();
		await rig.webhooks.delete(id, 'drain');
		await rig.clock.advance(2 * UPKEEP.intervalMs);
		assert.equal(await isKept(rig, id), true);
		await rig.webhooks.delete(id, 'cancel');
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.equal(await isKept(rig, id), false);
		assert.deepEqual(await rig.states(), { cancelled: 7 });
	});

	test('what a stop leaves half cancelled the next start finishes', async () => {
		await using rig = await startRig();
		const id = await failing(rig);
		rig.janitor.start();
		await rig.webhooks.delete(id, 'cancel');
		await rig.clock.advance(UPKEEP.breathMs / 2);
		await rig.stop();
		await rig.start();
		assert.equal(rig.webhooks.get(id), undefined, 'it does not come back');
		assert.deepEqual(await rig.states(), { pending: 4, cancelled: 3 });
		rig.janitor.start();
		await rig.clock.advance(MINUTE);
		assert.deepEqual(await rig.states(), { cancelled: 7 });
		assert.equal(await isKept(rig, id), false);
		assert.equal(rig.sender.requests.length, 1);
	});

	test('an event that is committed while it is deleted is not left behind', async () => {
		await using rig = await startRig();
		const before = await rig.webhook();
		const { id } = before;
		const [deleted] = await Promise.allSettled([rig.webhooks.delete(id), rig.happen('a', 'a1'), rig.happen('a', 'a2')]);
		await rig.clock.advance(10);
		const states = await rig.states();
		// Either the events were first and a person has to say, or the deletion was and nobody gets them; what was delivered before it waits for nobody.
		if (deleted.status === 'fulfilled')
			assert.deepEqual(
				Object.keys(states).filter((state) => state !== 'delivered'),
				[],
			);
		else assert.deepEqual([deleted.reason.code, states], ['webhook_has_deliveries', { delivered: 2 }]);
		assert.equal(await isKept(rig, id), deleted.status === 'rejected');
		assert.deepEqual(rig.webhooks.list({}), deleted.status === 'rejected' ? [before] : []);
	});
});

suite('slots that lose their URL', () => {
	test('taken away by name, what waits is cancelled', async () => {
		await using rig = await startRig();
		await rig.webhook('/other');
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: 'https://receiver.example/slot' } });
		rig.sender.decide = () => answer(500);
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		const [slot] = rig.webhooks.list({ instanceId: 'ins_1' });
		assert.ok(slot);
		rig.janitor.start();
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: '' } });
		assert.deepEqual(rig.webhooks.list({ instanceId: 'ins_1' }), []);
		await rig.clock.advance(10);
		assert.equal(await isKept(rig, slot.id), false);
		const { items } = await rig.store.deliveries.list({ webhookId: slot.id }, { limit: 10 });
		assert.deepEqual(
			items.map(({ state }) => state),
			['cancelled'],
		);
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: 'https://receiver.example/slot' } });
		assert.notEqual(rig.webhooks.list({ instanceId: 'ins_1' })[0]?.id, slot.id);
	});

	test('moved to the URL of another, what waits is still delivered; a slot that comes back finds its webhook', async () => {
		await using rig = await startRig();
		await rig.webhook('/other');
		const [one, other] = ['https://receiver.example/one', 'https://receiver.example/two'];
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: one }, 'message.sent': { url: other } });
		rig.sender.decide = (_body, path) => answer(path === '/one' ? 500 : 200);
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		const idOf = (url: string): string | undefined => rig.webhooks.list({ instanceId: 'ins_1' }).find((webhook) => webhook.url === url)?.id;
		const first = idOf(one);
		rig.janitor.start();
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: other } });
		assert.equal(rig.webhooks.get(first ?? '')?.ending, 'drain');
		await rig.happen('a', 'a2');
		await rig.clock.advance(UPKEEP.intervalMs);
		assert.ok(!rig.sender.bodies('/one').includes('a2'));
		assert.ok(rig.sender.bodies('/two').includes('a2'));

		await rig.webhooks.assignSlots(OWNER, { 'message.sent': { url: one } });
		assert.deepEqual([idOf(one), rig.webhooks.get(first ?? '')?.ending], [first, undefined]);
		await rig.webhooks.assignSlots(OWNER, { 'message.sent': { url: other } });
		rig.sender.decide = () => answer(200);
		await rig.clock.advance(60 * MINUTE);
		assert.equal(rig.sender.bodies('/one').at(-1), 'a1');
		assert.equal(idOf(one), undefined);
		assert.equal(await isKept(rig, first ?? ''), false);
	});

	test('with nothing left it is gone with the request', async () => {
		await using rig = await startRig();
		await rig.webhook('/other');
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: 'https://receiver.example/slot' } });
		const [slot] = rig.webhooks.list({ instanceId: 'ins_1' });
		await rig.webhooks.assignSlots(OWNER, { 'instance.disconnected': { url: null } });
		assert.equal(await isKept(rig, slot?.id ?? ''), false);
	});
});

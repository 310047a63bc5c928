/** Deleting what was written with a customer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import { ErasingService } from '../../src/messaging/erasing.ts';
import type { SendOutcome } from '../../src/ports/channel.ts';
import { INSTANCE, type Rig, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';

function erase(rig: Rig, phone: string): Promise<number> {
	return new ErasingService({ ...rig, messaging: rig.sending }).eraseMessages(INSTANCE, phone);
}

async function textsOf(rig: Rig): Promise<string[]> {
	const { items } = await rig.store.messages.list({ instanceId: INSTANCE.id }, 1, 100);
	return items.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
}

test('everything with that customer goes, and nothing of others; the window stays open', async () => {
	await using rig = await startRig();
	await rig.write(MARIA, 'Oi');
	await rig.write(JOSE, 'Olá');
	await rig.send(MARIA, 'Bom dia');
	await rig.clock.advance(10);
	assert.equal(await erase(rig, `+${MARIA}`), 2);
	assert.deepEqual(await textsOf(rig), ['Olá']);
	const view = await rig.store.chats.findByAlias(INSTANCE.id, INSTANCE.accountId, [{ kind: 'phone', value: MARIA }]);
	assert.ok(view?.chat.lastInboundAt);
	assert.equal(await erase(rig, MARIA), 0, 'there is nothing left');
	assert.equal(await erase(rig, '5544900000001'), 0, 'nobody wrote with them');
});

test('more than one batch goes', async () => {
	await using rig = await startRig();
	for (let count = 0; count < 401; count += 1) await rig.write(MARIA, String(count));
	assert.equal(await erase(rig, MARIA), 401);
	assert.deepEqual(await textsOf(rig), []);
});

test('what is queued does not go out any more, and frees its place', async () => {
	await using rig = await startRig();
	rig.channel.decide = () => ({ kind: 'disconnected' });
	for (const text of ['1', '2', '3']) await rig.send(MARIA, text);
	await rig.send(JOSE, 'stays');
	assert.equal(await erase(rig, MARIA), 3);
	assert.equal(await rig.queues.of(INSTANCE.id).length(), 1);
	rig.channel.decide = () => ({ kind: 'taken', at: rig.clock.now() });
	rig.channel.sent.length = 0;
	await rig.instances.connect(INSTANCE);
	await rig.clock.advance(10);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['stays'],
	);
});

test('one that is on its way is told as a conflict, and goes when it is there', async () => {
	await using rig = await startRig();
	const taken = Promise.withResolvers<SendOutcome>();
	const begun = Promise.withResolvers<void>();
	rig.channel.decide = () => {
		begun.resolve();
		return taken.promise;
	};
	await rig.write(MARIA, 'Oi');
	await rig.send(MARIA, 'on its way');
	await begun.promise;
	await assert.rejects(erase(rig, MARIA), (error) => error instanceof RecadoError && error.code === 'conflict');
	assert.deepEqual(await textsOf(rig), ['on its way']);
	taken.resolve({ kind: 'taken', at: rig.clock.now() });
	await rig.clock.advance(10);
	assert.equal(await erase(rig, MARIA), 1);
});

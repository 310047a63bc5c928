/** The templates of an application, as they are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import type { TemplateWish } from '../../src/messaging/directory-services.ts';
import { TemplateShelf } from '../../src/messaging/templates.ts';
import { AesSealer } from '../../src/system/aes-sealer.ts';
import { INSTANCE, type Rig, startRig } from './rig.ts';

async function shelfOf(rig: Rig): Promise<TemplateShelf> {
	const { accountId, id: instanceId } = INSTANCE;
	const application = { id: 'app_1', accountId, instanceId, name: 'CRM', tokenId: 'tok_1', webhookId: 'whk_1', createdAt: 0 };
	await rig.outbox.commit({ changes: [{ kind: 'application.insert', application }], events: [] });
	return new TemplateShelf({ ...rig, sealer: new AesSealer(Buffer.alloc(32)) });
}

function wish(name: string, text = 'Olá {{1}}'): TemplateWish {
	return { name, language: 'pt_BR', category: 'UTILITY', status: 'APPROVED', components: [{ type: 'BODY', text }] };
}

function isOf(code: string): (error: unknown) => boolean {
	return (error) => error instanceof RecadoError && error.code === code;
}

test('what is created is found, listed by name, changed and deleted', async () => {
	await using rig = await startRig();
	const shelf = await shelfOf(rig);
	await shelf.create('app_1', wish('b'));
	const made = await shelf.create('app_1', wish('a'));
	assert.match(made.facebookId, /^\d{15}$/);
	assert.deepEqual(await shelf.find('app_1', 'a'), made);
	assert.deepEqual(
		(await shelf.all('app_1')).map(({ name }) => name),
		['a', 'b'],
	);
	const changed = await shelf.update('app_1', 'a', { status: 'PAUSED' });
	assert.deepEqual(changed, { ...made, status: 'PAUSED', updatedAt: rig.clock.now() });
	await shelf.delete('app_1', 'a');
	assert.equal(await shelf.find('app_1', 'a'), undefined);
	const tooLate = [() => shelf.update('app_1', 'a', {}), () => shelf.delete('app_1', 'a'), () => shelf.create('app_2', wish('a'))];
	for (const ask of tooLate) await assert.rejects(ask, isOf('not_there'));
});

test('a name is given once, even at one moment', async () => {
	await using rig = await startRig();
	const shelf = await shelfOf(rig);
	const made = await Promise.allSettled([shelf.create('app_1', wish('a')), shelf.create('app_1', wish('a'))]);
	const refused = made.filter((one) => one.status === 'rejected');
	assert.deepEqual(
		refused.map(({ reason }) => reason.code),
		['exists'],
	);
});

test('two changes at one moment do not undo each other', async () => {
	await using rig = await startRig();
	const shelf = await shelfOf(rig);
	await shelf.create('app_1', wish('a'));
	await Promise.all([shelf.update('app_1', 'a', { status: 'PAUSED' }), shelf.update('app_1', 'a', { category: 'MARKETING' })]);
	const { status, category } = (await shelf.find('app_1', 'a')) ?? {};
	assert.deepEqual([status, category], ['PAUSED', 'MARKETING']);
});

test('an application has so many and no more', async () => {
	await using rig = await startRig();
	const shelf = await shelfOf(rig);
	for (let count = 0; count < 250; count += 1) await shelf.create('app_1', wish(`t_${count}`));
	await assert.rejects(shelf.create('app_1', wish('one_more')), isOf('templates_full'));
	assert.equal((await shelf.all('app_1')).length, 250);
});

test('what WhatsApp would not take is refused', async () => {
	await using rig = await startRig();
	const shelf = await shelfOf(rig);
	await assert.rejects(shelf.create('app_1', wish('a', 'Olá {{2}}')), isOf('invalid_request'));
	await shelf.create('app_1', wish('a'));
	await assert.rejects(shelf.update('app_1', 'a', { components: [] }), isOf('invalid_request'));
});

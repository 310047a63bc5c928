/** Notes, contact cards and custom buttons. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { INSTANCE } from '../messaging/rig.ts';
import { ACCOUNT, answered, type DeskRig, startDesk } from './desk-rig.ts';

const MARIA = '5544911111111';
const ALL = { accountId: ACCOUNT };
const CONTRACT = JSON.parse(readFileSync(new URL('../contracts/webhooks/plugchat/custom-button.json', import.meta.url), 'utf8')) as {
	example: object;
};

async function chatId({ rig }: DeskRig): Promise<string> {
	await rig.write(MARIA, 'oi');
	return (await rig.store.chats.chatsOf(INSTANCE.id, { limit: 1 })).items[0]?.chat.id ?? assert.fail('no chat');
}

test('notes: newest first, by whom and on which attendance, for who may see the chat', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const chat = await chatId(world);
	const { id: operatorId } = await rig.staff.createOperator(ACCOUNT, { name: 'Ana', role: 'admin' });
	const stranger = await rig.staff.createOperator(ACCOUNT, { name: 'Bia' });
	await desk.notes.add(ALL, chat, 'primeira');
	await rig.clock.advance(1);
	const attendance = await desk.desk.takeNext(ACCOUNT, operatorId);
	const note = await desk.notes.add({ ...ALL, operatorId }, chat, 'segunda');
	assert.deepEqual([note.by?.name, note.attendanceId], ['Ana', attendance?.id]);
	const first = await desk.notes.list(ALL, chat, { limit: 1 });
	assert.deepEqual(first.items, [note]);
	const next = await desk.notes.list(ALL, chat, { limit: 1, cursor: first.next ?? '' });
	assert.deepEqual(
		next.items.map(({ text }) => text),
		['primeira'],
	);
	await assert.rejects(desk.notes.add({ ...ALL, operatorId: stranger.id }, chat, 'x'), { code: 'not_there' });
	await desk.notes.delete(ALL, chat, note.id);
	await assert.rejects(desk.notes.delete(ALL, chat, note.id), { code: 'not_there' });
});

test('a contact’s card: what is given changes, fields keep their order', async () => {
	await using world = await startDesk();
	const { desk } = world;
	const chat = await chatId(world);
	await desk.fields.setField(ACCOUNT, chat, { name: 'CPF', value: '1' });
	await desk.fields.setFieldByPhone(INSTANCE.id, MARIA, { name: 'Plano', value: 'Ouro' });
	await desk.fields.setField(ACCOUNT, chat, { name: 'CPF', value: '2' });
	const card = await desk.fields.update(ACCOUNT, chat, { city: 'Maringá' });
	assert.deepEqual(
		[card.email, card.city, card.genericFields],
		[
			'',
			'Maringá',
			[
				{ name: 'CPF', value: '2' },
				{ name: 'Plano', value: 'Ouro' },
			],
		],
	);
	assert.deepEqual(await desk.fields.card(ACCOUNT, chat), card);
	assert.deepEqual((await desk.fields.deleteField(ACCOUNT, chat, 'CPF')).genericFields.length, 1);
	await assert.rejects(desk.fields.deleteField(ACCOUNT, chat, 'CPF'), { code: 'not_there' });
	await assert.rejects(desk.fields.card('acc_x', chat), { code: 'not_there' });
	const other = await desk.fields.setFieldByPhone(INSTANCE.id, '5544922222222', { name: 'Plano', value: 'Prata' });
	assert.deepEqual(other.genericFields, [{ name: 'Plano', value: 'Prata' }], 'also of somebody who never wrote');
	await assert.rejects(desk.fields.setFieldByPhone(INSTANCE.id, 'x', { name: 'a', value: 'b' }), { code: 'invalid_phone' });
});

test('a custom button calls the API as documented, and does what it answers', async () => {
	await using world = await startDesk();
	const { rig, desk, requests } = world;
	const chat = await chatId(world);
	await desk.fields.setField(ACCOUNT, chat, { name: 'CPF', value: '1' });
	const url = 'https://api.loja.example/hook?a=1';
	const button = await desk.buttons.create(ACCOUNT, { name: 'Pedido', url, method: 'POST' });
	await assert.rejects(desk.buttons.create(ACCOUNT, { name: 'x', url: 'http://loja', method: 'GET' }), { code: 'webhook_not_https' });
	const press = () => desk.buttons.press(ALL, button.id, chat);
	assert.deepEqual(await press(), { kind: 'nothing' });
	const body = JSON.parse(requests[0]?.body ?? '') as object;
	assert.deepEqual(Object.keys(body).sort(), Object.keys(CONTRACT.example).sort());
	assert.deepEqual(body, {
		phone: MARIA,
		name: 'Maria',
		genericFields: [{ name: 'CPF', value: '1' }],
		email: '',
		city: '',
		observation: '',
	});
	world.answer = answered(200, '{"modal":"<b>Pedido 7</b>"}');
	assert.deepEqual(await press(), { kind: 'modal', modal: '<b>Pedido 7</b>' });
	world.answer = answered(200, '{"message":"Seu pedido saiu"}');
	const outcome = await press();
	assert.equal(outcome.kind === 'message' && outcome.message.origin, 'automatic');
	await rig.clock.advance(10);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['Seu pedido saiu'],
	);
	for (const wrong of [answered(500, 'null'), answered(200, ''), answered(200, '{"message":""}'), answered(200, '[1]')]) {
		world.answer = wrong;
		await assert.rejects(press(), { code: 'button_failed' });
	}
	world.answer = answered(200, 'null');
	await desk.buttons.update(ACCOUNT, button.id, { method: 'GET' });
	await press();
	const asked = new URL(requests.at(-1)?.url ?? '');
	assert.deepEqual([...asked.searchParams.keys()].sort(), ['a', ...Object.keys(CONTRACT.example)].sort());
	assert.equal(requests.at(-1)?.method, 'GET');
	await desk.buttons.delete(ACCOUNT, button.id);
	assert.deepEqual(await desk.buttons.list(ACCOUNT), []);
	await assert.rejects(press(), { code: 'not_there' });
});

/** The comparer itself: it finds what it is there to find. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, differencesFromExample, httpContract, webhookContract } from './contract.ts';

const text = webhookContract('z-api', 'received-text');

test('the documented example is as documented, optional members may be missing', () => {
	assert.deepEqual(differences(text.example, text), []);
	assert.deepEqual(differences({ ...text.example, text: { message: 'a' } }, text), []);
});

test('missing, undocumented and wrongly typed keys are found at any depth', () => {
	const { momment: _momment, ...rest } = text.example;
	assert.deepEqual(differences({ ...rest, moment: 1, isGroup: 'no', text: { message: 5, body: '' }, participantPhone: 1 }, text), [
		'momment is missing',
		'isGroup is string, documented as boolean',
		'participantPhone is number, documented as string|null',
		'text.message is number, documented as string',
		'text.body is not documented',
		'moment is not documented',
	]);
});

test('entries of a map are held against the shape they have', () => {
	const contract = webhookContract('plugchat', 'start-attendance');
	const chat = contract.example['chat'] as Record<string, Record<string, string>>;
	const inbound = chat['ID_DA_MENSAGEM'] ?? {};
	const outbound = chat['ID_DA_MENSAGEM_2'] ?? {};
	const found = (entries: object) => differences({ ...contract.example, chat: entries }, contract);
	assert.deepEqual(found({ A: inbound, B: outbound }), []);
	const { photo: _photo, ...withoutPhoto } = inbound;
	assert.deepEqual(found({ A: withoutPhoto, B: { ...outbound, photo: 'x' } }), [
		'chat.A.photo is missing',
		'chat.B.photo is not documented in this shape',
	]);
	assert.deepEqual(found({ A: { fromMe: 'no' } }), ['chat.A is in no documented shape']);
});

test('elements of a list', () => {
	const contract = webhookContract('plugchat', 'finish-attendance-categories');
	const attendance = contract.example['attendance'] as object;
	assert.deepEqual(differences({ ...contract.example, attendance: { ...attendance, attendanceCategories: [{ color: 1 }] } }, contract), [
		'attendance.attendanceCategories[0].categoryId is missing',
		'attendance.attendanceCategories[0].categoryName is missing',
		'attendance.attendanceCategories[0].itemId is missing',
		'attendance.attendanceCategories[0].itemName is missing',
		'attendance.attendanceCategories[0].color is number, documented as string',
	]);
});

test('answers of endpoints', () => {
	const documented = httpContract('z-api', 'message.send-message-text').responses['200']?.body ?? null;
	assert.deepEqual(differencesFromExample({ zaapId: 'a', messageId: 'b', id: 'b' }, documented), []);
	assert.deepEqual(differencesFromExample({ zaapId: 1, messageId: 'b' }, documented), [
		'id is missing',
		'zaapId is number, documented as string',
	]);
	assert.throws(() => httpContract('z-api', 'nothing'));
});

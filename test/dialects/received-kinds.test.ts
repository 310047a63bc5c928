/** How messages are told that no file of the contracts prints: nothing undocumented is made up, and nothing that can be told is left out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plugchatRenderer } from '../../src/dialects/plugchat/renderer.ts';
import { zApiRenderer } from '../../src/dialects/z-api/renderer.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Correspondent, DomainEvent } from '../../src/domain/event.ts';
import type { Message } from '../../src/domain/message.ts';
import { differences, type JsonObject, memberOf, webhookContract } from '../support/contract.ts';
import { attendanceEvent, received, webhook } from './events.ts';

const OWN_PHONE = '554499999999';
const GROUP: Correspondent = {
	chatId: 'cht_2',
	phone: '120363019502650977-group',
	chatName: 'Grupo',
	senderName: 'Grupo',
	photoUrl: 'https://group',
};
const ANA = { phone: '5544966665555', name: 'Ana', lid: '99999999999999@lid', photoUrl: 'https://ana' };
const TO = { whatsappId: '3EB0796DC6B777C0C7CD', fromMe: true };
const IMAGE = { kind: 'image' as const, url: 'https://image', mimeType: 'image/jpeg' };

function zApi(change: Partial<Message>, from?: Correspondent, sentByMe = true): readonly JsonObject[] {
	return bodiesOf(zApiRenderer.render(received(change, from), webhook('z-api', { received: { sentByMe } })));
}

function plugchat(form: string, change: Partial<Message>): readonly JsonObject[] {
	return bodiesOf(plugchatRenderer.render(received(change), webhook('plugchat', { receiveMessage: { form } })));
}

function bodiesOf(texts: readonly string[]): readonly JsonObject[] {
	return texts.map((text) => JSON.parse(text));
}

function membersOf(body: JsonObject | undefined, ...keys: readonly string[]): JsonObject {
	return Object.fromEntries(keys.map((key) => [key, body?.[key] ?? null]));
}

test('a group: the chat is the group, the sender who wrote, and ours is told by our number', () => {
	const content: MessageContent = { kind: 'text', text: 'Oi', context: { participant: ANA } };
	const members = ['chatName', 'photo', 'senderName', 'senderPhoto', 'senderLid', 'participantPhone', 'participantLid', 'isGroup'];
	const [theirs] = zApi({ content }, GROUP);
	assert.deepEqual(membersOf(theirs, ...members), {
		chatName: 'Grupo',
		photo: 'https://group',
		senderName: 'Ana',
		senderPhoto: 'https://ana',
		senderLid: ANA.lid,
		participantPhone: ANA.phone,
		participantLid: ANA.lid,
		isGroup: true,
	});
	const [ours] = zApi({ fromMe: true, content: { kind: 'text', text: 'Oi' } }, GROUP);
	assert.deepEqual(membersOf(ours, 'senderName', 'participantPhone', 'participantLid'), {
		senderName: OWN_PHONE,
		participantPhone: OWN_PHONE,
		participantLid: null,
	});
});

test('what points to a message of a group names its author', () => {
	const context = { participant: ANA };
	const participantOf = (content: MessageContent) =>
		memberOf(memberOf(zApi({ content }, GROUP)[0], 'reaction'), 'referencedMessage')['participant'];
	assert.equal(participantOf({ kind: 'reaction', emoji: '👍', to: { ...TO, fromMe: false, participantPhone: '5511' }, context }), '5511');
	assert.equal(participantOf({ kind: 'reaction', emoji: '👍', to: TO, context }), OWN_PHONE);
	const [body] = zApi({ content: { kind: 'reaction', emoji: '👍', to: TO, context } }, GROUP);
	assert.equal(memberOf(body, 'reaction')['reactionBy'], ANA.phone);
});

test('an edit and a deletion are told by the id of the message that they are about', () => {
	const [edited] = zApi({ content: { kind: 'edit', to: TO, content: { kind: 'text', text: 'novo' } } });
	assert.deepEqual(membersOf(edited, 'messageId', 'isEdit', 'text'), {
		messageId: TO.whatsappId,
		isEdit: true,
		text: { message: 'novo' },
	});
	const [deleted] = zApi({ content: { kind: 'deletion', to: TO } });
	assert.deepEqual(membersOf(deleted, 'messageId', 'notification'), { messageId: TO.whatsappId, notification: 'REVOKE' });
});

test('several contacts are one with all their cards', () => {
	const contacts = [
		{ name: 'Ana', phones: ['5544999990000'], vCard: 'CARD Ana' },
		{ name: 'Bia', phones: ['5544999991111', '5544999992222'], vCard: 'CARD Bia' },
	];
	const [body] = zApi({ content: { kind: 'contacts', contacts } });
	assert.deepEqual(body?.['contact'], {
		displayName: 'Ana, Bia',
		vCard: 'CARD Ana\nCARD Bia',
		phones: ['5544999990000', '5544999991111', '5544999992222'],
	});
	assert.deepEqual(differences(body, webhookContract('z-api', 'received-contact')), []);
});

test('lists and catalogues, of which nothing is printed, are their text', () => {
	const options = [{ id: '1', title: 'Um' }];
	const texts: readonly MessageContent[] = [
		{ kind: 'list', text: 'Escolha', title: 'Opções', buttonLabel: 'Ver', options },
		{ kind: 'catalog', businessPhone: OWN_PHONE, text: 'Escolha', title: 'Opções' },
	];
	for (const content of texts) {
		const [body] = zApi({ content });
		assert.deepEqual(body?.['text'], { message: 'Escolha', title: 'Opções' });
		assert.deepEqual(differences(body, webhookContract('z-api', 'received-text')), []);
	}
	const [bare] = zApi({ content: { kind: 'catalog', businessPhone: OWN_PHONE, text: 'Veja' } });
	assert.deepEqual(bare?.['text'], { message: 'Veja' });
});

test('a button that calls is a link that a phone dials, and a code is encoded', () => {
	const [body] = zApi({
		content: {
			kind: 'template',
			templateId: '',
			text: 'Fale',
			buttons: [
				{ action: 'call', label: 'Ligar', phone: OWN_PHONE },
				{ action: 'copy', label: 'Copiar', code: 'a&b' },
			],
		},
	});
	const buttons = memberOf(body, 'hydratedTemplate')['hydratedButtons'] as readonly JsonObject[];
	assert.deepEqual(
		buttons.map((button) => memberOf(button, 'urlButton')['url']),
		[`tel:+${OWN_PHONE}`, 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=a%26b'],
	);
});

test('an event has its place by name, and no link without a call', () => {
	const event = { kind: 'event' as const, name: 'Festa', startsAt: 1_900_000_000_999, isCanceled: false };
	const [body] = zApi({ content: { ...event, place: { name: 'Praça', latitude: 1 } } });
	assert.deepEqual(membersOf(memberOf(body, 'event'), 'location', 'joinLink', 'scheduleTime'), {
		location: { name: 'Praça' },
		joinLink: '',
		scheduleTime: 1_900_000_000,
	});
});

test('that a message was forwarded or will vanish is told where it is so', () => {
	const [plain] = zApi({});
	assert.equal('forwarded' in (plain ?? {}) || 'messageExpirationSeconds' in (plain ?? {}), false);
	const [body] = zApi({ content: { ...IMAGE, context: { forwarded: true, expiresInSeconds: 86_400 } } });
	assert.deepEqual(membersOf(body, 'forwarded', 'messageExpirationSeconds'), { forwarded: true, messageExpirationSeconds: 86_400 });
});

test('an unpinning, a vote taken back, a status reply without picture', () => {
	const [unpinned] = zApi({ fromMe: true, content: { kind: 'pin', isPinned: false, seconds: 0, to: TO } });
	assert.equal(memberOf(unpinned, 'pinMessage')['action'], 'unpin');
	const [vote] = zApi({ content: { kind: 'poll-vote', options: [], to: TO } });
	assert.deepEqual(memberOf(vote, 'pollVote')['options'], []);
	const [reply] = zApi({ content: { kind: 'text', text: 'Que legal', context: { statusReply: { whatsappId: 'S1' } } } });
	assert.deepEqual([reply?.['referenceMessageId'], 'statusImage' in (reply ?? {})], ['S1', false]);
});

test('what WhatsApp itself wrote is told where own messages are not wanted', () => {
	const notice: MessageContent = { kind: 'notice', name: 'PROFILE_NAME_UPDATED', parameters: [], details: { profileName: 'Loja' } };
	const [body] = zApi({ fromMe: true, content: notice }, undefined, false);
	assert.equal(body?.['profileName'], 'Loja');
	assert.deepEqual(zApi({ fromMe: true }, undefined, false), []);
});

test('a notice of another name has the envelope of its chat', () => {
	const notice: MessageContent = { kind: 'notice', name: 'GROUP_CHANGE_SUBJECT', parameters: ['Novo'], context: { participant: ANA } };
	const [inGroup] = zApi({ content: notice }, GROUP);
	assert.deepEqual(differences(inGroup, webhookContract('z-api', 'received-notification-group-create')), []);
	const [elsewhere] = zApi({ content: { ...notice, context: {} } });
	assert.deepEqual(differences(elsewhere, webhookContract('z-api', 'received-notification-e2e-encrypted')), []);
});

test("plugchat: kinds that its pages do not print are Z-API's today, and have the short envelope of 2022", () => {
	const content: MessageContent = { kind: 'poll', question: 'Qual?', maxOptions: 1, options: ['a', 'b'] };
	const [today] = plugchat('app', { content });
	assert.deepEqual(differences(today, webhookContract('z-api', 'received-poll')), []);
	const [before] = plugchat('legacy', { content });
	const { text: _text, ...envelope } = webhookContract('plugchat', 'received-text-legacy').example;
	assert.deepEqual(Object.keys(before ?? {}).sort(), [...Object.keys(envelope), 'poll'].sort());
});

test('plugchat: a picture that could not be fetched keeps the documented types', () => {
	const [body] = plugchat('legacy', { content: { ...IMAGE, url: '', downloadError: 'gone' } });
	assert.deepEqual(differences(body, webhookContract('plugchat', 'received-image')), []);
});

test('plugchat: the forms that only the management API chooses', () => {
	const finished = bodiesOf(
		plugchatRenderer.render(attendanceEvent('attendance.finished'), webhook('plugchat', { finishAttendance: { form: '2022-04' } })),
	);
	assert.deepEqual(differences(finished[0], webhookContract('plugchat', 'finish-attendance-2022-04')), []);
	assert.deepEqual(membersOf(memberOf(finished[0], 'attendance'), 'finishBy', 'id', 'operators'), {
		finishBy: 'opr_1',
		id: 'atd_1',
		operators: { opr_1: true },
	});
	const started = (event: DomainEvent) =>
		bodiesOf(plugchatRenderer.render(event, webhook('plugchat', { startAttendance: { form: 'app-page' } })))[0];
	const page = webhookContract('plugchat', 'start-attendance-app');
	assert.deepEqual(differences(started(attendanceEvent('attendance.started')), page), []);
	assert.equal(started(attendanceEvent('attendance.started'))?.['messageId'], 'ID_DA_MENSAGEM_2');
	assert.deepEqual(membersOf(started(attendanceEvent('attendance.started', {}, [])), 'zaapId', 'messageId'), { zaapId: '', messageId: '' });
	assert.deepEqual(plugchatRenderer.subscriptionsFor(['attendance.started'], 'app-page'), { startAttendance: { form: 'app-page' } });
});

/** Every payload of Plugchat in scope, in its generations, against contracts and seeds: keys, types, spelling and the documented values. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plugchatRenderer } from '../../src/dialects/plugchat/renderer.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Subscriptions } from '../../src/domain/webhook.ts';
import { differences, type JsonObject, memberOf, seedBlocks, webhookContract, withMember } from '../support/contract.ts';
import { attendanceEvent, CUSTOMER, event, message, ownMessage, received, webhook } from './events.ts';

const SLOTS = [
	'sendingMessage',
	'messageDeliveryError',
	'receiveMessage',
	'messageStatus',
	'whenDisconnecting',
	'startAttendance',
	'finishAttendance',
	'chatPresence',
];

function all(form: 'legacy' | 'flat' | 'app'): Subscriptions {
	return Object.fromEntries(SLOTS.map((slot) => [slot, { form }]));
}

function renderText(happened: DomainEvent, subscriptions: Subscriptions): readonly string[] {
	return plugchatRenderer.render(happened, webhook('plugchat', subscriptions));
}

function render(happened: DomainEvent, subscriptions: Subscriptions): JsonObject[] {
	return renderText(happened, subscriptions).map((body) => JSON.parse(body));
}

const short = { ...CUSTOMER, phone: '554499999999' };

test('plugchat sendingMessage: seed 000, byte for byte, through value and through the flat body', () => {
	const sent = event('message.sent', { message: ownMessage({ customId: '123' }), with: short });
	const documented = seedBlocks('000').find((block) => block['type'] === 'DeliveryCallback');
	for (const form of ['app', 'flat'] as const) {
		assert.deepEqual(renderText(sent, all(form)), [JSON.stringify(documented)]);
		assert.deepEqual(differences(render(sent, all(form))[0], webhookContract('plugchat', 'sending-message')), []);
	}
});

test('plugchat on-message-send: seed 001, byte for byte, with customId where the caller gave one', () => {
	const sent = event('message.sent', { message: ownMessage({ customId: '123' }), with: short });
	const documented = seedBlocks('001').find((block) => block['type'] === 'DeliveryCallback');
	assert.deepEqual(renderText(sent, all('legacy')), [JSON.stringify(documented)]);
	const [without] = render(event('message.sent', { message: ownMessage(), with: short }), all('legacy'));
	assert.deepEqual(differences(without, webhookContract('plugchat', 'sending-message-legacy')), []);
	assert.equal('customId' in (without ?? {}), false);
});

test('plugchat messageDeliveryError', () => {
	const failure = { code: 'not_on_whatsapp', reason: 'Phone number does not exist' };
	const failed = event('message.failed', { message: ownMessage({ status: 'failed', failure }), with: short });
	const contract = webhookContract('plugchat', 'message-delivery-error');
	assert.deepEqual(render(failed, all('flat')), [contract.example]);
	assert.deepEqual(differences(render(failed, all('app'))[0], contract), []);
});

const medium = { url: 'https://', thumbnailUrl: 'https://' };
const contents: Readonly<Record<string, { readonly content: MessageContent; readonly at: number }>> = {
	image: { content: { kind: 'image', mimeType: 'image/jpeg', ...medium }, at: 1632228828000 },
	audio: { content: { kind: 'audio', mimeType: 'audio/ogg; codecs=opus', seconds: 3, ...medium }, at: 1632228849000 },
	video: { content: { kind: 'video', mimeType: 'video/mp4', ...medium }, at: 1632228889000 },
	document: {
		content: { kind: 'document', mimeType: 'application/pdf', fileName: 'nome.pdf', title: 'nome', pageCount: 1, ...medium },
		at: 1632228955000,
	},
	location: { content: { kind: 'location', latitude: -99.9999999999, longitude: -99.9999999999 }, at: 1632228970000 },
	contact: {
		content: {
			kind: 'contact',
			name: 'Cesar Baleco',
			phones: ['5544999999999'],
			vCard: 'BEGIN:VCARD\nVERSION:3.0\nN:;nome;;;\nFN:nome\nTEL;type=CELL;type=VOICE;waid=5544999999999:+55 44 9999-9999\nEND:VCARD',
		},
		at: 1632228925000,
	},
};

test('plugchat received text: of 2022 and of today', () => {
	const happened = received();
	assert.deepEqual(render(happened, all('legacy')), [webhookContract('plugchat', 'received-text-legacy').example]);
	const today = webhookContract('plugchat', 'received-text');
	for (const form of ['app', 'flat'] as const) {
		const [body] = render(happened, all(form));
		assert.deepEqual(differences(body, today), []);
		assert.deepEqual(body, { ...today.example, text: { message: 'teste' } });
	}
});

for (const [kind, { content, at }] of Object.entries(contents)) {
	test(`plugchat received ${kind}: of 2022, and with the same content in today's envelope`, () => {
		const contract = webhookContract('plugchat', `received-${kind}`);
		assert.deepEqual(render(received({ content, createdAt: at }), all('legacy')), [contract.example]);
		const today = withMember(webhookContract('plugchat', 'received-text'), 'text', contract, kind);
		const [body] = render(received({ content, createdAt: at }), all('app'));
		assert.deepEqual(differences(body, today), []);
		assert.deepEqual(body, { ...today.example, momment: at });
	});
}

test('plugchat received reaction: Z-API spells it, the envelope stays', () => {
	const content: MessageContent = { kind: 'reaction', emoji: '❤️', to: { whatsappId: '3EB0796DC6B777C0C7CD', fromMe: true } };
	const reaction = webhookContract('z-api', 'received-reaction');
	const [body] = render(received({ content }), all('app'));
	assert.deepEqual(differences(body, withMember(webhookContract('plugchat', 'received-text'), 'text', reaction, 'reaction')), []);
});

test('plugchat: own messages are echoed where notifySentByMe is on', () => {
	const sent = event('message.sent', { message: ownMessage(), with: CUSTOMER });
	const bodies = render(sent, { sendingMessage: { form: 'app' }, receiveMessage: { form: 'app', sentByMe: true } });
	assert.deepEqual(
		bodies.map((body) => [body['type'], body['fromMe'], body['status']]),
		[
			['DeliveryCallback', undefined, undefined],
			['ReceivedCallback', true, 'SENT'],
		],
	);
	assert.deepEqual(differences(bodies[1], webhookContract('plugchat', 'received-text')), []);
	assert.deepEqual(render(sent, { receiveMessage: { form: 'app' } }), []);
	const written = received({ fromMe: true });
	assert.deepEqual(render(written, all('app')), []);
	assert.equal(render(written, { receiveMessage: { form: 'app', sentByMe: true } }).length, 1);
});

for (const status of ['sent', 'received', 'read', 'played'] as const) {
	test(`plugchat status ${status}`, () => {
		const own = ownMessage({ whatsappId: '999999999999999999999' });
		const reached = event('message.status', { message: own, status, with: CUSTOMER }, { at: 1632234645000 });
		assert.deepEqual(render(reached, all('flat')), [webhookContract('plugchat', `status-${status}`).example]);
	});
}

test('plugchat status READ-SELF, and the one of 2022', () => {
	const theirs = message({ whatsappId: '999999999999999999999' });
	const read = event('message.status', { message: theirs, status: 'read', with: CUSTOMER }, { at: 1632234645000 });
	assert.deepEqual(render(read, all('app')), [webhookContract('plugchat', 'status-read-self').example]);
	const own = ownMessage({ whatsappId: '999999999999999999999' });
	const legacy = webhookContract('plugchat', 'message-status-legacy');
	const reached = (status: 'received' | 'read') => event('message.status', { message: own, status, with: CUSTOMER }, { at: 1632234645000 });
	assert.deepEqual(render(reached('received'), all('legacy')), [legacy.example]);
	assert.deepEqual(render(reached('read'), all('legacy')), [{ ...legacy.example, status: 'READ' }]);
});

test('plugchat disconnected: seconds, and instanceId but for the legacy form', () => {
	const lost = event('instance.disconnected', { reason: 'Device has been disconnected' }, { at: 1580163342999 });
	assert.deepEqual(render(lost, all('app')), [webhookContract('plugchat', 'disconnected').example]);
	assert.deepEqual(render(lost, all('legacy')), [webhookContract('plugchat', 'disconnected-legacy').example]);
});

for (const status of ['available', 'unavailable', 'composing', 'recording', 'paused'] as const) {
	test(`plugchat chat-presence-${status}`, () => {
		const contract = webhookContract('plugchat', `chat-presence-${status}`);
		assert.deepEqual(render(event('chat.presence', { status, with: CUSTOMER }), all('legacy')), [contract.example]);
	});
}

/** The contracts rename the second key of the seed's map, which JSON cannot have twice, but not the id inside. */
function withSecondId(example: JsonObject): JsonObject {
	const chat = example['chat'] as Record<string, JsonObject>;
	return { ...example, chat: { ...chat, ID_DA_MENSAGEM_2: { ...chat['ID_DA_MENSAGEM_2'], messageId: 'ID_DA_MENSAGEM_2' } } };
}

test('plugchat startAttendance: seed 002, byte for byte', () => {
	const contract = webhookContract('plugchat', 'start-attendance');
	const [body] = renderText(attendanceEvent('attendance.started'), all('flat'));
	assert.equal(body, JSON.stringify(withSecondId(contract.example)));
	assert.deepEqual(differences(JSON.parse(body ?? ''), contract), []);
});

test('plugchat finishAttendance: seed 002, byte for byte, with one category and with a list', () => {
	const single = {
		form: 'single',
		category: { id: 'id da categoria', name: 'nome da categoria', color: '#DDDD' },
	} as const;
	const choice = { categoryId: 'id_categoria', color: 'cor_categoria', itemId: 'id_item_vinculado_na_categoria', itemName: 'Nome do item' };
	const list = {
		form: 'list',
		choices: [
			{ ...choice, categoryName: 'Padrão' },
			{ ...choice, categoryName: 'nome_categoria' },
		],
	} as const;
	for (const [name, categorisation] of [
		['finish-attendance-category', single],
		['finish-attendance-categories', list],
	] as const) {
		const contract = webhookContract('plugchat', name);
		const [body] = renderText(attendanceEvent('attendance.finished', { categorisation }), all('flat'));
		assert.equal(body, JSON.stringify(withSecondId(contract.example)));
		assert.deepEqual(differences(JSON.parse(body ?? ''), contract), []);
	}
});

test('plugchat finishAttendance: what nobody wrote is empty, a missing category leaves both keys out', () => {
	const event = attendanceEvent('attendance.finished', {}, []);
	const bare = { ...event, data: { ...event.data } } as typeof event;
	if (bare.type !== 'attendance.finished') throw new Error('not finished');
	const { report: _report, ratingObservation: _rating, department: _department, ...attendance } = bare.data.attendance;
	const [body] = render({ ...bare, data: { ...bare.data, attendance: { ...attendance, operators: [] } } }, all('app'));
	assert.deepEqual(differences(body, webhookContract('plugchat', 'finish-attendance-category')), []);
	const told = memberOf(body, 'attendance');
	assert.deepEqual([told['operatorReport '], told['ratingObservation'], told['departament']], ['', '', '']);
	assert.equal('attendanceCategory' in told || 'attendanceCategories' in told, false);
	assert.deepEqual(body?.['chat'], {});
});

test('plugchat transcript: media under the key of their kind, statuses in the documented words', () => {
	const image = contents['image']?.content;
	assert.ok(image);
	const [body] = render(
		attendanceEvent(
			'attendance.started',
			{
				operators: [
					{ id: '1', name: 'Ana' },
					{ id: '2', name: 'Bia' },
				],
			},
			[
				{ message: message({ whatsappId: 'IN', content: image }) },
				{ message: ownMessage({ whatsappId: 'OUT', content: image, status: 'played' }) },
				{ message: ownMessage({ whatsappId: 'QUEUED', status: 'queued' }) },
				{ message: message({ whatsappId: 'ODD', content: { kind: 'unknown', raw: 1 } }) },
			],
		),
		all('app'),
	);
	const chat = body?.['chat'] as Record<string, JsonObject>;
	const documented = webhookContract('plugchat', 'received-image').example['image'];
	assert.deepEqual(Object.keys(chat), ['IN', 'OUT', 'QUEUED', 'ODD']);
	assert.deepEqual([chat['IN']?.['image'], chat['OUT']?.['image']], [documented, documented]);
	assert.deepEqual(
		[chat['OUT']?.['status'], chat['OUT']?.['isAutomaticMessage'], chat['QUEUED']?.['status']],
		['PLAYED', false, 'PENDING'],
	);
	assert.deepEqual([chat['ODD']?.['waitingMessage'], chat['IN']?.['waitingMessage']], [true, false]);
	assert.equal(memberOf(body, 'attendance')['operator'], 'Ana, Bia');
});

test('plugchat: subscriptions of the management API are of the app form', () => {
	assert.deepEqual(plugchatRenderer.subscriptionsFor(['message.received', 'attendance.finished', 'instance.connected']), {
		receiveMessage: { form: 'app' },
		finishAttendance: { form: 'app' },
	});
	assert.deepEqual(plugchatRenderer.eventsOf(all('legacy')).length, 8);
});

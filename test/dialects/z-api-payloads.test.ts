/** Every payload of Z-API in scope, against its contract: keys, types, spelling, and the documented values where an event can have them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zApiRenderer } from '../../src/dialects/z-api/renderer.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { differences, type JsonObject, memberOf, seedBlocks, webhookContract } from '../support/contract.ts';
import { CUSTOMER, EXAMPLE_ID, event, message, ownMessage, received, webhook } from './events.ts';

const ALL = webhook('z-api', {
	delivery: {},
	received: {},
	messageStatus: {},
	disconnected: {},
	connected: {},
	chatPresence: {},
});

function render(happened: DomainEvent, to = ALL): JsonObject[] {
	return zApiRenderer.render(happened, to).map((body) => JSON.parse(body));
}

const medium = { url: 'https://', thumbnailUrl: 'https://' };
const contents: Readonly<Record<string, { readonly content: MessageContent; readonly at: number }>> = {
	'received-text': { content: { kind: 'text', text: 'teste' }, at: 1632228638000 },
	'received-image': {
		content: { kind: 'image', mimeType: 'image/jpeg', width: 600, height: 315, viewOnce: true, ...medium },
		at: 1632228828000,
	},
	'received-audio': {
		content: { kind: 'audio', mimeType: 'audio/ogg; codecs=opus', seconds: 10, voiceNote: true, viewOnce: true, ...medium },
		at: 1632228849000,
	},
	'received-video': { content: { kind: 'video', mimeType: 'video/mp4', seconds: 13, viewOnce: true, ...medium }, at: 1632228889000 },
	'received-document': {
		content: { kind: 'document', mimeType: 'application/pdf', fileName: 'nome.pdf', pageCount: 1, ...medium },
		at: 1632228955000,
	},
	'received-location': { content: { kind: 'location', latitude: -99.9999999999, longitude: -99.9999999999 }, at: 1632228970000 },
	'received-contact': {
		content: {
			kind: 'contact',
			name: 'Cesar Baleco',
			phones: ['5544999999999'],
			vCard: 'BEGIN:VCARD\nVERSION:3.0\nN:;nome;;;\nFN:nome\nTEL;type=CELL;type=VOICE;waid=5544999999999:+55 44 9999-9999\nEND:VCARD',
		},
		at: 1632228925000,
	},
};

for (const [name, { content, at }] of Object.entries(contents)) {
	test(`z-api ${name}: the documented example, value for value`, () => {
		const contract = webhookContract('z-api', name);
		const [body, ...more] = render(received({ content, createdAt: at }));
		assert.deepEqual(more, []);
		assert.deepEqual(differences(body, contract), []);
		const text = content.kind === 'text' ? { text: { message: 'teste' } } : {};
		assert.deepEqual(body, { ...contract.example, ...text });
	});
}

test('z-api: media of which the channel told nothing keep the documented types', () => {
	const bare = { url: 'https://', mimeType: 'x/y' };
	for (const kind of ['image', 'audio', 'video', 'document'] as const) {
		const [body] = render(received({ content: { kind, ...bare } }));
		assert.deepEqual(differences(body, webhookContract('z-api', `received-${kind}`)), []);
	}
	const { photoUrl: _photo, lid: _lid, ...stranger } = CUSTOMER;
	const [body] = render(received({}, stranger));
	assert.deepEqual(differences(body, webhookContract('z-api', 'received-text')), []);
});

for (const [name, emoji] of [
	['received-reaction', '❤️'],
	['received-reaction-removed', ''],
] as const) {
	test(`z-api ${name}`, () => {
		const content: MessageContent = { kind: 'reaction', emoji, to: { whatsappId: '3EB0796DC6B777C0C7CD', fromMe: true } };
		const [body] = render(received({ content }));
		assert.deepEqual(differences(body, webhookContract('z-api', name)), []);
		assert.equal(memberOf(body, 'reaction')['value'], emoji);
	});
}

test('z-api received-reply', () => {
	const [body] = render(received({ replyTo: '3EB0796DC6B777C0C7CD' }));
	assert.deepEqual(body, webhookContract('z-api', 'received-reply').example);
});

test('z-api: a kind this version does not know comes as a waiting message, without content', () => {
	const content: MessageContent = { kind: 'unknown', raw: { poll: 1 } };
	const [body] = render(received({ content }));
	const { text: _text, ...envelope } = webhookContract('z-api', 'received-text').example;
	assert.deepEqual(body, { ...envelope, waitingMessage: true });
});

test('z-api received-sent-by-me: an own message is echoed where it is wanted, after its delivery', () => {
	const sent = event(
		'message.sent',
		{ message: ownMessage(), with: CUSTOMER },
		{ at: 1739368022130, instance: { id: EXAMPLE_ID, phone: '554499999999' } },
	);
	assert.equal(render(sent).length, 1);
	const [delivery, echo, ...more] = render(sent, webhook('z-api', { received: { sentByMe: true }, delivery: {} }));
	assert.equal(delivery?.['type'], 'DeliveryCallback');
	assert.deepEqual(more, []);
	const contract = webhookContract('z-api', 'received-sent-by-me');
	assert.deepEqual(differences(echo, contract), []);
	// Our own number is the sender: it has no profile here.
	assert.deepEqual(echo, { ...contract.example, senderName: '554499999999', senderPhoto: '' });
});

test('z-api: what was written on the own phone goes to "sent by me" only, and is not from the API', () => {
	const written = received({ fromMe: true });
	assert.deepEqual(render(written), []);
	const [echo] = render(written, webhook('z-api', { received: { sentByMe: true } }));
	assert.deepEqual(differences(echo, webhookContract('z-api', 'received-sent-by-me')), []);
	// What came from another device was received, as the documented examples of own messages have it.
	assert.deepEqual([echo?.['fromMe'], echo?.['fromApi'], echo?.['status']], [true, false, 'RECEIVED']);
});

test('z-api delivery: seed 003, byte for byte', () => {
	const sent = event('message.sent', { message: ownMessage({ customId: '123' }), with: { ...CUSTOMER, phone: '554499999999' } });
	const [, documented] = seedBlocks('003');
	assert.deepEqual(zApiRenderer.render(sent, ALL), [JSON.stringify(documented)]);
	assert.deepEqual(differences(render(sent)[0], webhookContract('z-api', 'delivery')), []);
});

test('z-api delivery-error: the same slot, with the reason', () => {
	const failure = { code: 'not_on_whatsapp', reason: 'Phone number does not exist' };
	const failed = event('message.failed', {
		message: ownMessage({ status: 'failed', failure }),
		with: { ...CUSTOMER, phone: '554499999999' },
	});
	const contract = webhookContract('z-api', 'delivery-error');
	assert.deepEqual(render(failed), [contract.example]);
	assert.deepEqual(differences(render(failed)[0], contract), []);
});

for (const status of ['sent', 'received', 'read', 'played'] as const) {
	test(`z-api status-${status}`, () => {
		const own = ownMessage({ whatsappId: '999999999999999999999' });
		const reached = event('message.status', { message: own, status, with: CUSTOMER }, { at: 1632234645000 });
		assert.deepEqual(render(reached), [webhookContract('z-api', `status-${status}`).example]);
	});
}

test('z-api status-read-by-me: an incoming message that we read', () => {
	const theirs = message({ whatsappId: '999999999999999999999' });
	const read = event('message.status', { message: theirs, status: 'read', with: CUSTOMER }, { at: 1632234645000 });
	assert.deepEqual(render(read), [webhookContract('z-api', 'status-read-by-me').example]);
});

test('z-api disconnected and connected', () => {
	const lost = event('instance.disconnected', { reason: 'Device has been disconnected' }, { at: 1580163342999 });
	assert.deepEqual(render(lost), [webhookContract('z-api', 'disconnected').example]);
	const back = event('instance.connected', {}, { at: 26151515154, instance: { id: 'instance.id', phone: '5544999999999' } });
	assert.deepEqual(render(back), [webhookContract('z-api', 'connected').example]);
});

for (const status of ['available', 'unavailable', 'composing', 'recording', 'paused'] as const) {
	test(`z-api chat-presence-${status}`, () => {
		const contract = webhookContract('z-api', `chat-presence-${status}`);
		assert.deepEqual(render(event('chat.presence', { status, with: CUSTOMER })), [contract.example]);
		const [seen] = render(event('chat.presence', { status, lastSeenAt: 1632228638000, with: CUSTOMER }));
		assert.deepEqual(differences(seen, contract), []);
	});
}

test('z-api: a webhook is told only what its slots want', () => {
	const happened = received();
	assert.deepEqual(render(happened, webhook('z-api', { delivery: {} })), []);
	assert.deepEqual(render(happened, webhook('z-api', {})), []);
});

test('z-api: subscriptions and events follow from each other', () => {
	assert.deepEqual(zApiRenderer.subscriptionsFor(['message.sent', 'instance.connected', 'attendance.started']), {
		delivery: {},
		connected: {},
	});
	assert.deepEqual(zApiRenderer.eventsOf({ delivery: {}, received: {} }), ['message.sent', 'message.failed', 'message.received']);
	assert.deepEqual(zApiRenderer.eventsOf({ received: { sentByMe: true } }), ['message.received', 'message.sent']);
	assert.deepEqual(zApiRenderer.eventsOf({}), []);
});

/** The bodies of Instant Message webhooks against the contracts and, byte for byte in their values, against seed 004. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instantMessageRenderer } from '../../src/dialects/instant-message/renderer.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { DomainEvent, EventData, EventType } from '../../src/domain/event.ts';
import { EVENT_TYPES } from '../../src/domain/event.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import { differences, webhookContract } from '../support/contract.ts';
import { CUSTOMER, event, message, webhook } from './events.ts';

const APPLICATION_ID = '5e138ee5d53f5b001b96fa54';
const DOCUMENT: MessageContent = {
	kind: 'document',
	url: 'http://linkteste.com/doc.pdf',
	mimeType: 'application/pdf',
	caption: 'Mensagem de teste',
	fileName: 'nome-arquivo.pdf',
};

/** What the document shows: an incoming document of the customer. */
function documented(change: Partial<Message> = {}): Message {
	return message({
		id: 'msg_5e178088a88ad9001b6e1914',
		thread: { contextId: '5e1789d9e73be8001ba18830', interactionId: '0398634d-5a10-4118-b44f-02d26f3a773a' },
		content: DOCUMENT,
		createdAt: Date.parse('2020-01-09T19:35:36.639Z'),
		updatedAt: Date.parse('2020-01-09T20:19:44.942Z'),
		...change,
	});
}

function applicationWebhook(slots: readonly string[] = ['response', 'status']): Webhook {
	const subscriptions = Object.fromEntries(slots.map((slot) => [slot, {}]));
	return { ...webhook('instant-message', subscriptions), applicationId: APPLICATION_ID };
}

function rendered<T extends EventType>(type: T, data: EventData[T], slots?: readonly string[]): readonly unknown[] {
	const happened = { ...event(type, data), id: 'evt_i3i4321d', instance: { id: 'ins_1', phone: '5544999027914' } };
	return instantMessageRenderer.render(happened as unknown as DomainEvent, applicationWebhook(slots)).map((body) => JSON.parse(body));
}

const CUSTOMER_OF_SEED = { ...CUSTOMER, phone: '554188956674', senderName: 'Maria da Silva' };

describe('response', () => {
	it('is the documented body', () => {
		const [body] = rendered('message.received', { message: documented(), with: CUSTOMER_OF_SEED });
		const { example } = webhookContract('instant-message', 'response');
		assert.deepEqual(body, {
			...example,
			// The document shows another number and time here than in the message that it tells about.
			clientData: { number: '+554188956674', name: 'Maria da Silva', timeLastMessage: '2020-01-09T19:35:36.639Z' },
			// One text stands for both: what WhatsApp knows is the caption.
			message: { ...Object(example['message']), mediaData: { ...Object(example['message']).mediaData, caption: 'Mensagem de teste' } },
		});
	});

	const kinds: readonly (readonly [string, MessageContent, string])[] = [
		['text', { kind: 'text', text: 'Mensagem de teste' }, 'response-text'],
		['location', { kind: 'location', latitude: -23.4, longitude: -51.9 }, 'response-location'],
		['document', { kind: 'document', url: 'https://x.example/a.pdf', mimeType: 'application/pdf' }, 'response'],
		['image', { kind: 'image', url: 'https://x.example/a.png', mimeType: 'image/png' }, 'response'],
		['video', { kind: 'video', url: 'https://x.example/a.mp4', mimeType: 'video/mp4' }, 'response'],
		['audio', { kind: 'audio', url: 'https://x.example/a.ogg', mimeType: 'audio/ogg' }, 'response'],
		['contact', { kind: 'contact', name: 'Ana', phones: ['5544999999999'], vCard: 'BEGIN:VCARD' }, 'response-text'],
		['reaction', { kind: 'reaction', emoji: '👍', to: { whatsappId: 'A', fromMe: true } }, 'response-text'],
		['unknown', { kind: 'unknown', raw: { poll: 1 } }, 'response-text'],
	];
	for (const [mediaType, content, contract] of kinds) {
		it(`tells ${mediaType} with every documented member, in the documented types`, () => {
			const { thread: _none, ...bare } = documented({ content });
			const [body] = rendered('message.received', { message: bare, with: CUSTOMER_OF_SEED });
			assert.deepEqual(differences(body, webhookContract('instant-message', contract)), []);
			assert.equal(Object(body).message.mediaType, mediaType);
		});
	}

	it('names the chat itself as the conversation where no thread was opened', () => {
		const { thread: _none, ...bare } = documented({ chatId: 'cht_0398634d5a104118b44f02d26f3a773a' });
		const [body] = rendered('message.received', { message: bare, with: CUSTOMER_OF_SEED });
		assert.equal(Object(body).message.interactionsId, '0398634d-5a10-4118-b44f-02d26f3a773a');
		assert.equal(Object(body).message.contextId, '');
	});

	it('is not told of what was written on the own phone', () => {
		assert.deepEqual(rendered('message.received', { message: documented({ fromMe: true }), with: CUSTOMER_OF_SEED }), []);
	});

	it('tells a tap as the text that was tapped', () => {
		const taps: readonly MessageContent[] = [
			{ kind: 'button-reply', buttonId: '1', text: 'Sim' },
			{ kind: 'list-reply', optionId: '1', title: 'Sim', text: 'Escolha' },
		];
		for (const content of taps) {
			const [body] = rendered('message.received', { message: documented({ content }), with: CUSTOMER_OF_SEED });
			assert.deepEqual(differences(body, webhookContract('instant-message', 'response-text')), []);
			const { message: told } = Object(body);
			assert.deepEqual([told.mediaType, told.message], ['text', 'Sim']);
		}
	});

	it('says nothing of groups, nor of what WhatsApp notes in a chat', () => {
		const group = { ...CUSTOMER_OF_SEED, phone: '120363019502650977-group' };
		const notice: MessageContent = { kind: 'notice', name: 'CALL_MISSED_VOICE', parameters: [] };
		assert.deepEqual(rendered('message.received', { message: documented(), with: group }), []);
		assert.deepEqual(rendered('message.status', { message: documented({ fromMe: true }), status: 'sent', with: group }), []);
		assert.deepEqual(rendered('message.received', { message: documented({ content: notice }), with: CUSTOMER_OF_SEED }), []);
	});
});

describe('status', () => {
	const own = documented({ fromMe: true, origin: 'api' });

	for (const [step, word] of [
		['sent', 'sent'],
		['received', 'delivered'],
		['read', 'read'],
	] as const) {
		it(`says ${word} for ${step}`, () => {
			const [body] = rendered('message.status', { message: own, status: step, with: CUSTOMER_OF_SEED });
			const contract = webhookContract('instant-message', `status-${word}`);
			assert.deepEqual(differences(body, contract), []);
			assert.deepEqual(Object(body).event, contract.example['event']);
			assert.deepEqual(
				{ to: Object(body).message.to, from: Object(body).message.from, status: Object(body).message.status },
				{ to: '+554188956674', from: '+5544999027914', status: 'stored' },
			);
		});
	}

	it('has no word for played, and nothing to say of incoming messages', () => {
		assert.deepEqual(rendered('message.status', { message: own, status: 'played', with: CUSTOMER_OF_SEED }), []);
		assert.deepEqual(rendered('message.status', { message: documented(), status: 'read', with: CUSTOMER_OF_SEED }), []);
	});
});

describe('what an application is told', () => {
	it('follows its slots', () => {
		const received = { message: documented(), with: CUSTOMER_OF_SEED };
		const status = { message: documented({ fromMe: true }), status: 'sent' as const, with: CUSTOMER_OF_SEED };
		assert.equal(rendered('message.received', received, ['status']).length, 0);
		assert.equal(rendered('message.status', status, ['response']).length, 0);
		assert.equal(rendered('message.sent', status).length, 0);
	});

	it('translates events to slots and back', () => {
		assert.deepEqual(instantMessageRenderer.subscriptionsFor(EVENT_TYPES), { response: {}, status: {} });
		assert.deepEqual(instantMessageRenderer.subscriptionsFor(['message.status']), { status: {} });
		assert.deepEqual(instantMessageRenderer.eventsOf({ response: {}, status: {} }), ['message.received', 'message.status']);
		assert.deepEqual(instantMessageRenderer.eventsOf({}), []);
	});
});

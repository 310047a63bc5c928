import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Check } from 'typebox/value';
import type { MessageContent } from '../../domain/content.ts';
import type { SendContent } from '../../messaging/services.ts';
import { ContentBody, type ContentKey, readSendContent, readWrittenContent, type UponGiven } from './content-input.ts';
import { ContentSchema, contentView } from './views/content.ts';

const AT = Date.parse('2026-02-01T12:00:00Z');
const ITEM = { name: 'Bolo', productId: 'p1', quantity: 1, value: 30 };
const TOTALS = { currency: 'BRL', total: 30, subTotal: 30 };
const BUTTON = { action: 'url', label: 'Ver', url: 'https://x.example/' } as const;
const SUMS = { ...TOTALS, discount: 0, shipping: 0, tax: 0, orderRequestId: '', orderStatus: 'pending', paymentStatus: 'pending' };
const INFO = { receiverPhone: '5544999990000', value: 30, currency: 'BRL', status: '', transactionStatus: '' };
const CARD = { name: 'Zé', phones: ['+1'], vCard: 'BEGIN:VCARD\nVERSION:3.0\nN:;Zé;;;\nFN:Zé\nTEL;type=CELL:+1\nEND:VCARD' };

/** What is written under each key, and what it becomes where it is sent. */
const CASES: Readonly<Record<ContentKey, readonly [given: unknown, content: SendContent | UponGiven]>> = {
	text: [
		{ text: 'a https://x.example/', preview: { url: 'https://x.example/', title: 'X' } },
		{ kind: 'text', text: 'a https://x.example/', preview: { url: 'https://x.example/', title: 'X' } },
	],
	image: ['https://x.example/a.png', { kind: 'medium', medium: 'image', field: 'image', source: 'https://x.example/a.png' }],
	video: [
		{ url: 'data:video/mp4;base64,AA==', look: 'ptv', seconds: 3 },
		{ kind: 'medium', medium: 'video', field: 'video.url', source: 'data:video/mp4;base64,AA==', look: 'ptv', seconds: 3 },
	],
	audio: [
		{ url: 'https://x.example/a', voiceNote: true },
		{ kind: 'medium', medium: 'audio', field: 'audio.url', source: 'https://x.example/a', voiceNote: true },
	],
	document: [
		{ url: 'https://x.example/a', title: 'Lista', pageCount: 2 },
		{ kind: 'medium', medium: 'document', field: 'document.url', source: 'https://x.example/a', title: 'Lista', pageCount: 2 },
	],
	sticker: [
		{ url: 'https://x.example/a', author: 'Zé' },
		{ kind: 'medium', medium: 'sticker', field: 'sticker.url', source: 'https://x.example/a', author: 'Zé' },
	],
	location: [
		{ latitude: -23.4, longitude: -51.9, name: 'Praça' },
		{ kind: 'location', latitude: -23.4, longitude: -51.9, name: 'Praça' },
	],
	contact: [
		{ name: 'Zé', phone: '+1' },
		{ kind: 'contact', ...CARD },
	],
	contacts: [[{ name: 'Zé', phones: ['+1'] }], { kind: 'contacts', contacts: [CARD] }],
	poll: [
		{ question: '?', options: ['a', 'b'] },
		{ kind: 'poll', question: '?', options: ['a', 'b'], maxOptions: 0 },
	],
	event: [
		{ name: 'Festa', startsAt: '2026-02-01T12:00:00Z', place: { name: 'Praça' } },
		{ kind: 'event', name: 'Festa', startsAt: AT, isCanceled: false, place: { name: 'Praça' } },
	],
	buttons: [
		{ text: 'a', header: { kind: 'image', url: 'https://x.example/a' }, buttons: [{ id: '1', label: 'Sim' }] },
		{
			kind: 'buttons',
			text: 'a',
			header: { kind: 'image', url: 'https://x.example/a', mimeType: '' },
			buttons: [{ id: '1', label: 'Sim' }],
		},
	],
	buttonReply: [
		{ buttonId: '1', text: 'Sim' },
		{ kind: 'button-reply', buttonId: '1', text: 'Sim' },
	],
	list: [
		{ text: 'a', title: 'b', buttonLabel: 'c', options: [{ id: '1', title: 'd' }] },
		{ kind: 'list', text: 'a', title: 'b', buttonLabel: 'c', options: [{ id: '1', title: 'd' }] },
	],
	listReply: [
		{ optionId: '1', title: 'd', text: 'd' },
		{ kind: 'list-reply', optionId: '1', title: 'd', text: 'd' },
	],
	template: [
		{ text: 'a', header: { kind: 'location', latitude: 1, longitude: 2 }, buttons: [BUTTON] },
		{ kind: 'template', templateId: '', text: 'a', header: { kind: 'location', latitude: 1, longitude: 2 }, buttons: [BUTTON] },
	],
	carousel: [
		{ text: 'a', cards: [{ text: 'b', header: { kind: 'video', url: 'https://x.example/a' }, buttons: [BUTTON] }] },
		{
			kind: 'carousel',
			text: 'a',
			cards: [{ text: 'b', header: { kind: 'video', url: 'https://x.example/a', mimeType: '' }, buttons: [BUTTON] }],
		},
	],
	pixKey: [
		{ key: 'k', keyType: 'EVP', merchantName: 'Padaria' },
		{ kind: 'pix-key', key: 'k', keyType: 'EVP', merchantName: 'Padaria', referenceId: '', currency: 'BRL' },
	],
	product: [
		{ productId: 'p1', businessPhone: '5544999990000', title: 'Bolo', price: 30 },
		{ kind: 'product', productId: 'p1', businessPhone: '5544999990000', title: 'Bolo', price: 30 },
	],
	catalog: [
		{ businessPhone: '5544999990000', text: 'Tudo' },
		{ kind: 'catalog', businessPhone: '5544999990000', text: 'Tudo' },
	],
	order: [
		{ orderId: '1', token: 't', title: '', text: '', sellerPhone: '5544999990000', items: [ITEM], ...TOTALS },
		{ kind: 'order', orderId: '1', token: 't', title: '', text: '', sellerPhone: '5544999990000', items: [ITEM], ...TOTALS },
	],
	checkout: [
		{ stage: 'pay', referenceId: 'r', items: [ITEM], ...SUMS, pix: { key: 'k', keyType: 'CPF', name: 'Padaria' } },
		{ kind: 'checkout', stage: 'pay', referenceId: 'r', items: [ITEM], ...SUMS, pix: { key: 'k', keyType: 'CPF', name: 'Padaria' } },
	],
	payment: [
		{ stage: 'requested', value: 30, currency: 'BRL', expiresAt: '2026-02-01T12:00:00Z', info: INFO },
		{ kind: 'payment', stage: 'requested', value: 30, currency: 'BRL', expiresAt: AT, info: INFO },
	],
	reaction: [
		{ messageId: 'm', value: '👍' },
		{ kind: 'upon', messageId: 'm', act: { kind: 'reaction', emoji: '👍' } },
	],
	edit: [
		{ messageId: 'm', text: 'b' },
		{ kind: 'upon', messageId: 'm', act: { kind: 'edit', content: { kind: 'text', text: 'b' } } },
	],
	deletion: [{ messageId: 'm' }, { kind: 'upon', messageId: 'm', act: { kind: 'deletion' } }],
	pin: [{ messageId: 'm' }, { kind: 'upon', messageId: 'm', act: { kind: 'pin', isPinned: true, seconds: 604_800 } }],
	pollVote: [
		{ messageId: 'm', options: ['a'] },
		{ kind: 'upon', messageId: 'm', act: { kind: 'poll-vote', options: ['a'] } },
	],
	eventReply: [
		{ messageId: 'm', reply: 'MAYBE' },
		{ kind: 'upon', messageId: 'm', act: { kind: 'event-reply', reply: 'MAYBE' } },
	],
};

for (const [key, [given, content]] of Object.entries(CASES)) {
	test(`${key}: what is documented is read, the rest means nothing, and it is shown as documented`, () => {
		assert.ok(Check(ContentBody, { [key]: given }), 'valid by its own schema');
		const more = Array.isArray(given) || typeof given !== 'object' ? given : { ...given, undocumented: 1 };
		assert.deepEqual(readSendContent({ [key]: more }), content);
		const written = readWrittenContent({ [key]: content.kind === 'medium' ? 'https://x.example/a' : given });
		const to = { whatsappId: '3EB0', fromMe: true, participantPhone: '5544988887777' };
		assert.deepEqual(faultsOf(written.kind === 'upon' ? { ...written.act, to } : written), []);
	});
}

test('an edit is of a text or an event, and a wish has one kind', () => {
	for (const edit of [{ messageId: 'm' }, { messageId: 'm', text: 'a', event: CASES.event[0] }])
		assert.throws(() => readSendContent({ edit }), { code: 'invalid_request' });
	for (const wish of [{}, { text: 'a', poll: CASES.poll[0] }]) assert.throws(() => readSendContent(wish), { code: 'invalid_request' });
});

test('what only arrives is shown as documented, too, with its context', () => {
	const participant = { phone: '5544988887777', name: 'Ana' };
	const arriving: readonly MessageContent[] = [
		{ kind: 'notice', name: 'CALL_VOICE', parameters: ['a', 1], callId: 'F1', details: { linkMode: 'all' } },
		{ kind: 'newsletter-invite', newsletterId: '1@newsletter', newsletterName: 'N', text: 'a', expiresAt: AT },
		{ kind: 'waiting', viewOnce: true },
		{ kind: 'deleted', context: { participant } },
		{ kind: 'unknown', raw: { a: 1 } },
		{ kind: 'text', text: 'a', context: { participant, forwarded: true, mentioned: ['1'], editedAt: AT, expiresInSeconds: 86_400 } },
	];
	for (const content of arriving) assert.deepEqual(faultsOf(content), []);
	const edit = contentView({ kind: 'edit', to: { whatsappId: '3EB0', fromMe: false }, content: { kind: 'text', text: 'b' } });
	assert.deepEqual(JSON.parse(JSON.stringify(edit)), {
		kind: 'edit',
		content: { kind: 'text', text: 'b' },
		messageId: '3EB0',
		fromMe: false,
	});
	const { context } = contentView({ kind: 'text', text: 'a', context: { editedAt: AT } });
	assert.deepEqual(JSON.parse(JSON.stringify(context)), { editedAt: '2026-02-01T12:00:00.000Z' });
});

/** Keys that are shown and not documented, or documented otherwise. */
function faultsOf(content: MessageContent): readonly string[] {
	// As it travels, where what is undefined has no key. The content of an edit is a content by reference: looked at on its own.
	const { content: inner, ...shown } = JSON.parse(JSON.stringify(contentView(content))) as Record<string, unknown>;
	return [shown, ...(inner === undefined ? [] : [inner])].filter((one) => !Check(ContentSchema, one)).map((one) => JSON.stringify(one));
}

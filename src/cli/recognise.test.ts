import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { isObject, parseObject } from './json.ts';
import { recognise } from './recognise.ts';

const CONTRACTS = new URL('../../test/contracts/webhooks/', import.meta.url);

function exampleOf(file: string): unknown {
	return parseObject(readFileSync(new URL(file, CONTRACTS), 'utf8'))?.['example'];
}

function seen(file: string): string {
	const { what, phone } = recognise(JSON.stringify(exampleOf(file)));
	return `${what} ${phone ?? '-'}`;
}

suite('recognise', () => {
	test('knows every documented body of the three dialects', () => {
		for (const dialect of ['plugchat', 'z-api', 'instant-message']) {
			for (const file of readdirSync(new URL(`${dialect}/`, CONTRACTS))) {
				const example = exampleOf(`${dialect}/${file}`);
				// Two documents are no event: an answer to a request and a button's call.
				if (!isObject(example) || file === 'custom-button.json' || file === 'start-attendance-app.json') continue;
				const { what } = recognise(JSON.stringify(example));
				assert(!what.startsWith('a body') && !what.includes('?'), `${dialect}/${file} is seen as ${what}`);
			}
		}
	});

	test('tells each kind in the words of its dialect', () => {
		assert.equal(seen('plugchat/sending-message.json'), 'sent 554499999999');
		assert.equal(seen('plugchat/message-delivery-error.json'), 'delivery error: Phone number does not exist 554499999999');
		assert.equal(seen('plugchat/status-read.json'), 'READ 5544999999999');
		assert.match(seen('plugchat/received-text.json'), /^received text ".+" \d+$/);
		assert.match(seen('z-api/received-image.json'), /^received image \d+$/);
		assert.match(seen('z-api/received-sent-by-me.json'), /^sent by me text ".+" \d+$/);
		assert.equal(seen('plugchat/finish-attendance-category.json'), 'attendance finished #1492 554499999999');
		assert.equal(seen('plugchat/start-attendance.json'), 'attendance started #1492 554499999999');
		assert.equal(seen('plugchat/chat-presence-composing.json'), 'presence COMPOSING 5544999999999');
		assert.match(seen('z-api/connected.json'), /^connected /);
		assert.match(seen('plugchat/disconnected.json'), /^disconnected /);
		assert.equal(seen('instant-message/status-delivered.json'), 'delivered 5544999027914');
		assert.equal(seen('instant-message/response-text.json'), 'received text "Mensagem de teste" 5544999999999');
		assert.match(seen('instant-message/response-location.json'), /^received location /);
	});

	test('knows our own dialect by the event type', () => {
		const own = (type: string, data: object): string => {
			const { what, phone } = recognise(JSON.stringify({ id: 'evt_1', type, data }));
			return `${what} ${phone ?? '-'}`;
		};
		const contact = { phone: '5544999999999' };
		assert.equal(own('message.sent', { contact, message: {} }), 'message.sent 5544999999999');
		assert.equal(own('message.status', { contact, status: 'read' }), 'message.status read 5544999999999');
		assert.equal(
			own('message.received', { contact, message: { content: { kind: 'text', text: 'Oi' } } }),
			'message.received text "Oi" 5544999999999',
		);
		assert.equal(own('message.received', { contact, message: { content: { kind: 'image' } } }), 'message.received image 5544999999999');
		assert.equal(own('instance.connected', {}), 'instance.connected -');
	});

	test('says so where it knows nothing, and shows long and hostile texts harmlessly', () => {
		assert.equal(recognise('not json').what, 'a body that is no JSON object');
		assert.equal(recognise('[]').what, 'a body that is no JSON object');
		assert.equal(recognise('{"hello":1}').what, 'a body of no known dialect');
		const hostile = recognise(JSON.stringify({ type: 'ReceivedCallback', text: { message: `\u001b[2J\n\u202e${'x'.repeat(500)}` } }));
		assert(!hostile.what.includes('\u202e'), 'nobody turns the rest of the line around');
		assert(!hostile.what.includes('\u001b') && !hostile.what.includes('\n') && hostile.what.length < 100);
	});
});

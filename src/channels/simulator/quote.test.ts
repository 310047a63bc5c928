/** What an answering customer repeats of a message, and who that customer is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageContent } from '../../domain/content.ts';
import { inventedName, lidOf } from './people.ts';
import { quoteOf } from './quote.ts';

test('each kind has its few words', () => {
	const medium = { url: 'https://example.com/file', mimeType: 'application/octet-stream' };
	const quotes: [MessageContent, string | null][] = [
		[{ kind: 'text', text: 'Oi' }, 'Oi'],
		[{ kind: 'image', ...medium }, 'imagem'],
		[{ kind: 'image', ...medium, caption: 'Foto' }, 'Foto'],
		[{ kind: 'video', ...medium }, 'vídeo'],
		[{ kind: 'audio', ...medium }, 'áudio'],
		[{ kind: 'document', ...medium }, 'documento'],
		[{ kind: 'document', ...medium, fileName: 'a.pdf' }, 'a.pdf'],
		[{ kind: 'location', latitude: 0, longitude: 0 }, 'localização'],
		[{ kind: 'contact', name: 'Ana', phones: [], vCard: '' }, 'Ana'],
		[{ kind: 'reaction', emoji: '👍', to: { whatsappId: 'A', fromMe: true } }, null],
		[{ kind: 'unknown', raw: {} }, 'mensagem'],
	];
	for (const [content, quote] of quotes) assert.equal(quoteOf(content), quote);
});

test('a long text is cut between characters', () => {
	assert.equal(quoteOf({ kind: 'text', text: 'a'.repeat(120) }), 'a'.repeat(120));
	assert.equal(quoteOf({ kind: 'text', text: 'a'.repeat(10_000) }), `${'a'.repeat(119)}…`);
	assert.equal(quoteOf({ kind: 'text', text: '👍'.repeat(121) }), `${'👍'.repeat(119)}…`);
	assert.equal(quoteOf({ kind: 'text', text: '👍'.repeat(120) }), '👍'.repeat(120));
});

test('a number has always the same name and LID, and numbers differ', () => {
	const phones = Array.from({ length: 200 }, (_, index) => String(5544999990000 + index));
	assert.ok(new Set(phones.map(inventedName)).size > 150);
	assert.equal(new Set(phones.map(lidOf)).size, phones.length);
	assert.equal(inventedName('5544999999999'), inventedName('5544999999999'));
	assert.match(inventedName('5544999999999'), /^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MEDIA_FILES, type MediaFile } from '../../test/support/media-files.ts';
import { type MediaKind, mediaTypeOf } from './media-type.ts';

const FITTING: Readonly<Record<Exclude<MediaKind, 'document'>, readonly MediaFile[]>> = {
	image: ['png', 'jpeg', 'gif', 'webp', 'svg'],
	sticker: ['png', 'jpeg', 'gif', 'webp', 'svg'],
	video: ['mp4', 'threeGp'],
	audio: ['opus', 'mp3', 'mp3WithoutTag', 'aac', 'm4a', 'amr'],
};

describe('the type of a medium', () => {
	for (const [kind, fitting] of Object.entries(FITTING) as [MediaKind, readonly MediaFile[]][]) {
		test(`${kind}: by its content, whatever is said of it`, () => {
			for (const [name, { mimeType, bytes }] of Object.entries(MEDIA_FILES)) {
				const found = mediaTypeOf(kind, bytes, { mimeType: 'application/pdf', fileName: 'a.pdf' });
				if (fitting.includes(name as MediaFile)) assert.equal(found, mimeType, name);
				else assert.ok(found === undefined || name === 'gif' || name === 'mp4', `${name} is no ${kind}, not even ${found}`);
			}
		});
	}

	test('moving pictures are videos too, and what has sound alone may say so', () => {
		assert.equal(mediaTypeOf('video', MEDIA_FILES.gif.bytes, {}), 'image/gif');
		assert.equal(mediaTypeOf('audio', MEDIA_FILES.mp4.bytes, {}), 'audio/mp4');
	});

	test('a picture of lines may begin with comments; hundreds of them before something else take no time', () => {
		const of = (text: string): string | undefined => mediaTypeOf('image', Buffer.from(text), {});
		assert.equal(of('<?xml version="1.0"?> <!-- a --> <!-- - -- b --><svg>'), 'image/svg+xml');
		assert.equal(of('<!-- <svg> --><html>'), undefined);
		const begunAt = performance.now();
		assert.equal(of(`${'<!---->'.repeat(500)}<html>`), undefined);
		assert.ok(performance.now() - begunAt < 1_000);
	});

	test('a document is whatever it is', () => {
		for (const [name, { mimeType, bytes }] of Object.entries(MEDIA_FILES)) assert.equal(mediaTypeOf('document', bytes, {}), mimeType, name);
		assert.equal(mediaTypeOf('document', Uint8Array.of(1, 2, 0), {}), 'application/octet-stream');
	});

	test('of a document that its content does not tell, what is said counts, then its name', () => {
		const { bytes } = MEDIA_FILES.text;
		assert.equal(mediaTypeOf('document', bytes, { mimeType: 'text/csv', fileName: 'a.txt' }), 'text/csv');
		assert.equal(mediaTypeOf('document', bytes, { mimeType: 'application/octet-stream', fileName: 'a.CSV' }), 'text/csv');
		assert.equal(
			mediaTypeOf('document', MEDIA_FILES.zip.bytes, { fileName: 'a.pptx' }),
			mediaTypeOf('document', Uint8Array.of(0), { fileName: 'b.pptx' }),
		);
		assert.equal(mediaTypeOf('document', MEDIA_FILES.pdf.bytes, { mimeType: 'text/html' }), 'application/pdf');
	});
});

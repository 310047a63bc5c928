/**
 * What bytes are, by their first few: the types that WhatsApp takes, and a few that its APIs are given. What somebody says of a medium counts only
 * where its content cannot say it: office documents are archives, tables are text.
 */
import { mimeTypeOfExtension } from './mime-types.ts';

/** How much of a medium has to be seen. The names of the first parts of an office document come within it. */
export const MEDIA_HEAD_BYTES = 4_096;

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface MediaHints {
	/** As a caller or a server says. */
	readonly mimeType?: string | undefined;
	readonly fileName?: string | undefined;
}

/** The type of a medium of this kind that begins so; undefined where it is none of that kind. A document is whatever it is. */
export function mediaTypeOf(kind: MediaKind, head: Uint8Array, hints: MediaHints): string | undefined {
	const found = detectedType(head);
	if (kind === 'document') return documentType(head, found, hints);
	if (found === undefined) return undefined;
	const [family] = found.split('/', 1);
	switch (kind) {
		case 'image':
		case 'sticker':
			return family === 'image' ? found : undefined;
		case 'video':
			// Moving pictures that play by themselves are videos on WhatsApp.
			return family === 'video' || found === 'image/gif' ? found : undefined;
		case 'audio':
			// One container has both, and what is in it stands behind its head.
			return family === 'audio' ? found : found === 'video/mp4' ? 'audio/mp4' : undefined;
	}
}

const OCTETS = 'application/octet-stream';
const ARCHIVE = 'application/zip';

function documentType(head: Uint8Array, found: string | undefined, hints: MediaHints): string {
	const said = specific(hints.mimeType) ?? byFileName(hints.fileName);
	if (found === undefined) return said ?? (isText(head) ? 'text/plain' : OCTETS);
	return found === ARCHIVE ? (said ?? found) : found;
}

/** Many servers say this of everything that they do not know. */
function specific(mimeType: string | undefined): string | undefined {
	return mimeType === undefined || mimeType === '' || /^(application|binary)\/octet-stream\b/.test(mimeType) ? undefined : mimeType;
}

function byFileName(fileName: string | undefined): string | undefined {
	const extension = /\.(\w{1,5})$/.exec(fileName ?? '')?.[1];
	return extension === undefined ? undefined : mimeTypeOfExtension(extension);
}

type Signature = readonly [mimeType: string, matches: (head: Uint8Array) => boolean];

/** The first that fits. */
const SIGNATURES: readonly Signature[] = [
	['image/jpeg', begins(0xff, 0xd8, 0xff)],
	['image/png', begins(0x89, 'PNG\r\n', 0x1a, '\n')],
	['image/gif', (head) => says(head, 0, 'GIF87a') || says(head, 0, 'GIF89a')],
	['image/webp', (head) => says(head, 0, 'RIFF') && says(head, 8, 'WEBP')],
	['application/pdf', begins('%PDF-')],
	['audio/ogg; codecs=opus', (head) => says(head, 0, 'OggS') && contains(head, 'OpusHead')],
	['audio/ogg', begins('OggS')],
	['audio/amr', begins('#!AMR')],
	['audio/mpeg', (head) => says(head, 0, 'ID3') || isMpegAudio(head)],
	['audio/aac', isAdts],
	['audio/wav', (head) => says(head, 0, 'RIFF') && says(head, 8, 'WAVE')],
	['video/3gpp', (head) => says(head, 4, 'ftyp3g')],
	['audio/mp4', (head) => says(head, 4, 'ftypM4A') || says(head, 4, 'ftypM4B')],
	['video/quicktime', (head) => says(head, 4, 'ftypqt')],
	['image/heic', (head) => says(head, 4, 'ftyphei') || says(head, 4, 'ftypmif1')],
	['image/avif', (head) => says(head, 4, 'ftypavif')],
	['video/mp4', (head) => says(head, 4, 'ftyp')],
	['video/webm', begins(0x1a, 0x45, 0xdf, 0xa3)],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', isOffice('word/')],
	['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', isOffice('xl/')],
	['application/vnd.openxmlformats-officedocument.presentationml.presentation', isOffice('ppt/')],
	['application/vnd.oasis.opendocument.text', isOffice('mimetypeapplication/vnd.oasis.opendocument.text')],
	['application/vnd.oasis.opendocument.spreadsheet', isOffice('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
	[ARCHIVE, isZip],
	['image/svg+xml', isSvg],
];

function detectedType(head: Uint8Array): string | undefined {
	return SIGNATURES.find(([, matches]) => matches(head))?.[0];
}

function begins(...parts: readonly (string | number)[]): (head: Uint8Array) => boolean {
	const bytes = parts.flatMap((part) => (typeof part === 'number' ? [part] : codesOf(part)));
	return (head) => bytes.every((byte, index) => head[index] === byte);
}

function says(head: Uint8Array, at: number, text: string): boolean {
	return codesOf(text).every((code, index) => head[at + index] === code);
}

function contains(head: Uint8Array, text: string): boolean {
	return latin(head).includes(text);
}

function codesOf(text: string): number[] {
	return [...text].map((char) => char.charCodeAt(0));
}

/** A character for each byte. */
function latin(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}

/** Layer I to III, with a rate that exists: a frame of sound without a tag before it. */
function isMpegAudio(head: Uint8Array): boolean {
	const [first = 0, second = 0, third = 0] = head;
	return first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && (third & 0xf0) !== 0xf0;
}

/** The same sync word, with a layer that MPEG audio does not have. */
function isAdts(head: Uint8Array): boolean {
	const [first = 0, second = 0] = head;
	return first === 0xff && (second & 0xf6) === 0xf0;
}

function isZip(head: Uint8Array): boolean {
	return says(head, 0, 'PK\u0003\u0004') || says(head, 0, 'PK\u0005\u0006');
}

/** A part of the archive has a name that begins so. */
function isOffice(name: string): (head: Uint8Array) => boolean {
	return (head) => isZip(head) && contains(head, name);
}

/** A comment ends where it first can: in one that could go on behind its end, many of them would be tried in every combination. */
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/;

function isSvg(head: Uint8Array): boolean {
	return SVG.test(utf8(head));
}

function isText(head: Uint8Array): boolean {
	return !head.includes(0) && !utf8(head).includes('\uFFFD');
}

/** A character that is cut off at the end is left out. */
function utf8(bytes: Uint8Array): string {
	return new TextDecoder().decode(bytes, { stream: true });
}

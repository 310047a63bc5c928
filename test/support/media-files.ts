/** Small media of each type that WhatsApp takes, with the first bytes of the real thing: what looks at content sees what it would see. */

function file(...parts: readonly (string | readonly number[])[]): Buffer {
	return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
}

/** Of the names that its parts have, as an archive tells them. */
function archive(...names: readonly string[]): Buffer {
	return file(...names.map((name) => `PK\u0003\u0004${'\0'.repeat(22)}${String.fromCharCode(name.length)}\0\0\0${name}`));
}

/** A picture of one transparent point. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export type MediaFile =
	| 'png'
	| 'jpeg'
	| 'gif'
	| 'webp'
	| 'svg'
	| 'mp4'
	| 'threeGp'
	| 'opus'
	| 'mp3'
	| 'mp3WithoutTag'
	| 'aac'
	| 'm4a'
	| 'amr'
	| 'pdf'
	| 'docx'
	| 'xlsx'
	| 'zip'
	| 'text';

export const MEDIA_FILES: Readonly<Record<MediaFile, { readonly mimeType: string; readonly bytes: Buffer }>> = {
	png: { mimeType: 'image/png', bytes: Buffer.from(PNG, 'base64') },
	jpeg: { mimeType: 'image/jpeg', bytes: file([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0') },
	gif: { mimeType: 'image/gif', bytes: file('GIF89a', [1, 0, 1, 0, 0, 0, 0]) },
	webp: { mimeType: 'image/webp', bytes: file('RIFF', [26, 0, 0, 0], 'WEBPVP8L') },
	svg: { mimeType: 'image/svg+xml', bytes: file('<?xml version="1.0"?>\n<!-- logo -->\n<svg xmlns="http://www.w3.org/2000/svg"/>') },
	mp4: { mimeType: 'video/mp4', bytes: file([0, 0, 0, 24], 'ftypisom', [0, 0, 2, 0], 'isommp42') },
	threeGp: { mimeType: 'video/3gpp', bytes: file([0, 0, 0, 24], 'ftyp3gp5', [0, 0, 1, 0], '3gp5') },
	opus: { mimeType: 'audio/ogg; codecs=opus', bytes: file('OggS', [0, 2], '\0'.repeat(21), [1, 19], 'OpusHead', [1, 1]) },
	mp3: { mimeType: 'audio/mpeg', bytes: file('ID3', [4, 0, 0, 0, 0, 0, 0]) },
	mp3WithoutTag: { mimeType: 'audio/mpeg', bytes: file([0xff, 0xfb, 0x90, 0x64]) },
	aac: { mimeType: 'audio/aac', bytes: file([0xff, 0xf1, 0x50, 0x80]) },
	m4a: { mimeType: 'audio/mp4', bytes: file([0, 0, 0, 24], 'ftypM4A ', [0, 0, 2, 0]) },
	amr: { mimeType: 'audio/amr', bytes: file('#!AMR\n') },
	pdf: { mimeType: 'application/pdf', bytes: file('%PDF-1.7\n%%EOF\n') },
	docx: {
		mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		bytes: archive('[Content_Types].xml', 'word/document.xml'),
	},
	xlsx: {
		mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		bytes: archive('[Content_Types].xml', 'xl/workbook.xml'),
	},
	zip: { mimeType: 'application/zip', bytes: archive('notes.txt') },
	text: { mimeType: 'text/plain', bytes: Buffer.from('Olá, ação\n') },
};

export function dataUri(name: MediaFile): string {
	const { mimeType, bytes } = MEDIA_FILES[name];
	return `data:${mimeType.replaceAll(' ', '')};base64,${bytes.toString('base64')}`;
}

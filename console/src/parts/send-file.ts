/** Files on their way to the gateway, as data URIs. What it would refuse for its size is not even read; what it says of bytes and data URIs is said in words for people. */
import { Refused } from '../api/http.ts';
import { fileBytesMax } from '../api/session.ts';
import { fileSize } from '../i18n/format.ts';
import { language } from '../i18n/language.ts';
import { words } from '../i18n/words.ts';

const WORDS = words({
	en: {
		tooLarge: (size: string, most: string) => `The file has ${size}; at most ${most} can be sent`,
		largerThanTaken: 'The file is larger than what can be sent',
		empty: 'There is nothing in the file',
		unreadable: 'The file cannot be read',
		isNot: {
			image: 'The file is no picture that can be sent',
			video: 'The file is no video that can be sent',
			audio: 'The file is no sound that can be sent',
			document: 'The file cannot be sent',
			sticker: 'The file is no picture, and a sticker is one: WebP, PNG, JPEG or GIF',
		},
	},
	pt: {
		tooLarge: (size: string, most: string) => `O arquivo tem ${size}; é possível enviar no máximo ${most}`,
		largerThanTaken: 'O arquivo é maior do que o que se pode enviar',
		empty: 'O arquivo está vazio',
		unreadable: 'Não foi possível ler o arquivo',
		isNot: {
			image: 'O arquivo não é uma imagem que se possa enviar',
			video: 'O arquivo não é um vídeo que se possa enviar',
			audio: 'O arquivo não é um áudio que se possa enviar',
			document: 'Não é possível enviar o arquivo',
			sticker: 'O arquivo não é uma imagem, e uma figurinha precisa ser: WebP, PNG, JPEG ou GIF',
		},
	},
});

/** As what it is sent. */
export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/**
 * @param send with the file as a data URI
 * Throws Refused as `assertSendable` does, and what `send` throws.
 */
export async function sendFile<T>(file: File, kind: FileKind, send: (url: string) => Promise<T>): Promise<T> {
	assertSendable(file, kind);
	const url = await dataUriOf(file);
	try {
		return await send(url);
	} catch (error) {
		throw inWords(error, kind);
	}
}

/** Throws Refused where the gateway would not take it, for its size. */
export function assertSendable({ size }: Blob, kind: FileKind): void {
	const say = WORDS[language()];
	if (size === 0) throw new Refused(400, { code: 'invalid_media', detail: say.empty });
	const max = fileBytesMax();
	const most = kind === 'document' ? max?.document : max?.media;
	if (most === undefined || size <= most) return;
	throw new Refused(413, { code: 'body_too_large', detail: say.tooLarge(fileSize(size, 'ceil'), fileSize(most, 'floor')) });
}

/** A proxy in front of the gateway may take less than it, and what a file is its content tells. */
function inWords(error: unknown, kind: FileKind): unknown {
	if (!(error instanceof Refused)) return error;
	const { status, code } = error;
	const say = WORDS[language()];
	if (status === 413) return new Refused(status, { code, detail: say.largerThanTaken });
	return code === 'invalid_media' ? new Refused(status, { code, detail: say.isNot[kind] }) : error;
}

/** Throws Refused where the browser cannot read it. */
function dataUriOf(file: Blob): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	const reader = new FileReader();
	reader.onload = () => resolve(String(reader.result).replace(/^data:;/, 'data:application/octet-stream;'));
	reader.onerror = () => reject(new Refused(400, { code: 'invalid_media', detail: WORDS[language()].unreadable }));
	reader.readAsDataURL(file);
	return promise;
}

/** A medium as a caller gives it: an https URL stays one; a Base64 data URI is kept by us and becomes our link to it. */
import type { Instance } from '../domain/account.ts';
import type { Medium, MessageContent } from '../domain/message.ts';
import { mimeTypeOfExtension } from '../domain/mime-types.ts';
import { RecadoError } from '../errors.ts';
import type { Ids } from '../ports/clock.ts';
import type { Change } from '../ports/store.ts';
import type { MessagingOptions } from './options.ts';
import type { MediumSource } from './services.ts';

/** What an URL with no telling extension is taken for. */
const DEFAULT_MIME_TYPE: Readonly<Record<MediumSource['medium'], string>> = {
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/ogg; codecs=opus',
	document: 'application/octet-stream',
};

/** RFC 2397, Base64 only: `data:image/png;base64,…`, parameters such as `codecs` kept. */
const DATA_URI = /^data:([\w.+-]+\/[\w.+-]+(?:;[\w.+-]+=[^;,]+)*);base64,([A-Za-z0-9+/\s]+={0,2})$/;

export interface MediumTaken {
	readonly content: MessageContent;
	readonly changes: readonly Change[];
}

/** Throws invalid_media, naming the field, where the source is neither, and body_too_large beyond the limit. */
export function takeMedium(
	source: MediumSource,
	{ ids, instance, options, at }: { ids: Ids; instance: Instance; options: MessagingOptions; at: number },
): MediumTaken {
	if (!source.source.startsWith('data:')) {
		if (!isWebUrl(source.source)) throw new RecadoError('invalid_media', { details: { field: source.field } });
		return { content: contentOf(source, { url: source.source, mimeType: source.mimeType ?? guessMimeType(source) }), changes: [] };
	}
	const [, mimeType, base64] = DATA_URI.exec(source.source) ?? [];
	if (mimeType === undefined || base64 === undefined || !isOfKind(mimeType, source.medium))
		throw new RecadoError('invalid_media', { details: { field: source.field } });
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.length > options.mediaBytesMax) throw new RecadoError('body_too_large', { details: { limit: options.mediaBytesMax } });
	// The id is the only key to the medium, so it carries the randomness of a token behind its sortable front.
	const id = `${ids.next('med')}${Buffer.from(ids.nextToken(), 'base64url').toString('hex')}`;
	const fileName = source.fileName === undefined ? {} : { fileName: source.fileName };
	const medium = { id, accountId: instance.accountId, mimeType, ...fileName, bytes, createdAt: at };
	return {
		content: contentOf(source, { url: `${options.publicUrl}/media/${id}`, mimeType }),
		changes: [{ kind: 'media.insert', medium }],
	};
}

function contentOf(source: MediumSource, where: Pick<Medium, 'url' | 'mimeType'>): MessageContent {
	const medium = { ...where, ...(source.fileName === undefined ? {} : { fileName: source.fileName }) };
	const caption = source.caption === undefined ? {} : { caption: source.caption };
	const viewOnce = source.viewOnce === undefined ? {} : { viewOnce: source.viewOnce };
	const seconds = source.seconds === undefined ? {} : { seconds: source.seconds };
	switch (source.medium) {
		case 'image':
			return { kind: 'image', ...medium, ...caption, ...viewOnce };
		case 'video':
			return { kind: 'video', ...medium, ...caption, ...viewOnce, ...seconds };
		case 'audio':
			return { kind: 'audio', ...medium, ...viewOnce, ...seconds };
		case 'document':
			return { kind: 'document', ...medium, ...caption };
	}
}

/** A picture that says it is a page is neither; documents are anything. */
function isOfKind(mimeType: string, medium: MediumSource['medium']): boolean {
	return medium === 'document' || mimeType.startsWith(`${medium}/`);
}

function isWebUrl(text: string): boolean {
	return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}

function guessMimeType(source: MediumSource): string {
	const extension = /\.(\w{1,5})$/.exec(new URL(source.source).pathname)?.[1]?.toLowerCase();
	return (extension === undefined ? undefined : mimeTypeOfExtension(extension)) ?? DEFAULT_MIME_TYPE[source.medium];
}

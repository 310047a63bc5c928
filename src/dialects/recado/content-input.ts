/** The content of a message as callers write it, in one key that names its kind: for sending, and for what a simulated phone writes. */
import { type TUnsafe, Type } from 'typebox';
import type { MessageContent } from '../../domain/message.ts';
import { mimeTypeOfExtension } from '../../domain/mime-types.ts';
import type { SendContent } from '../../messaging/services.ts';
import { faulty } from './inputs.ts';

export interface ContentWish {
	readonly text?: string;
	readonly image?: string | MediumWish;
	readonly video?: string | MediumWish;
	readonly audio?: string | MediumWish;
	readonly document?: string | MediumWish;
	readonly location?: LocationWish;
	readonly contact?: ContactWish;
	readonly reaction?: ReactionWish;
}

interface MediumWish {
	readonly url: string;
	readonly caption?: string;
	readonly mimeType?: string;
	readonly fileName?: string;
	readonly seconds?: number;
	readonly viewOnce?: boolean;
}

interface LocationWish {
	readonly latitude: number;
	readonly longitude: number;
	readonly name?: string;
	readonly address?: string;
	readonly url?: string;
}

interface ContactWish {
	readonly name: string;
	readonly phone?: string;
	readonly phones?: readonly string[];
	readonly vCard?: string;
}

interface ReactionWish {
	readonly emoji?: string;
	readonly value?: string;
	readonly messageId: string;
}

const Medium = (what: string) =>
	Type.Optional(
		Type.Union([
			Type.String({ minLength: 1, description: 'The same as `{url}`' }),
			Type.Object({
				url: Type.String({ minLength: 1, description: `Where the ${what} is` }),
				caption: Type.Optional(Type.String()),
				mimeType: Type.Optional(Type.String()),
				fileName: Type.Optional(Type.String()),
				seconds: Type.Optional(Type.Number({ minimum: 0 })),
				viewOnce: Type.Optional(Type.Boolean()),
			}),
		]),
	);

type MediumKind = 'image' | 'video' | 'audio' | 'document';
export type ContentKind = 'text' | MediumKind | 'location' | 'contact' | 'reaction';

const MEDIA: readonly MediumKind[] = ['image', 'video', 'audio', 'document'];
const KINDS: readonly ContentKind[] = ['text', ...MEDIA, 'location', 'contact', 'reaction'];

export const ContentBody: TUnsafe<ContentWish> = Type.Unsafe<ContentWish>(
	Type.Object(
		{
			text: Type.Optional(Type.String({ minLength: 1, maxLength: 65_536 })),
			image: Medium('image'),
			video: Medium('video'),
			audio: Medium('audio'),
			document: Medium('document'),
			location: Type.Optional(
				Type.Object({
					latitude: Type.Number({ minimum: -90, maximum: 90 }),
					longitude: Type.Number({ minimum: -180, maximum: 180 }),
					name: Type.Optional(Type.String()),
					address: Type.Optional(Type.String()),
					url: Type.Optional(Type.String()),
				}),
			),
			contact: Type.Optional(
				Type.Object({
					name: Type.String({ minLength: 1 }),
					phone: Type.Optional(Type.String()),
					phones: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 20 })),
					vCard: Type.Optional(Type.String()),
				}),
			),
			reaction: Type.Optional(
				Type.Object({
					emoji: Type.Optional(Type.String({ description: 'Empty takes the reaction back' })),
					value: Type.Optional(Type.String({ description: 'The same as `emoji`' })),
					messageId: Type.String({ minLength: 1, description: 'The message, by its id or its WhatsApp id' }),
				}),
			),
		},
		{ description: `Exactly one of: ${KINDS.join(', ')}` },
	),
);

/** Which key was used. Throws invalid_request unless exactly one was. */
export function kindOf(wish: ContentWish): ContentKind {
	const [kind, ...more] = KINDS.filter((candidate) => wish[candidate] !== undefined);
	if (kind !== undefined && more.length === 0) return kind;
	throw faulty({ path: '', en: `must have exactly one of: ${KINDS.join(', ')}`, pt: `deve ter exatamente um de: ${KINDS.join(', ')}` });
}

/** A reaction as it was written; the message that it is for is the caller's to look up. */
export interface ReactionGiven {
	readonly kind: 'reaction';
	readonly emoji: string;
	readonly messageId: string;
}

/** What is sent. A medium may be an https URL or a data URI; the service looks at it. */
export function readSendContent(wish: ContentWish): Exclude<SendContent, { kind: 'reaction' | 'reaction-to' }> | ReactionGiven {
	const kind = kindOf(wish);
	if (isMedium(kind)) {
		const { url, ...rest } = mediumOf(wish, kind);
		return { kind: 'medium', medium: kind, field: typeof wish[kind] === 'string' ? kind : `${kind}.url`, source: url, ...rest };
	}
	return readPlain(wish, kind);
}

/** What a simulated phone writes: media are links, as WhatsApp's own are. Throws invalid_request. */
export function readWrittenContent(wish: ContentWish): Exclude<MessageContent, { kind: 'reaction' }> | ReactionGiven {
	const kind = kindOf(wish);
	if (!isMedium(kind)) return readPlain(wish, kind);
	const { url, mimeType, ...rest } = mediumOf(wish, kind);
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		const path = typeof wish[kind] === 'string' ? kind : `${kind}.url`;
		throw faulty({ path, en: 'must be an http or https URL', pt: 'deve ser uma URL http ou https' });
	}
	return { kind, url, mimeType: mimeType ?? mimeTypeOf(url, kind), ...rest };
}

function readPlain(
	wish: ContentWish,
	kind: Exclude<ContentKind, MediumKind>,
): Exclude<MessageContent, { kind: 'reaction' }> | ReactionGiven {
	if (kind === 'location' && wish.location) return { kind, ...locationOf(wish.location) };
	if (kind === 'contact' && wish.contact) return { kind, ...contactOf(wish.contact) };
	if (kind === 'reaction' && wish.reaction) return { kind, ...reactionOf(wish.reaction) };
	return { kind: 'text', text: wish.text ?? '' };
}

function isMedium(kind: ContentKind): kind is MediumKind {
	return MEDIA.some((medium) => medium === kind);
}

/** Only what is documented goes on: callers may write any further keys. */
function mediumOf(wish: ContentWish, kind: MediumKind): MediumWish {
	const given = wish[kind];
	if (typeof given !== 'object') return { url: given ?? '' };
	const { url, caption, mimeType, fileName, seconds, viewOnce } = given;
	return {
		url,
		...(caption === undefined || kind === 'audio' ? {} : { caption }),
		...(mimeType === undefined ? {} : { mimeType }),
		...(fileName === undefined ? {} : { fileName }),
		...(seconds === undefined || kind === 'image' || kind === 'document' ? {} : { seconds }),
		...(viewOnce === undefined || kind === 'document' ? {} : { viewOnce }),
	};
}

const MIME_TYPES: Readonly<Record<MediumKind, string>> = {
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/ogg; codecs=opus',
	document: 'application/octet-stream',
};

function mimeTypeOf(url: string, kind: MediumKind): string {
	const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1] ?? '';
	return mimeTypeOfExtension(extension) ?? MIME_TYPES[kind];
}

function locationOf({ latitude, longitude, name, address, url }: LocationWish): LocationWish {
	return {
		latitude,
		longitude,
		...(name === undefined ? {} : { name }),
		...(address === undefined ? {} : { address }),
		...(url === undefined ? {} : { url }),
	};
}

function contactOf(wish: ContactWish): { readonly name: string; readonly phones: readonly string[]; readonly vCard: string } {
	const phones = wish.phones ?? (wish.phone === undefined ? [] : [wish.phone]);
	if (phones.length === 0) throw faulty({ path: 'contact.phones', en: 'is required', pt: 'é obrigatório' });
	return { name: wish.name, phones, vCard: wish.vCard ?? vCardOf(wish.name, phones) };
}

/** RFC 6350, section 3.4: what would end a value is escaped. */
function vCardOf(name: string, phones: readonly string[]): string {
	const escaped = name.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
	const numbers = phones.map((phone) => `TEL;type=CELL:${phone.replace(/[\r\n]/g, '')}`);
	return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escaped};;;`, `FN:${escaped}`, ...numbers, 'END:VCARD'].join('\n');
}

function reactionOf({ emoji, value, messageId }: ReactionWish): { readonly emoji: string; readonly messageId: string } {
	const given = emoji ?? value;
	if (given === undefined) throw faulty({ path: 'reaction.emoji', en: 'is required', pt: 'é obrigatório' });
	return { emoji: given, messageId };
}

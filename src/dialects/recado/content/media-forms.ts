/** Media: an address or a data URI alone, or with what belongs to it. */
import { type TLiteral, type TObject, type TOptional, type TString, type TUnion, Type } from 'typebox';
import type { ContentBody } from '../../../domain/content.ts';
import { mimeTypeOfExtension } from '../../../domain/mime-types.ts';
import type { MediumSource } from '../../../messaging/services.ts';
import { faulty } from '../inputs.ts';
import { type Form, form, maybeText, someText } from './form.ts';

export type MediumKind = MediumSource['medium'];

const seconds = Type.Optional(Type.Number({ minimum: 0 }));
const viewOnce = Type.Optional(Type.Boolean());
const base = {
	url: Type.String({ minLength: 1, description: 'Where it is, or a Base64 data URI' }),
	mimeType: maybeText,
	fileName: maybeText,
};

const MEDIA = {
	image: Type.Object({ ...base, caption: maybeText, viewOnce }),
	video: Type.Object({
		...base,
		caption: maybeText,
		viewOnce,
		seconds,
		look: Type.Optional(
			Type.Union([Type.Literal('gif'), Type.Literal('ptv')], { description: 'Plays by itself, or is a round video note' }),
		),
	}),
	audio: Type.Object({ ...base, viewOnce, seconds, voiceNote: Type.Optional(Type.Boolean()) }),
	document: Type.Object({ ...base, caption: maybeText, title: maybeText, pageCount: Type.Optional(Type.Integer({ minimum: 0 })) }),
	sticker: Type.Object({ ...base, author: maybeText }),
};

/** What belongs to the address of a medium, each kind its own. */
export interface MediumGiven {
	readonly url: string;
	readonly mimeType?: string;
	readonly fileName?: string;
	readonly caption?: string;
	readonly viewOnce?: boolean;
	readonly seconds?: number;
	readonly look?: 'gif' | 'ptv';
	readonly voiceNote?: boolean;
	readonly title?: string;
	readonly pageCount?: number;
	readonly author?: string;
}

/** A medium as it was given, and the name of its field for errors. */
export interface MediumRead {
	readonly field: string;
	readonly given: MediumGiven;
}

function mediumForm(kind: MediumKind): Form<MediumRead> {
	const schema = Type.Union([Type.String({ minLength: 1, description: 'The same as `{url}`' }), MEDIA[kind]]);
	return form(schema, (given) => (typeof given === 'string' ? { field: kind, given: { url: given } } : { field: `${kind}.url`, given }));
}

export const MEDIUM_FORMS: Readonly<Record<MediumKind, Form<MediumRead>>> = {
	image: mediumForm('image'),
	video: mediumForm('video'),
	audio: mediumForm('audio'),
	document: mediumForm('document'),
	sticker: mediumForm('sticker'),
};

/** To be sent: the gateway looks at it. */
export function sourceOf(medium: MediumKind, { field, given }: MediumRead): MediumSource {
	const { url, ...rest } = given;
	return { kind: 'medium', medium, field, source: url, ...rest };
}

/** Written by a phone: a link, as WhatsApp's own are, or bytes, which are looked at where they are kept. Throws invalid_request. */
export function writtenOf(kind: MediumKind, { field, given }: MediumRead): ContentBody {
	return { kind, ...given, mimeType: given.mimeType ?? (given.url.startsWith('data:') ? '' : mimeTypeOf(webUrl(given.url, field), kind)) };
}

function webUrl(url: string, path: string): URL {
	if (/^https?:\/\//i.test(url) && URL.canParse(url)) return new URL(url);
	throw faulty({ path, en: 'must be an http or https URL, or a data URI', pt: 'deve ser uma URL http ou https, ou um data URI' });
}

const MIME_TYPES: Readonly<Record<MediumKind, string>> = {
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/ogg; codecs=opus',
	document: 'application/octet-stream',
	sticker: 'image/webp',
};

function mimeTypeOf(url: URL, kind: MediumKind): string {
	const extension = /\.(\w+)$/.exec(url.pathname)?.[1] ?? '';
	return mimeTypeOfExtension(extension) ?? MIME_TYPES[kind];
}

/** What stands above a text with buttons. `mimeType` '' is found out where it is sent. */
const HEADERS = {
	image: Type.Object({ kind: Type.Literal('image'), url: someText, mimeType: maybeText, caption: maybeText }),
	video: Type.Object({ kind: Type.Literal('video'), url: someText, mimeType: maybeText, caption: maybeText }),
	document: Type.Object({ kind: Type.Literal('document'), url: someText, mimeType: maybeText, fileName: maybeText }),
} as const;

type HeaderOf<K extends 'image' | 'video'> = TObject<{
	kind: TLiteral<K>;
	url: TString;
	mimeType: TOptional<TString>;
	caption: TOptional<TString>;
}>;
type DocumentHeader = TObject<{ kind: TLiteral<'document'>; url: TString; mimeType: TOptional<TString>; fileName: TOptional<TString> }>;

export const PictureHeader: TUnion<[HeaderOf<'image'>, HeaderOf<'video'>]> = Type.Union([HEADERS.image, HEADERS.video]);
export const MediumHeader: TUnion<[HeaderOf<'image'>, HeaderOf<'video'>, DocumentHeader]> = Type.Union([
	HEADERS.image,
	HEADERS.video,
	HEADERS.document,
]);

export function headerOf<T extends { readonly mimeType?: string }>(header: T): T & { readonly mimeType: string } {
	return { ...header, mimeType: header.mimeType ?? '' };
}

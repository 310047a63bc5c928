/** The content of a message as callers write it, in one key that names its kind: for sending, and for what a simulated phone writes. */
import { type TSchema, type TUnsafe, Type } from 'typebox';
import type { MessageContent } from '../../domain/content.ts';
import type { SendContent, UponWish } from '../../messaging/services.ts';
import { COMMERCE_FORMS, type CommerceKey } from './content/commerce-forms.ts';
import { INTERACTIVE_FORMS, type InteractiveKey } from './content/interactive-forms.ts';
import { MEDIUM_FORMS, type MediumKind, sourceOf, writtenOf } from './content/media-forms.ts';
import { PLAIN_FORMS, type PlainKey } from './content/plain-forms.ts';
import { UPON_FORMS, type UponGiven, type UponKey } from './content/upon-forms.ts';
import { faulty } from './inputs.ts';

export type { UponGiven } from './content/upon-forms.ts';

const BODY_FORMS = { ...PLAIN_FORMS, ...INTERACTIVE_FORMS, ...COMMERCE_FORMS };

type BodyKey = PlainKey | InteractiveKey | CommerceKey;
export type ContentKey = BodyKey | MediumKind | UponKey;

export type ContentWish = { readonly [Key in ContentKey]?: unknown };

const { text, ...OTHER_FORMS } = BODY_FORMS;
/** In the order in which errors and documents name them. */
const FORMS = { text, ...MEDIUM_FORMS, ...OTHER_FORMS, ...UPON_FORMS };
const KEYS = Object.keys(FORMS) as readonly ContentKey[];

export const ContentBody: TUnsafe<ContentWish> = Type.Unsafe<ContentWish>(
	Type.Object(Object.fromEntries(KEYS.map((key): [string, TSchema] => [key, Type.Optional(FORMS[key].schema)])), {
		description: `Exactly one of: ${KEYS.join(', ')}`,
	}),
);

/** Which key was used. Throws invalid_request unless exactly one was. */
export function kindOf(wish: ContentWish): ContentKey {
	const [key, ...more] = KEYS.filter((candidate) => wish[candidate] !== undefined);
	if (key !== undefined && more.length === 0) return key;
	throw faulty({ path: '', en: `must have exactly one of: ${KEYS.join(', ')}`, pt: `deve ter exatamente um de: ${KEYS.join(', ')}` });
}

/** What is sent. A medium may be an https URL or a data URI; the service looks at it. Throws invalid_request. */
export function readSendContent(wish: ContentWish): Exclude<SendContent, UponWish> | UponGiven {
	const key = kindOf(wish);
	return isMedium(key) ? sourceOf(key, MEDIUM_FORMS[key].read(wish[key])) : readBody(key, wish);
}

/** What a simulated phone writes: media are links, as WhatsApp's own are. Throws invalid_request. */
export function readWrittenContent(wish: ContentWish): MessageContent | UponGiven {
	const key = kindOf(wish);
	return isMedium(key) ? writtenOf(key, MEDIUM_FORMS[key].read(wish[key])) : readBody(key, wish);
}

function readBody(key: BodyKey | UponKey, wish: ContentWish): MessageContent | UponGiven {
	return isUpon(key) ? UPON_FORMS[key].read(wish[key]) : BODY_FORMS[key].read(wish[key]);
}

function isMedium(key: ContentKey): key is MediumKind {
	return key in MEDIUM_FORMS;
}

function isUpon(key: BodyKey | UponKey): key is UponKey {
	return key in UPON_FORMS;
}

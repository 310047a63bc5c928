/** Texts, places, people, polls and events. */
import { type Static, type TSchema, Type } from 'typebox';
import type { ContactContent, ContentBody } from '../../../domain/content.ts';
import { faulty } from '../inputs.ts';
import { type Form, form, maybeText, someText } from './form.ts';

/** WhatsApp takes no more. */
const TEXT_LENGTH_MAX = 65_536;

const PHONES_MAX = 20;
const CONTACTS_MAX = 20;
const POLL_OPTIONS_MAX = 12;

const TextLine = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX });
const Text = Type.Union([
	TextLine,
	Type.Object({
		text: TextLine,
		preview: Type.Optional(
			Type.Object(
				{ url: someText, title: maybeText, description: maybeText, thumbnailUrl: maybeText },
				{ description: 'Of the link that is in the text' },
			),
		),
	}),
]);

const Location = Type.Object({
	latitude: Type.Number({ minimum: -90, maximum: 90 }),
	longitude: Type.Number({ minimum: -180, maximum: 180 }),
	name: maybeText,
	address: maybeText,
	url: maybeText,
});

const Contact = Type.Object({
	name: someText,
	phone: maybeText,
	phones: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: PHONES_MAX })),
	vCard: maybeText,
	description: maybeText,
});

const Poll = Type.Object({
	question: someText,
	options: Type.Array(someText, { minItems: 2, maxItems: POLL_OPTIONS_MAX, uniqueItems: true }),
	maxOptions: Type.Optional(Type.Integer({ minimum: 0, description: 'How many may be chosen; 0: as many as one likes' })),
});

const EventBody = Type.Object({
	name: someText,
	startsAt: Type.String({ format: 'date-time' }),
	isCanceled: Type.Optional(Type.Boolean()),
	description: maybeText,
	place: Type.Optional(
		Type.Object({
			name: maybeText,
			address: maybeText,
			latitude: Type.Optional(Type.Number()),
			longitude: Type.Optional(Type.Number()),
		}),
	),
	call: Type.Optional(
		Type.Object({ media: Type.Union([Type.Literal('voice'), Type.Literal('video')]), url: someText }, { description: 'The link to it' }),
	),
});

export type PlainKey = 'text' | 'contact' | 'contacts' | 'location' | 'poll' | 'event';

export const EVENT_SCHEMA: TSchema = EventBody;

export const PLAIN_FORMS: Readonly<Record<PlainKey, Form>> = {
	text: form(Text, (given) => (typeof given === 'string' ? { kind: 'text', text: given } : { kind: 'text', ...given })),
	location: form(Location, (given) => ({ kind: 'location', ...given })),
	contact: form(Contact, (given) => ({ kind: 'contact', ...contactOf(given, 'contact') })),
	contacts: form(Type.Array(Contact, { minItems: 1, maxItems: CONTACTS_MAX }), (given) => ({
		kind: 'contacts',
		contacts: given.map((one, index) => contactOf(one, `contacts[${index}]`)),
	})),
	poll: form(Poll, ({ question, options, maxOptions = 0 }) => ({ kind: 'poll', question, options, maxOptions })),
	event: form(EventBody, readEvent),
};

/** An event as it is written in a request. */
export interface EventGiven {
	readonly name: string;
	/** RFC 3339. */
	readonly startsAt: string;
	readonly isCanceled?: boolean;
	readonly description?: string;
	readonly place?: NonNullable<EventContent['place']>;
	readonly call?: NonNullable<EventContent['call']>;
}

type EventContent = Extract<ContentBody, { kind: 'event' }>;

export function readEvent({ startsAt, isCanceled = false, ...rest }: EventGiven): EventContent {
	return { kind: 'event', startsAt: Date.parse(startsAt), isCanceled, ...rest };
}

function contactOf({ phone, ...wish }: Static<typeof Contact>, path: string): Omit<ContactContent, 'kind'> {
	const phones = wish.phones ?? (phone === undefined ? [] : [phone]);
	if (phones.length === 0) throw faulty({ path: `${path}.phones`, en: 'is required', pt: 'é obrigatório' });
	return { ...wish, phones, vCard: wish.vCard ?? vCardOf(wish.name, phones) };
}

/** RFC 6350, section 3.4: what would end a value is escaped. */
function vCardOf(name: string, phones: readonly string[]): string {
	const escaped = name.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
	const numbers = phones.map((phone) => `TEL;type=CELL:${phone.replace(/[\r\n]/g, '')}`);
	return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escaped};;;`, `FN:${escaped}`, ...numbers, 'END:VCARD'].join('\n');
}

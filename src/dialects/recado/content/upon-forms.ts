/** What acts upon another message, which callers name by our id or by WhatsApp's. */
import { type Static, Type } from 'typebox';
import type { UponAct } from '../../../messaging/services.ts';
import { faulty } from '../inputs.ts';
import { type Form, form } from './form.ts';
import { EVENT_SCHEMA, PLAIN_FORMS } from './plain-forms.ts';

/** The message is the caller's to look up. */
export interface UponGiven {
	readonly kind: 'upon';
	readonly messageId: string;
	readonly act: UponAct;
}

const messageId = Type.String({ minLength: 1, description: 'The message, by its id or its WhatsApp id' });

const Reaction = Type.Object({
	emoji: Type.Optional(Type.String({ description: 'Empty takes the reaction back' })),
	value: Type.Optional(Type.String({ description: 'The same as `emoji`' })),
	messageId,
});

const Edit = Type.Object({
	messageId,
	text: Type.Optional(Type.String({ minLength: 1, description: 'The new text, or the new caption of a medium' })),
	event: Type.Optional(EVENT_SCHEMA),
});

const DAY_SECONDS = 86_400;
/** WhatsApp offers three. */
const PIN_SECONDS = [DAY_SECONDS, 7 * DAY_SECONDS, 30 * DAY_SECONDS];

const Pin = Type.Object({
	messageId,
	isPinned: Type.Optional(Type.Boolean({ description: 'False: not any more' })),
	seconds: Type.Optional(Type.Unsafe<number>({ type: 'integer', enum: PIN_SECONDS, description: 'For how long; a week where left out' })),
});

export type UponKey = 'reaction' | 'edit' | 'deletion' | 'pin' | 'pollVote' | 'eventReply';

export const UPON_FORMS: Readonly<Record<UponKey, Form<UponGiven>>> = {
	reaction: form(Reaction, (given) => upon(given.messageId, { kind: 'reaction', emoji: emojiOf(given) })),
	edit: form(Edit, (given) => upon(given.messageId, { kind: 'edit', content: editedOf(given) })),
	deletion: form(Type.Object({ messageId }), (given) => upon(given.messageId, { kind: 'deletion' })),
	pin: form(Pin, ({ messageId: id, isPinned = true, seconds = 7 * DAY_SECONDS }) => upon(id, { kind: 'pin', isPinned, seconds })),
	pollVote: form(Type.Object({ messageId, options: Type.Array(Type.String(), { uniqueItems: true }) }), (given) =>
		upon(given.messageId, { kind: 'poll-vote', options: given.options }),
	),
	eventReply: form(
		Type.Object({ messageId, reply: Type.Union([Type.Literal('GOING'), Type.Literal('NOT_GOING'), Type.Literal('MAYBE')]) }),
		(given) => upon(given.messageId, { kind: 'event-reply', reply: given.reply }),
	),
};

function upon(id: string, act: UponAct): UponGiven {
	return { kind: 'upon', messageId: id, act };
}

function emojiOf({ emoji, value }: Static<typeof Reaction>): string {
	const given = emoji ?? value;
	if (given === undefined) throw faulty({ path: 'reaction.emoji', en: 'is required', pt: 'é obrigatório' });
	return given;
}

function editedOf({ text, event }: Static<typeof Edit>): Extract<UponAct, { kind: 'edit' }>['content'] {
	if (text !== undefined && event === undefined) return { kind: 'text', text };
	if (event !== undefined && text === undefined) return PLAIN_FORMS.event.read(event);
	throw faulty({ path: 'edit', en: 'must have exactly one of: text, event', pt: 'deve ter exatamente um de: text, event' });
}

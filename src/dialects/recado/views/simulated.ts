/** What the routes of the simulator answer. */
import { type TSchema, Type } from 'typebox';
import type { PhoneActed, PhoneChat, PhoneMessage } from '../../../ports/simulator.ts';
import { contentView } from './content.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, Text, Time, type View } from './view.ts';

export const WrittenSchema: TSchema = named(
	'Written',
	Type.Object({ messageId: Type.String({ description: 'The WhatsApp id of what was written' }) }, { additionalProperties: false }),
);

export const AcceptedSchema: TSchema = named('Accepted', Type.Object({ accepted: Type.Boolean() }, { additionalProperties: false }));

export const ActedSchema: TSchema = named(
	'Acted',
	Type.Object(
		{
			messageIds: Type.Array(Text, { description: 'WhatsApp ids of what the instance hears of it' }),
			groupId: Type.Optional(Type.String({ description: 'Of a group that was made' })),
			errors: Type.Optional(Type.Array(Text, { description: 'A sentence for each number that it did not work with' })),
		},
		{ additionalProperties: false },
	),
);

export function actedView({ whatsappIds, groupId, errors }: PhoneActed): View {
	return { messageIds: whatsappIds, groupId, errors };
}

const Wait = Type.Union([Type.Number(), Type.Null()]);

export const PhoneBehaviourSchema: TSchema = named(
	'PhoneBehaviour',
	Type.Object(
		{
			onWhatsApp: Type.Boolean(),
			receivesAfterMs: Wait,
			readsAfterMs: Wait,
			repliesWith: Type.Union([Text, Type.Null()]),
			answersInGroups: Type.Boolean(),
			mayBeAdded: Type.Boolean({ description: 'False: nobody puts its owner into a group' }),
			hidesNumber: Type.Boolean({ description: 'Chats that begin with it are known by its LID' }),
			name: Text,
		},
		{ additionalProperties: false, description: 'null: it never happens' },
	),
);

export const PhoneChatSchema: TSchema = named(
	'PhoneChat',
	Type.Object(
		{
			chat: Type.String({ description: "The instance's number, or the address of a group" }),
			name: Text,
			photoUrl: MaybeText,
			messages: Type.Integer({ description: 'How many of its messages are held' }),
			lastAt: Time,
			lastText: Type.String({ description: 'The last one in a few words' }),
		},
		{ additionalProperties: false },
	),
);

export function phoneChatView({ lastAt, ...chat }: PhoneChat): View {
	return { ...chat, lastAt: iso(lastAt) };
}

export const PhoneMessageSchema: TSchema = named(
	'PhoneMessage',
	Type.Object(
		{
			whatsappId: Text,
			chat: Text,
			from: Type.Optional(Type.String({ description: 'Whose number wrote it; missing where WhatsApp itself did' })),
			fromMe: Type.Boolean({ description: 'Written on this phone' }),
			at: Time,
			content: Type.Unsafe({ $ref: 'Content#' }),
			replyTo: MaybeText,
			editedAt: MaybeTime,
			isPinned: Type.Boolean(),
			isRead: Type.Boolean({ description: 'Written on this phone, and read by the instance' }),
			reactions: Type.Array(Type.Object({ from: Text, emoji: Text })),
			votes: Type.Array(Type.Object({ from: Text, options: Type.Array(Text) }), { description: 'Of a poll' }),
			replies: Type.Array(Type.Object({ from: Text, reply: Text }), { description: 'Of an event: who comes' }),
		},
		{ additionalProperties: false, description: 'As it stands on the screen of a phone, with what was done to it' },
	),
);

export function phoneMessageView({ at, editedAt, content, ...message }: PhoneMessage): View {
	return { ...message, at: iso(at), editedAt: isoIfKnown(editedAt), content: contentView(content) };
}

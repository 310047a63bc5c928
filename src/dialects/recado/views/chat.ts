/** A chat with its contact, as our API shows it. */
import { type TSchema, Type } from 'typebox';
import type { Chat } from '../../../domain/message.ts';
import type { ChatView } from '../../../ports/chats.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, Text, Time, type View } from './view.ts';

/** More than that nobody counts by eye. */
export const UNREAD_LOOKED_AT = 50;

export const ChatSchema: TSchema = named(
	'Chat',
	Type.Object(
		{
			id: Type.String({ description: '`cht_…`' }),
			accountId: Text,
			instanceId: Type.String({ description: 'Empty, as phone and name, once the contact was erased' }),
			phone: Type.String({ description: 'As WhatsApp spells it, digits only; of a group, a newsletter, a broadcast list its address' }),
			name: Text,
			contact: Type.Object({ id: Text, name: Text, photoUrl: MaybeText, lid: MaybeText }),
			waitingSince: Type.Optional(
				Type.String({ format: 'date-time', description: 'The customer has written since then and nobody attends' }),
			),
			attendanceId: Type.Optional(Type.String({ description: 'The open attendance' })),
			departmentId: MaybeText,
			lastMessageAt: Time,
			lastInboundAt: MaybeTime,
			createdAt: Time,
			lastMessage: Type.Optional(Type.Unsafe({ $ref: 'Message#', description: 'Where it was asked for' })),
			unread: Type.Optional(
				Type.Integer({ description: `Of its newest ${UNREAD_LOOKED_AT} messages those that nobody read yet; where it was asked for` }),
			),
		},
		{ additionalProperties: false },
	),
);

/** More are not counted: nobody works any faster for knowing. */
export const DESK_COUNTED_MAX = 1_000;

export const DeskCountSchema: TSchema = named(
	'DeskCount',
	Type.Object(
		{
			count: Type.Integer({ maximum: DESK_COUNTED_MAX }),
			isAtLeast: Type.Boolean({ description: 'There may be more: as many were counted, or looked at, as are at most' }),
		},
		{ additionalProperties: false },
	),
);

export function waitingCountView(counted: number): View {
	return { count: Math.min(counted, DESK_COUNTED_MAX), isAtLeast: counted > DESK_COUNTED_MAX };
}

export function chatView({ chat, contact }: ChatView): View {
	const { id, accountId, phone, name, attendanceId, departmentId } = chat;
	return {
		...{ id, accountId, instanceId: instanceIdOf(chat), phone, name },
		contact: { id: contact.id, name: contact.name, photoUrl: contact.photoUrl, lid: contact.lid },
		waitingSince: isoIfKnown(chat.waitingSince),
		...{ attendanceId, departmentId },
		lastMessageAt: iso(chat.lastMessageAt),
		lastInboundAt: isoIfKnown(chat.lastInboundAt),
		createdAt: iso(chat.createdAt),
	};
}

/** The chat of a contact that was erased is of no instance any more: what the store keeps in its place is no id. */
export function instanceIdOf({ instanceId, phone }: Pick<Chat, 'instanceId' | 'phone'>): string {
	return phone === '' ? '' : instanceId;
}

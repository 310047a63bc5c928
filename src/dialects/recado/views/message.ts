/** A message and its correspondent, as our API and our webhooks show them. */
import { type TSchema, Type } from 'typebox';
import type { Correspondent } from '../../../domain/event.ts';
import type { Message } from '../../../domain/message.ts';
import { contentView } from './content.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

const TimelineSchema = Type.Partial(
	Type.Object({ queued: Time, sent: Time, received: Time, read: Time, played: Time, failed: Time }, { additionalProperties: false }),
);

export const MessageSchema: TSchema = named(
	'Message',
	Type.Object(
		{
			id: Type.String({ description: '`msg_…`' }),
			whatsappId: Type.String({ description: 'The id that WhatsApp knows' }),
			accountId: Text,
			instanceId: Text,
			chatId: Text,
			fromMe: Type.Boolean(),
			origin: oneOf(['api', 'phone', 'automatic'], 'Who made it'),
			content: Type.Unsafe({ $ref: 'Content#' }),
			status: oneOf(['queued', 'sent', 'received', 'read', 'played', 'failed'], 'The last step of its timeline'),
			timeline: TimelineSchema,
			failure: Type.Optional(Type.Object({ code: Text, reason: Text })),
			replyTo: Type.Optional(Type.String({ description: 'WhatsApp id of the message that it answers' })),
			customId: MaybeText,
			contextId: MaybeText,
			createdAt: Time,
			updatedAt: Time,
			dueAt: Type.Optional(Type.String({ format: 'date-time', description: 'Not sent before this time' })),
		},
		{ additionalProperties: false },
	),
);

export const MessagePageSchema: TSchema = named(
	'MessagePage',
	Type.Object(
		{ items: Type.Array(Type.Unsafe({ $ref: 'Message#' })), page: Type.Integer(), total: Type.Integer() },
		{ additionalProperties: false },
	),
);

export function messageView(message: Message): View {
	return {
		id: message.id,
		whatsappId: message.whatsappId,
		accountId: message.accountId,
		instanceId: message.instanceId,
		chatId: message.chatId,
		fromMe: message.fromMe,
		origin: message.origin,
		content: contentView(message.content),
		status: message.status,
		timeline: Object.fromEntries(Object.entries(message.timeline).map(([step, at]) => [step, iso(at)])),
		failure: message.failure && { code: message.failure.code, reason: message.failure.reason },
		replyTo: message.replyTo,
		customId: message.customId,
		contextId: message.thread?.contextId,
		createdAt: iso(message.createdAt),
		updatedAt: iso(message.updatedAt),
		dueAt: isoIfKnown(message.dueAt),
	};
}

export const CorrespondentSchema: TSchema = named(
	'Correspondent',
	Type.Object(
		{
			phone: Text,
			name: Text,
			chatName: Text,
			photoUrl: MaybeText,
			lid: MaybeText,
			lastInboundAt: MaybeTime,
		},
		{ additionalProperties: false, description: 'Who the chat is with' },
	),
);

export function correspondentView(who: Correspondent): View {
	return {
		phone: who.phone,
		name: who.senderName,
		chatName: who.chatName,
		photoUrl: who.photoUrl,
		lid: who.lid,
		lastInboundAt: isoIfKnown(who.lastInboundAt),
	};
}

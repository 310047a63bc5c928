/** A message and its correspondent, as our API and our webhooks show them. */
import { type TSchema, Type } from 'typebox';
import type { Correspondent } from '../../../domain/event.ts';
import type { Message, MessageContent } from '../../../domain/message.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

const CONTENT_KINDS: readonly MessageContent['kind'][] = [
	'text',
	'image',
	'video',
	'audio',
	'document',
	'location',
	'contact',
	'reaction',
	'unknown',
];

export const ContentSchema: TSchema = named(
	'Content',
	Type.Object(
		{
			kind: oneOf(CONTENT_KINDS, 'Says which of the other keys are there'),
			text: MaybeText,
			url: Type.Optional(Type.String({ description: 'Where a medium is, or a location on a map' })),
			mimeType: MaybeText,
			fileName: MaybeText,
			thumbnailUrl: MaybeText,
			caption: MaybeText,
			title: MaybeText,
			seconds: Type.Optional(Type.Number()),
			pageCount: Type.Optional(Type.Integer()),
			width: Type.Optional(Type.Integer()),
			height: Type.Optional(Type.Integer()),
			viewOnce: Type.Optional(Type.Boolean()),
			voiceNote: Type.Optional(Type.Boolean()),
			latitude: Type.Optional(Type.Number()),
			longitude: Type.Optional(Type.Number()),
			name: MaybeText,
			address: MaybeText,
			phones: Type.Optional(Type.Array(Text)),
			vCard: MaybeText,
			description: MaybeText,
			emoji: MaybeText,
			messageId: Type.Optional(Type.String({ description: 'WhatsApp id of the message that a reaction is for' })),
			fromMe: Type.Optional(Type.Boolean({ description: 'Whether that message was ours' })),
			raw: Type.Optional(Type.Unknown({ description: 'A kind that this version does not know, as the channel gave it' })),
		},
		{ additionalProperties: false },
	),
);

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

/** The domain's content is plain already, but for what a reaction points to. */
function contentView(content: MessageContent): object {
	if (content.kind !== 'reaction') return content;
	return { kind: content.kind, emoji: content.emoji, messageId: content.to.whatsappId, fromMe: content.to.fromMe };
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

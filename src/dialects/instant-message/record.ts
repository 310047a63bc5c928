/**
 * A message as this API writes it, in answers and in webhooks. Documented string members are always there, empty where there is nothing to
 * say, because integrations written against the documentation read them without asking.
 */
import type { Medium, Message, MessageContent } from '../../domain/message.ts';

/** The documented states of a message. */
export type RecordStatus = 'stored' | 'sent' | 'delivered' | 'read';

export interface RecordContext {
	readonly appId: string;
	/** Digits. */
	readonly instancePhone: string;
	/** Digits. */
	readonly customerPhone: string;
	readonly status: RecordStatus;
	/** The `id` of an uploaded medium is a member of `mediaData` in answers, not in webhooks. */
	readonly form?: 'answer' | 'webhook';
}

export interface MessageRecord {
	readonly messageId: string;
	readonly contextId: string;
	readonly interactionsId: string;
	readonly mediaType: string;
	readonly message: string;
	readonly mediaData?: MediaData;
	readonly location?: { readonly address: string; readonly latitude: number; readonly longitude: number; readonly name: string };
	readonly to: string;
	readonly from: string;
	readonly appId: string;
	readonly status: RecordStatus;
	readonly createdAt: string;
	readonly updatedAt: string;
}

interface MediaData {
	readonly link: string;
	readonly id?: string;
	readonly caption: string;
	readonly filename: string;
}

export function writeRecord(message: Message, context: RecordContext): MessageRecord {
	const customer = e164(context.customerPhone);
	const instance = e164(context.instancePhone);
	return {
		messageId: digitsOf(message.id),
		contextId: message.thread?.contextId ?? '',
		interactionsId: message.thread?.interactionId ?? conversationOf(message.chatId),
		mediaType: message.content.kind,
		message: textOf(message.content),
		...attachmentOf(message.content, context.form ?? 'answer'),
		to: message.fromMe ? customer : instance,
		from: message.fromMe ? instance : customer,
		appId: context.appId,
		status: context.status,
		createdAt: isoTime(message.createdAt),
		updatedAt: isoTime(message.updatedAt),
	};
}

/** The hex digits of one of our ids: on this wire ids have no prefix. */
export function digitsOf(id: string): string {
	return id.slice(id.indexOf('_') + 1);
}

/** `interactionsId` is a UUID that stands for a conversation; where no thread was opened, the chat's own digits are one. */
export function conversationOf(chatId: string): string {
	return digitsOf(chatId).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function e164(digits: string): string {
	return `+${digits}`;
}

export function isoTime(epochMs: number): string {
	return new Date(epochMs).toISOString();
}

function textOf(content: MessageContent): string {
	switch (content.kind) {
		case 'text':
			return content.text;
		case 'image':
		case 'video':
		case 'document':
			return content.caption ?? '';
		case 'location':
			return content.name ?? content.address ?? '';
		case 'contact':
			return content.vCard;
		case 'reaction':
			return content.emoji;
		case 'audio':
		case 'unknown':
			return '';
	}
}

function attachmentOf(content: MessageContent, form: 'answer' | 'webhook'): Pick<MessageRecord, 'mediaData' | 'location'> {
	switch (content.kind) {
		case 'image':
		case 'video':
		case 'document':
			return { mediaData: mediaData(content, content.caption ?? '', form) };
		case 'audio':
			return { mediaData: mediaData(content, '', form) };
		case 'location':
			return {
				location: {
					address: content.address ?? '',
					latitude: content.latitude,
					longitude: content.longitude,
					name: content.name ?? '',
				},
			};
		case 'text':
		case 'contact':
		case 'reaction':
		case 'unknown':
			return {};
	}
}

function mediaData(medium: Medium, caption: string, form: 'answer' | 'webhook'): MediaData {
	const id = form === 'answer' ? { id: '' } : {};
	return { link: medium.url, ...id, caption, filename: medium.fileName ?? '' };
}

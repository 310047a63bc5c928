/**
 * A message as this API writes it, in answers and in webhooks. Documented string members are always there, empty where there is nothing to
 * say, because integrations written against the documentation read them without asking.
 */
import type { ContentBody, Medium } from '../../domain/content.ts';
import type { Message } from '../../domain/message.ts';

/** The documented states of a message. */
export type RecordStatus = 'stored' | 'sent' | 'delivered' | 'read';

export interface RecordContext {
	readonly appId: string;
	/** Digits. */
	readonly instancePhone: string;
	/** Digits. */
	readonly customerPhone: string;
	readonly status: RecordStatus;
	/** Default: `answer`. */
	readonly form?: RecordForm;
}

/**
 * Answers have `mediaData` whatever the message is, empty where it has no medium; the answer to a template and webhooks have it with a medium only. The `id` of
 * an uploaded medium is a member of it in answers, not in webhooks.
 */
export type RecordForm = 'answer' | 'template' | 'webhook';

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
		mediaType: mediaTypeOf(message.content),
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

/** What is no number (a group's address) stays as it is. */
export function e164(phone: string): string {
	return /^\d+$/.test(phone) ? `+${phone}` : phone;
}

export function isoTime(epochMs: number): string {
	return new Date(epochMs).toISOString();
}

/** What asks for a tap and what was tapped are told as the texts that they are; the document knows no word for them. */
function mediaTypeOf({ kind }: ContentBody): string {
	switch (kind) {
		case 'buttons':
		case 'button-reply':
		case 'list':
		case 'list-reply':
		case 'template':
			return 'text';
		default:
			return kind;
	}
}

function textOf(content: ContentBody): string {
	switch (content.kind) {
		case 'text':
		case 'buttons':
		case 'button-reply':
		case 'list':
		case 'template':
		case 'carousel':
		case 'catalog':
		case 'order':
		case 'newsletter-invite':
			return content.text;
		case 'image':
		case 'video':
		case 'document':
			return content.caption ?? '';
		case 'location':
			return content.name ?? content.address ?? '';
		case 'contact':
			return content.vCard;
		case 'contacts':
			return content.contacts.map(({ vCard }) => vCard).join('\n');
		case 'list-reply':
		case 'product':
			return content.title;
		case 'reaction':
			return content.emoji;
		case 'edit':
			return textOf(content.content);
		case 'poll':
			return content.question;
		case 'poll-vote':
			return content.options.join(', ');
		case 'event':
			return content.name;
		default:
			return '';
	}
}

function attachmentOf(content: ContentBody, form: RecordForm): Pick<MessageRecord, 'mediaData' | 'location'> {
	const medium = mediumOf(content);
	const mediaData = medium || form === 'answer' ? { mediaData: writeMedium(medium, content, form) } : {};
	if (content.kind !== 'location') return mediaData;
	const { address = '', latitude, longitude, name = '' } = content;
	return { ...mediaData, location: { address, latitude, longitude, name } };
}

function mediumOf(content: ContentBody): Medium | undefined {
	switch (content.kind) {
		case 'image':
		case 'video':
		case 'audio':
		case 'document':
		case 'sticker':
			return content;
		case 'template':
			return content.header && mediumOf(content.header);
		default:
			return undefined;
	}
}

function writeMedium(medium: Medium | undefined, content: ContentBody, form: RecordForm): MediaData {
	const caption = 'caption' in content ? (content.caption ?? '') : '';
	const id = form === 'webhook' ? {} : { id: uploadIdOf(medium?.url ?? '') };
	return { link: medium?.url ?? '', ...id, caption, filename: medium?.fileName ?? '' };
}

/** Our links to media end in their ids. */
function uploadIdOf(url: string): string {
	return /\/media\/med_([0-9a-f]+)$/.exec(url)?.[1] ?? '';
}

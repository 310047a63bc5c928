/**
 * What edits and deletions do to the message that they point to. The stored message ends the same in whatever order they come, and however often:
 * a deletion is for ever, and of several edits the one that was written last stands (of two from the same moment the one that was told last).
 * A message is changed by who wrote it; in a group, its admins delete what others wrote, and WhatsApp alone knows who they are.
 */
import type { ContentBody, MessageContent } from './content.ts';
import type { Message } from './message.ts';
import { isPerson, phoneKey } from './phone.ts';

export type Amendment = Extract<ContentBody, { kind: 'edit' | 'deletion' }>;

export interface Amending {
	readonly content: MessageContent;
	readonly chatId: string;
	/** Of the chat: tells a group from a person. */
	readonly address: string;
	readonly fromMe: boolean;
	/** When WhatsApp took it. */
	readonly at: number;
}

export function isAmendment<T extends MessageContent>(content: T): content is T & Amendment {
	return content.kind === 'edit' || content.kind === 'deletion';
}

/** What the message says from now on; undefined where nothing changes. */
export function amend(target: Message, by: Amending): MessageContent | undefined {
	const { content } = by;
	if (!isAmendment(content) || target.chatId !== by.chatId || target.content.kind === 'deleted') return undefined;
	const isOwn = isSameAuthor(target, by);
	if (content.kind === 'deletion') return isOwn || !isPerson(by.address) ? deleted(target.content) : undefined;
	const editedAt = target.content.context?.editedAt;
	if (!isOwn || (editedAt !== undefined && editedAt > by.at)) return undefined;
	return { ...rewritten(target.content, content.content), context: { ...target.content.context, editedAt: by.at } };
}

/** Who wrote it stays known; what was said, and its media, do not. */
function deleted({ context }: MessageContent): MessageContent {
	return { kind: 'deleted', ...(context?.participant === undefined ? {} : { context: { participant: context.participant } }) };
}

/** A text that is written upon a medium is its caption. */
export function rewritten(before: MessageContent, now: ContentBody): ContentBody {
	if (now.kind === 'text' && hasCaption(before)) return { ...before, caption: now.text };
	return now;
}

export function hasCaption<T extends ContentBody>(content: T): content is Extract<T, { kind: 'image' | 'video' | 'document' }> {
	return content.kind === 'image' || content.kind === 'video' || content.kind === 'document';
}

function isSameAuthor(target: Message, by: Amending): boolean {
	if (target.fromMe !== by.fromMe) return false;
	const [one, other] = [target.content.context?.participant?.phone, by.content.context?.participant?.phone];
	return target.fromMe || one === undefined || other === undefined || phoneKey(one) === phoneKey(other);
}

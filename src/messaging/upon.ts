/** What acts upon another message: finds that message, and refuses what WhatsApp does not let one do to it. */
import { hasCaption } from '../domain/amendment.ts';
import { type ContentBody, isSaying, type MessageContent, type MessageReference } from '../domain/content.ts';
import { isOneEmoji } from '../domain/emoji.ts';
import type { Message } from '../domain/message.ts';
import { isPerson } from '../domain/phone.ts';
import { RecadoError } from '../errors.ts';
import type { Store } from '../ports/store.ts';
import type { UponWish } from './services.ts';

const MINUTE_MS = 60_000;

/** "You can edit messages up to 15 minutes after you send them": WhatsApp's help centre, "How to edit messages". */
export const EDIT_MINUTES_MAX = 15;

/** "About two days" in the help centre; two days and twelve hours by WhatsApp's announcement of August 2022. */
export const DELETION_HOURS_MAX = 60;

/** Whether a person who looks at the chat sees a message, to react to or to pass on. */
function isShown(content: ContentBody): boolean {
	return isSaying(content) && content.kind !== 'waiting';
}

export interface UponWhere {
	readonly store: Pick<Store, 'messages'>;
	readonly instanceId: string;
	readonly chatId: string;
	/** Of the chat. */
	readonly address: string;
	readonly now: number;
}

/**
 * Throws message_missing where the message is unknown or of another chat, message_failed, message_unfit where it is of a kind that this cannot be done to,
 * message_not_own, edit_too_late, deletion_too_late, poll_option_missing, poll_options_too_many, reaction_no_emoji.
 */
export async function resolveUpon({ whatsappId, act }: UponWish, where: UponWhere): Promise<MessageContent> {
	const target = await foundIn(where, whatsappId);
	if (target.status === 'failed') throw new RecadoError('message_failed', { details: { id: whatsappId } });
	const isFit = fits(target, act, where);
	if (!isFit) throw unfit(target, act.kind);
	return { ...act, to: referenceTo(target) };
}

/** Throws message_missing where the message is unknown or of another chat. */
export async function foundIn(where: Pick<UponWhere, 'store' | 'instanceId' | 'chatId'>, whatsappId: string): Promise<Message> {
	const target = await where.store.messages.byWhatsappId(where.instanceId, whatsappId);
	if (target?.chatId !== where.chatId) throw new RecadoError('message_missing', { details: { id: whatsappId } });
	return target;
}

/** Whether it can be shown elsewhere. */
export function isForwardable(content: ContentBody): boolean {
	return isShown(content) && content.kind !== 'unknown';
}

export function unfit({ whatsappId, content }: Message, act: string): RecadoError {
	return new RecadoError('message_unfit', { details: { id: whatsappId, kind: content.kind, act } });
}

function referenceTo({ whatsappId, fromMe, content }: Message): MessageReference {
	const participantPhone = content.context?.participant?.phone;
	return { whatsappId, fromMe, ...(participantPhone === undefined ? {} : { participantPhone }) };
}

function fits(target: Message, act: UponWish['act'], where: UponWhere): boolean {
	const { content } = target;
	switch (act.kind) {
		case 'reaction':
			return isShown(content) && isReaction(act.emoji);
		case 'pin':
			return isShown(content);
		case 'edit':
			return isEditable(target, act.content) && isEditInTime(target, where.now);
		case 'deletion':
			return isDeletable(target, where);
		case 'poll-vote':
			return content.kind === 'poll' && areOptions(content, act.options);
		case 'event-reply':
			return content.kind === 'event' && !content.isCanceled;
	}
}

/** An empty one takes it back. */
function isReaction(emoji: string): true {
	if (emoji === '' || isOneEmoji(emoji)) return true;
	throw new RecadoError('reaction_no_emoji');
}

/** Texts, captions and events can be written anew. */
function isEditable(target: Message, now: ContentBody): boolean {
	if (!target.fromMe) throw new RecadoError('message_not_own', { details: { id: target.whatsappId } });
	const { content } = target;
	return (now.kind === content.kind && (now.kind === 'text' || now.kind === 'event')) || (now.kind === 'text' && hasCaption(content));
}

function isEditInTime(target: Message, now: number): true {
	if (now - writtenAt(target, now) <= EDIT_MINUTES_MAX * MINUTE_MS) return true;
	throw new RecadoError('edit_too_late', { details: { id: target.whatsappId, minutes: EDIT_MINUTES_MAX } });
}

/** In a group its admins delete what others wrote, without a time limit: whether the number is one is for WhatsApp to say. */
function isDeletable(target: Message, { address, now }: UponWhere): boolean {
	if (!isShown(target.content)) return false;
	if (!target.fromMe && isPerson(address)) throw new RecadoError('message_not_own', { details: { id: target.whatsappId } });
	if (target.fromMe && now - writtenAt(target, now) > DELETION_HOURS_MAX * 60 * MINUTE_MS)
		throw new RecadoError('deletion_too_late', { details: { id: target.whatsappId, hours: DELETION_HOURS_MAX } });
	return true;
}

/** What is in the queue still has all its time. */
function writtenAt({ timeline, status, createdAt }: Message, now: number): number {
	return status === 'queued' ? now : (timeline.sent ?? createdAt);
}

function areOptions(poll: Extract<ContentBody, { kind: 'poll' }>, chosen: readonly string[]): true {
	const unknown = chosen.find((option) => !poll.options.includes(option));
	if (unknown !== undefined) throw new RecadoError('poll_option_missing', { details: { option: unknown } });
	if (poll.maxOptions > 0 && chosen.length > poll.maxOptions)
		throw new RecadoError('poll_options_too_many', { details: { limit: poll.maxOptions } });
	return true;
}

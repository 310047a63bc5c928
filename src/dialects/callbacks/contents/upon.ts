/** Polls, events, and what acts upon another message. */
import type { MessageReference } from '../../../domain/content.ts';
import { isPerson } from '../../../domain/phone.ts';
import type { ContentOf } from '../content-of.ts';
import { phoneOfAuthor } from '../members.ts';
import type { Told } from '../told.ts';

export function pollContent({ question, maxOptions, options }: ContentOf<'poll'>): object {
	return { question, pollMaxOptions: maxOptions, options: options.map((name) => ({ name })) };
}

/** A vote that is taken back has no options. */
export function pollVoteContent({ to, options }: ContentOf<'poll-vote'>): object {
	return { pollMessageId: to.whatsappId, options: options.map((name) => ({ name })) };
}

/** `scheduleTime` is in seconds. Of the place the documents know a name, and nothing where there is none. */
export function eventContent(content: ContentOf<'event'>): object {
	return {
		name: content.name,
		description: content.description ?? '',
		canceled: content.isCanceled,
		joinLink: content.call?.url ?? '',
		scheduleTime: Math.floor(content.startsAt / 1000),
		location: content.place?.name === undefined ? {} : { name: content.place.name },
	};
}

export function eventReplyContent(content: ContentOf<'event-reply'>, told: Told): object {
	return {
		response: content.reply,
		responseFrom: phoneOfAuthor(told),
		time: told.at,
		referencedMessage: referenced(content.to, told),
	};
}

/** A reaction taken back comes with an empty `value`. */
export function reactionContent(content: ContentOf<'reaction'>, told: Told): object {
	return { value: content.emoji, time: told.at, reactionBy: phoneOfAuthor(told), referencedMessage: referenced(content.to, told) };
}

export function pinContent(content: ContentOf<'pin'>, told: Told): object {
	return {
		action: content.isPinned ? 'pin' : 'unpin',
		pinDurationInSecs: content.seconds,
		referencedMessage: referenced(content.to, told),
	};
}

function referenced(to: MessageReference, told: Told): object {
	return { messageId: to.whatsappId, fromMe: to.fromMe, phone: told.with.phone, participant: authorOf(to, told) };
}

/** Who of a group wrote it; null elsewhere. */
function authorOf(to: MessageReference, { with: { phone }, instance }: Told): string | null {
	return to.participantPhone ?? (to.fromMe && !isPerson(phone) ? instance.phone : null);
}

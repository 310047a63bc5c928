/** Where the attendant is with a chat: which closed time it was told of, what it is being asked. One document a chat, by its id. */
import { type Collection, collection } from '../ports/documents.ts';
import type { UraOption } from './answering-services.ts';

export interface ChatDialogue {
	/** The closed time that the chat was told of last (`Opening.closedTime`). */
	readonly awayFor?: string;
	/** Undefined: not asked since the last attendance. */
	readonly ura?: UraDialogue;
	readonly survey?: SurveyDialogue;
}

/**
 * `asking`: enters with the first message of a chat that nobody attends; a menu in a menu stays in it. Leaves by a choice or by too many wrong answers.
 * `routed`: the chat is where it was routed to. Leaves by the end of the next attendance: then the chat is asked again.
 */
export type UraDialogue =
	| { readonly state: 'routed' }
	| {
			readonly state: 'asking';
			/** What is offered at the moment, as it was asked: an answer means that, whatever was set since. */
			readonly message: string;
			readonly options: readonly UraOption[];
			readonly wrongAnswers: number;
	  };

/**
 * `rating`: enters with the end of an attendance. `observation`: enters with the rating. Both leave by an answer, by a new attendance, or by time: what
 * is written outside of `from` to `until` is an ordinary message.
 */
export interface SurveyDialogue {
	readonly state: 'rating' | 'observation';
	readonly attendanceId: string;
	readonly from: number;
	readonly until: number;
}

export const DIALOGUES: Collection<ChatDialogue> = collection<ChatDialogue>('chat-dialogues');

/** What the attendant does with a message or with the end of an attendance. */
import type { Attendance } from '../domain/attendance.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Change } from '../ports/changes.ts';
import type { ChatDialogue } from './chat-dialogue.ts';

/** What is said and done, and where the chat is afterwards. */
export interface Turn {
	readonly texts: readonly string[];
	readonly dialogue: ChatDialogue;
	/** Before what is said. */
	readonly changes?: readonly Change[];
	readonly events?: readonly DomainEvent[];
	readonly isAnswered?: boolean;
	readonly started?: Attendance;
}

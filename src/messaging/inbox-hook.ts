/**
 * Who looks at what customers write, before it is committed: what follows from a message (a menu that asks, an answer that is read) belongs into
 * the unit of the message, so that it is neither lost nor doubled by a repetition. The inbox calls it inside its decision, for each incoming
 * message that nobody has seen before.
 */
import type { Instance } from '../domain/account.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Change } from '../ports/changes.ts';
import type { ChatView } from '../ports/chats.ts';

export interface InboxHook {
	/** Reads and decides, writes nothing itself; called again after a conflict. What it throws fails the observation. */
	onMessage(arrival: Arrival): Promise<Aftermath>;
}

export interface Arrival {
	readonly instance: Instance;
	/** As it was before this message; one that the message opens is made by an earlier change of the same unit. */
	readonly view: ChatView;
	/** Not `fromMe`; of any kind, of groups and newsletters too. */
	readonly message: Message;
}

/** To be committed after the message itself. */
export interface Aftermath {
	readonly changes: readonly Change[];
	/** After `message.received`. */
	readonly events: readonly DomainEvent[];
	/** It was answered here: the customer does not wait for an operator by it. */
	readonly isAnswered?: boolean;
	/** It takes the next number of the account: it is decided again where nobody else of this process takes one meanwhile. */
	readonly startsAttendance?: boolean;
	/** Called once the unit is committed. */
	readonly after?: () => void;
}

export const NO_AFTERMATH: Aftermath = { changes: [], events: [] };

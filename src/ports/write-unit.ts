/** What is committed together or not at all, and what came of it. What may be in it is told in `changes.ts`. */
import type { ClaimedDelivery, NewDelivery } from '../domain/delivery.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Change } from './changes.ts';
import type { IdempotencyRecord } from './idempotency.ts';

export interface WriteUnit {
	readonly changes: readonly Change[];
	readonly events: readonly DomainEvent[];
	readonly deliveries: readonly NewDelivery[];
	readonly idempotency?: IdempotencyRecord;
	/**
	 * Which webhooks the deliveries were planned for: the version of those of each account that has an event in it. Looked at only where others write
	 * too (`peers.isAlone` is false): whoever is alone knows them all.
	 */
	readonly plannedWith?: readonly PlannedWith[];
}

export interface PlannedWith {
	readonly accountId: string;
	/** As `WebhookReads.ofAccount` answered it. */
	readonly version: number;
}

export type CommitResult = Committed | CommitConflict;

export interface Committed {
	readonly kind: 'committed';
	/** The deliveries of the unit that are now `sending`: attempt them. */
	readonly taken: readonly ClaimedDelivery[];
	/** When which of the others are due, those that wait in their lanes left out. */
	readonly due: readonly { readonly webhookId: string; readonly dueAt: number }[];
}

/** What a precondition found; `what` says which. Nothing of the unit was written. */
export interface CommitConflict {
	readonly kind: 'conflict';
	readonly what:
		| 'idempotency' // the key is used: read its record; looked at before anything else of the unit
		| 'webhooks' // webhooks of the account changed since the deliveries were planned; looked at before the changes of the unit
		| 'exists' // an insert met an id, a name or an alias that is there
		| 'message' // a message is not in the status that the decision started from
		| 'attendance' // an attendance changed, or the chat has an open one, or the number is taken
		| 'journal' // the observation is in the journal already: a repetition
		| 'document' // a document is not in the version that the decision started from
		| 'missing'; // an update found no row
}

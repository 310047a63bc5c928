/** The way out of every decision: what changed and the events it caused become durable together with their deliveries. */
import type { DomainEvent } from '../domain/event.ts';
import type { Change } from './changes.ts';
import type { IdempotencyRecord } from './idempotency.ts';
import type { CommitConflict } from './write-unit.ts';

export interface Outbox {
	/**
	 * Plans the deliveries of the events, commits everything as one unit and, once durable, hands to the dispatcher what it may attempt at once.
	 * Answers the conflict where a precondition of a change did not hold: nothing of the unit happened; decide again.
	 * Rejects with `store_unavailable` where the store cannot commit: nothing happened.
	 */
	commit(decision: Decision): Promise<DecisionConflict | undefined>;
}

/** What concerns whoever decided. That webhooks changed does not: the deliveries are planned again, on the same decision. */
export interface DecisionConflict extends CommitConflict {
	readonly what: Exclude<CommitConflict['what'], 'webhooks'>;
}

export interface Decision {
	readonly changes: readonly Change[];
	readonly events: readonly DomainEvent[];
	readonly idempotency?: IdempotencyRecord;
}

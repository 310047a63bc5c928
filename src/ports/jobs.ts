/**
 * Jobs: replaying or discarding many deliveries, or erasing what is kept about a contact, a batch at a time. A batch and the progress of its job are one write, so that a job goes
 * on after a crash exactly where it was.
 */
import type { DeliveryState } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { Page, PageRequest } from './pages.ts';

/** `erase`: what is kept about a contact; see `personal-data.ts`. */
export type JobKind = 'replay' | 'discard' | 'erase';

/** `counting` and then `running` go on by themselves; `paused` waits for a person; the others are final. */
export type JobState = 'counting' | 'running' | 'paused' | 'cancelled' | 'done';

export interface Job {
	/** `job_…` */
	readonly id: string;
	readonly kind: JobKind;
	readonly filter: JobFilter;
	readonly state: JobState;
	/** How many the filter met at the start; grows while they are counted. */
	readonly total: number;
	/** Of those: replayed or discarded. */
	readonly done: number;
	/** Of those: not in a state to be replayed or discarded any more when their turn came (settled or sent otherwise, webhook deleted). */
	readonly skipped: number;
	/** The `seq` up to which its present phase has come. */
	readonly cursor: number;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly finishedAt?: number;
}

/** Which deliveries, of those that were committed before the job. All that is given has to fit. */
export interface JobFilter {
	/** Whose job it is: given, or that of the webhook, instance or chat that is given. Missing: it is of no single account. */
	readonly accountId?: string;
	readonly webhookId?: string;
	readonly chatId?: string;
	/** Of any of these. */
	readonly chatIds?: readonly string[];
	readonly instanceId?: string;
	readonly eventType?: EventType;
	/** Part of the payload, case-insensitive; as `DeliveryFilter` means it. */
	readonly text?: string;
	readonly states: readonly DeliveryState[];
	/** By `createdAt`, inclusive and exclusive; epoch milliseconds. */
	readonly since?: number;
	readonly until?: number;
	/** The highest `seq` there was when the job was made. */
	readonly seqMax: number;
	/** Whom a job of the kind `erase` is about; it has no states. */
	readonly contactId?: string;
}

/** Of all accounts where none is given, those that are of no single one as well. */
export interface JobListFilter {
	readonly accountId?: string;
}

export interface Jobs {
	job(id: string): Promise<Job | undefined>;
	/** Newest first. */
	list(filter: JobListFilter, page: PageRequest): Promise<Page<Job>>;
	/** Those that go on by themselves, oldest first. */
	unfinished(): Promise<readonly Job[]>;
	/** The highest `seq` of a delivery; 0 where there is none. */
	newestSeq(): Promise<number>;
	/**
	 * Goes on by one batch of up to `limit` deliveries, oldest first, and answers the job as it is after that with the webhooks that have something
	 * ready now. A job that does not go on by itself (paused, cancelled meanwhile) is answered as it is.
	 */
	step(id: string, limit: number, at: number): Promise<{ readonly job: Job; readonly webhookIds: readonly string[] } | undefined>;
}

/**
 * The store: everything that is kept. Two engines, one conformance suite (`test/suites/store.ts`).
 *
 * Writing is one operation, `commit(unit)`: a unit is data, not a closure, so that an engine can put the units of concurrent callers
 * into one transaction and, over a network, into one round trip. A unit is all or nothing; its preconditions are checked inside the
 * transaction, and the first that does not hold fails the unit (and no other) with a `CommitConflict`, which is a value.
 * Reading is by role; a read sees every unit whose commit has resolved.
 */
import type { AccountReads } from './accounts.ts';
import type { AttendanceReads } from './attendances.ts';
import type { Blobs } from './blobs.ts';
import type { ChannelState } from './channel.ts';
import type { ChatReads } from './chats.ts';
import type { DeliveryReads } from './deliveries.ts';
import type { DeliveryWork } from './delivery-work.ts';
import type { DocumentReads } from './documents.ts';
import type { EventReads } from './events.ts';
import type { IdempotencyReads } from './idempotency.ts';
import type { InsightReads } from './insight.ts';
import type { Jobs } from './jobs.ts';
import type { JournalReads } from './journal.ts';
import type { MediaReads, MediaWork } from './media.ts';
import type { MessageReads } from './messages.ts';
import type { Errands, Ownership, Peers } from './peers.ts';
import type { PersonalData } from './personal-data.ts';
import type { Retention } from './retention.ts';
import type { SealedSecrets } from './secrets.ts';
import type { WebhookReads } from './webhooks.ts';
import type { CommitResult, WriteUnit } from './write-unit.ts';

export interface Store extends AsyncDisposable {
	/** Runs the migrations and makes what a crashed process was sending ready again. Call once, before anything else. */
	open(): Promise<void>;
	commit(unit: WriteUnit): Promise<CommitResult>;
	/** Resolves if a write can be made durable now; rejects with `store_unavailable` otherwise. */
	probe(): Promise<void>;
	/** When the newest thing was written, by the clock of who wrote it; 0 in a new store. A clock that was put back since starts from here. */
	newestAt(): Promise<number>;

	readonly accounts: AccountReads;
	readonly webhooks: WebhookReads;
	readonly chats: ChatReads;
	readonly messages: MessageReads;
	readonly attendances: AttendanceReads;
	readonly events: EventReads;
	readonly deliveries: DeliveryReads & DeliveryWork;
	readonly jobs: Jobs;
	readonly journal: JournalReads;
	readonly idempotency: IdempotencyReads;
	readonly media: MediaReads & MediaWork;
	/** The bytes that the links of `media` lead to. */
	readonly blobs: Blobs;
	readonly documents: DocumentReads;
	readonly insight: InsightReads;
	readonly channelState: ChannelState;
	readonly sealedSecrets: SealedSecrets;
	readonly retention: Retention;
	readonly personal: PersonalData;
	readonly peers: Peers;
	readonly ownership: Ownership;
	readonly errands: Errands;
}

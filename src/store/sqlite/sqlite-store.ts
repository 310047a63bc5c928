/**
 * The embedded store: one SQLite file in WAL mode, one writer with group commit, one reader beside it, and a folder for media. It composes the roles of the port; what
 * each does stands in the folders `changes`, `deliveries` and `reads`, a subject a file, the statement next to what it promises.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { RecadoError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreWatch } from '../../ports/store-watch.ts';
import type { CommitResult, WriteUnit } from '../../ports/write-unit.ts';
import { alone, noErrands, ownsAll } from '../shared/alone.ts';
import { mediaDirectory } from './blobs/blob-file.ts';
import { FileBlobs } from './blobs/file-blobs.ts';
import { moveChunks } from './blobs/move-chunks.ts';
import { applyUnit } from './changes/apply-unit.ts';
import { channelState } from './channel-state.ts';
import { Connection, connectReader, connectWriter } from './connection.ts';
import { recoverSending } from './deliveries/recover-sending.ts';
import { deliveryWork } from './delivery-work.ts';
import { FileOwner } from './file-owner.ts';
import { GroupWriter } from './group-writer.ts';
import { sqliteJobs } from './jobs/sqlite-jobs.ts';
import { migrate } from './migrate.ts';
import { newestAt } from './newest-at.ts';
import { sqlitePersonalData } from './personal/sqlite-personal-data.ts';
import { accountReads } from './reads/account-reads.ts';
import { attendanceReads } from './reads/attendance-reads.ts';
import { chatReads } from './reads/chat-reads.ts';
import { documentReads } from './reads/document-reads.ts';
import { eventReads } from './reads/event-reads.ts';
import { insightReads } from './reads/insight-reads.ts';
import { sqliteMedia } from './reads/media-reads.ts';
import { messageReads } from './reads/message-reads.ts';
import { ReadCache } from './reads/read-cache.ts';
import { idempotencyReads, journalReads } from './reads/record-reads.ts';
import { WaitingInstances } from './reads/waiting-instances.ts';
import { webhookReads } from './reads/webhook-reads.ts';
import { sqliteRetention } from './retention/sqlite-retention.ts';
import { sealedSecrets } from './sealed-secrets.ts';
import { storeUnavailable } from './store-fault.ts';

export interface SqliteStoreOptions {
	readonly file: string;
	readonly clock: Clock;
	/** How many operations share one transaction at most; what is beyond goes into the next one. */
	readonly groupMax?: number;
	/** Hears of each commit. */
	readonly watch?: StoreWatch;
	/** Opens the connection that writes. For tests, which narrow what it may use. */
	readonly connect?: typeof connectWriter;
}

/** Beyond this a larger group saves little, and holds up the event loop for longer. */
const GROUP_MAX = 256;

export class SqliteStore implements Store {
	readonly accounts: Store['accounts'];
	readonly webhooks: Store['webhooks'];
	readonly chats: Store['chats'];
	readonly messages: Store['messages'];
	readonly attendances: Store['attendances'];
	readonly events: Store['events'];
	readonly deliveries: Store['deliveries'];
	readonly jobs: Store['jobs'];
	readonly journal: Store['journal'];
	readonly idempotency: Store['idempotency'];
	readonly media: Store['media'];
	readonly blobs: Store['blobs'];
	readonly documents: Store['documents'];
	readonly insight: Store['insight'];
	readonly channelState: Store['channelState'];
	readonly sealedSecrets: Store['sealedSecrets'];
	readonly retention: Store['retention'];
	readonly personal: Store['personal'];
	readonly peers: Store['peers'] = alone;
	readonly ownership: Store['ownership'] = ownsAll;
	readonly errands: Store['errands'] = noErrands;

	readonly #file: string;
	readonly #owner: FileOwner;
	readonly #clock: Clock;
	readonly #writing: Connection;
	readonly #reading: Connection;
	readonly #writer: GroupWriter;
	readonly #cache: ReadCache = new ReadCache();
	readonly #waiting: WaitingInstances = new WaitingInstances();

	constructor({ file, clock, groupMax = GROUP_MAX, watch, connect = connectWriter }: SqliteStoreOptions) {
		this.#file = file;
		this.#owner = new FileOwner(file);
		this.#clock = clock;
		this.#writing = new Connection(() => connect(file));
		this.#reading = new Connection(() => connectReader(file));
		this.#writer = new GroupWriter(this.#writing, groupMax, watch);
		this.accounts = accountReads(this.#reading, this.#cache);
		this.webhooks = webhookReads(this.#reading);
		this.chats = chatReads(this.#reading);
		this.messages = messageReads(this.#reading);
		this.attendances = attendanceReads(this.#reading);
		this.events = eventReads(this.#reading);
		this.deliveries = deliveryWork(this.#reading, this.#writer, clock);
		this.jobs = sqliteJobs(this.#reading, this.#writer);
		this.journal = journalReads(this.#reading, this.#waiting);
		this.idempotency = idempotencyReads(this.#reading);
		this.media = sqliteMedia(this.#reading, this.#writer);
		this.blobs = new FileBlobs({ directory: mediaDirectory(file), reader: this.#reading, writer: this.#writer, clock });
		this.documents = documentReads(this.#reading, this.#cache);
		this.insight = insightReads(this.#reading);
		this.channelState = channelState(this.#reading, this.#writer);
		this.sealedSecrets = sealedSecrets(this.#reading, this.#writer);
		this.retention = sqliteRetention(this.#writer);
		this.personal = sqlitePersonalData(this.#reading, this.#writer);
	}

	/** Makes the file and its directory where they are missing, readable by their owner alone. Throws `store_in_use`, `store_unavailable`, `configuration`. */
	async open(): Promise<void> {
		try {
			mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
			this.#owner.claim();
			this.#writing.open();
			migrate(this.#writing);
			moveChunks(this.#writing, mediaDirectory(this.#file));
			this.#writing.transaction(() => recoverSending(this.#writing, this.#clock.now()));
			this.#reading.open();
		} catch (error) {
			throw error instanceof RecadoError ? error : storeUnavailable(error);
		}
	}

	commit(unit: WriteUnit): Promise<CommitResult> {
		return this.#writer.submit(
			(db) => this.#apply(db, unit),
			(result) => result.kind === 'conflict',
		);
	}

	#apply(db: Connection, unit: WriteUnit): CommitResult {
		for (const change of unit.changes) {
			this.#cache.noteChange(change);
			this.#waiting.noteChange(change);
		}
		return applyUnit(db, unit, this.#clock.now());
	}

	async newestAt(): Promise<number> {
		return newestAt(this.#reading);
	}

	async probe(): Promise<void> {
		await this.#writer.submit((db) => db.run(WRITE_PROBE, this.#clock.now()));
	}

	/** Writes what was submitted before. Safe when called twice or before `open`. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#writer.close();
		this.#reading[Symbol.dispose]();
		this.#writing[Symbol.dispose]();
		this.#owner[Symbol.dispose]();
	}
}

const WRITE_PROBE = 'INSERT INTO probe (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at';

/**
 * The store on PostgreSQL, which several processes may share: one connection that writes with group commit, a few that read, one for what the
 * processes tell each other. It composes the roles of the port; what each does stands in the folders `changes`, `deliveries`, `peers` and `reads`, a
 * subject a file, the statement next to what it promises.
 */
import { hostname } from 'node:os';
import { RecadoError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreWatch } from '../../ports/store-watch.ts';
import type { CommitResult, WriteUnit } from '../../ports/write-unit.ts';
import type { Batch, BatchResults } from './batch.ts';
import { ChunkBlobs } from './blobs/chunk-blobs.ts';
import { addUnit, conflictOf } from './changes/add-unit.ts';
import { toldRecord } from './changes/tell-record.ts';
import { channelState } from './channel-state.ts';
import { Database, type DatabaseOptions } from './database.ts';
import type { Taker } from './deliveries/require-member.ts';
import { deliveryWork } from './delivery-work.ts';
import { GroupWriter } from './group-writer.ts';
import { postgresJobs } from './jobs/postgres-jobs.ts';
import { migrate } from './migrate.ts';
import { newestAt } from './newest-at.ts';
import { Partitions } from './partitions.ts';
import { PostgresPeers } from './peers/postgres-peers.ts';
import { postgresPersonalData } from './personal/postgres-personal-data.ts';
import { probe } from './probe.ts';
import { accountReads } from './reads/account-reads.ts';
import { attendanceReads } from './reads/attendance-reads.ts';
import { chatReads } from './reads/chat-reads.ts';
import { documentReads } from './reads/document-reads.ts';
import { eventReads } from './reads/event-reads.ts';
import { insightReads } from './reads/insight-reads.ts';
import { postgresMedia } from './reads/media-reads.ts';
import { messageReads } from './reads/message-reads.ts';
import { ReadCache } from './reads/read-cache.ts';
import { idempotencyReads, journalReads } from './reads/record-reads.ts';
import { webhookReads } from './reads/webhook-reads.ts';
import { postgresRetention } from './retention/postgres-retention.ts';
import { sealedSecrets } from './sealed-secrets.ts';
import { storeUnavailable } from './store-fault.ts';

export interface PostgresStoreOptions extends DatabaseOptions {
	readonly clock: Clock;
	/** False behind a pooler that gives each transaction another connection: then processes look instead of hearing. */
	readonly isListening: boolean;
	/** Within this another process takes over from one that crashed. */
	readonly leaseMs: number;
	/** How many operations share one transaction at most; what is beyond goes into the next one. */
	readonly groupMax?: number;
	/** Hears of each commit. */
	readonly watch?: StoreWatch;
	/** What goes wrong while nobody waits for it, and is tried again. */
	readonly onTrouble?: (where: string, error: unknown) => void;
}

/** Beyond this a larger group saves little, and makes others wait for longer. */
const GROUP_MAX = 256;

/** While changes of other processes are not heard, what they may have changed is read again after so long. */
const UNHEARD_MAX_AGE_MS = 1_000;

const NO_MEMBER: Taker = { token: undefined };

export class PostgresStore implements Store {
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
	readonly peers: Store['peers'];
	readonly ownership: Store['ownership'];
	readonly errands: Store['errands'];

	readonly #clock: Clock;
	readonly #db: Database;
	readonly #writer: GroupWriter;
	readonly #partitions: Partitions;
	readonly #peers: PostgresPeers;
	readonly #cache: ReadCache = new ReadCache(UNHEARD_MAX_AGE_MS);

	constructor(options: PostgresStoreOptions) {
		const { clock, groupMax = GROUP_MAX, watch, onTrouble = () => undefined } = options;
		const db = new Database(options);
		this.#clock = clock;
		this.#db = db;
		this.#partitions = new Partitions({ db, clock });
		this.#peers = this.#makePeers(options);
		const { membership } = this.#peers;
		const writer = new GroupWriter({
			db,
			groupMax,
			watch,
			beforeGroup: () => {
				if (this.#partitions.isDue()) this.#partitions.ensure().catch((error: unknown) => onTrouble('store.partitions', error));
			},
			leaseLost: () => membership.beatSoon(),
			handsUnknown: () => membership.giveUp(),
		});
		this.#writer = writer;
		this.accounts = accountReads(db, this.#cache);
		this.webhooks = webhookReads(db);
		this.chats = chatReads(db);
		this.messages = messageReads(db);
		this.attendances = attendanceReads(db);
		this.events = eventReads(db);
		this.deliveries = deliveryWork({ db, writer, clock, membership });
		this.jobs = postgresJobs({ db });
		this.journal = journalReads(db);
		this.idempotency = idempotencyReads(db);
		this.media = postgresMedia(db);
		this.blobs = new ChunkBlobs({ db, clock });
		this.documents = documentReads(db, this.#cache);
		this.insight = insightReads(this.#db);
		this.channelState = channelState(db, writer);
		this.sealedSecrets = sealedSecrets(db);
		this.retention = postgresRetention({ db, clock });
		this.personal = postgresPersonalData(db);
		this.peers = this.#peers;
		this.ownership = this.#peers.ownership;
		this.errands = this.#errandsHeard(this.#peers.errands);
	}

	/** Brings the schema up to date and takes over from processes that ended. Throws `store_unavailable`, `configuration`. */
	async open(): Promise<void> {
		try {
			await this.#db.patiently((queries) => migrate(queries));
			await this.#partitions.ensure();
			await this.#peers.join();
		} catch (error) {
			throw error instanceof RecadoError ? error : storeUnavailable(error);
		}
	}

	async commit(unit: WriteUnit): Promise<CommitResult> {
		const write =
			(taker: Taker) =>
			(batch: Batch): ((results: BatchResults) => CommitResult) =>
				addUnit(batch, unit, this.#clock.now(), taker);
		try {
			// Who is no member any more takes nothing: what was to be taken is due for whoever is one.
			return await this.#writer.submit({ write: write(this.#peers.membership), leaseLost: write(NO_MEMBER), refused: conflictOf });
		} finally {
			// In any case: where the answer was lost it may have happened all the same.
			for (const change of unit.changes) this.#cache.noteChange(change);
		}
	}

	newestAt(): Promise<number> {
		return newestAt(this.#db);
	}

	probe(): Promise<void> {
		return probe(this.#writer, this.#clock.now());
	}

	/** Writes what was submitted before, and leaves the others. Safe when called twice or before `open`. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.#writer.close();
		await this.#peers[Symbol.asyncDispose]();
		await this.#db[Symbol.asyncDispose]();
	}

	/** What the owner changed of an instance for it is true here before anybody asks again, whether it was told yet or not. */
	#errandsHeard(errands: Store['errands']): Store['errands'] {
		return {
			serve: (run) => errands.serve(run),
			send: async (instanceId, errand) => {
				try {
					return await errands.send(instanceId, errand);
				} finally {
					this.#cache.dropRecord('instances', instanceId);
				}
			},
		};
	}

	#makePeers({ clock, leaseMs, isListening, onTrouble = () => undefined }: PostgresStoreOptions): PostgresPeers {
		return new PostgresPeers({
			db: this.#db,
			clock,
			leaseMs,
			isListening,
			name: `${hostname()}/${process.pid}`,
			records: {
				recordTold: (payload) => {
					const { table, id } = toldRecord(payload);
					this.#cache.dropRecord(table, id);
				},
				hearingChanged: (isHearing) => {
					this.#cache.maxAgeMs = isHearing ? undefined : UNHEARD_MAX_AGE_MS;
					this.#cache.dropAll();
				},
			},
			onTrouble,
		});
	}
}

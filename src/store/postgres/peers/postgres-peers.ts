/**
 * The processes that share one database: each a member by a lease, as the port says. They tell each other by LISTEN and NOTIFY on a connection of their
 * own; what is not heard, because the connection was down or a pooler stands between, is found by looking: the heartbeat answers what changed.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../ports/clock.ts';
import type { Errands, News, Ownership, PeerEars, Peers } from '../../../ports/peers.ts';
import type { Database } from '../database.ts';
import { PostgresErrands } from './errands.ts';
import type { HeartbeatRow } from './heartbeat.ts';
import { Membership } from './membership.ts';
import { NewsExchange } from './news.ts';
import { PostgresOwnership } from './ownership.ts';
import { Poll } from './poll.ts';
import type { OnTrouble } from './trouble.ts';
import { WebhookVersions } from './webhook-versions.ts';
import { Wire } from './wire.ts';
import { NEWS_CHANNEL, type Tidings } from './words.ts';

/** What is cached of the database, and has to follow it. */
export interface RecordEars {
	/** A notification of `RECORDS_CHANNEL`, as its transaction wrote it. */
	recordTold(payload: string): void;
	/** From now on each change is heard, or none is. What was read before may have changed unheard. */
	hearingChanged(isHearing: boolean): void;
}

export interface PostgresPeersParts {
	readonly db: Pick<Database, 'connect' | 'pipeline'>;
	readonly clock: Clock;
	/** Within this a process that crashed is taken over from. */
	readonly leaseMs: number;
	/** False behind a pooler that gives each transaction another connection. */
	readonly isListening: boolean;
	/** Of this process, for whoever looks into the table: host and process id. */
	readonly name: string;
	readonly records: RecordEars;
	readonly onTrouble: OnTrouble;
	/** So long the sender of an errand waits. */
	readonly errandDeadlineMs?: number;
}

/** Written with whatever changes a cached record, in its transaction. */
export const RECORDS_CHANNEL = 'recado_records';

/** The rest is for the take-over itself. */
const TTL_OF_LEASE = 0.9;
const HEARTBEATS_A_LEASE = 3;
/** Who hears nothing looks as often as this at least. */
const DEAF_HEARTBEAT_MS = 1_000;
/** Even where leases are short a connection has so long to answer. */
const SILENCE_MS_MIN = 1_000;

const ERRAND_DEADLINE_MS = 15_000;

const NO_EARS: PeerEars = { hear: () => undefined, lost: () => undefined, changed: () => undefined };

export class PostgresPeers implements Peers, AsyncDisposable {
	readonly isAlone = false;
	readonly membership: Membership;
	readonly ownership: Ownership;
	readonly errands: Errands;

	readonly #records: RecordEars;
	readonly #onTrouble: OnTrouble;
	readonly #wire: Wire;
	readonly #news: NewsExchange;
	readonly #owned: PostgresOwnership;
	readonly #errands: PostgresErrands;
	readonly #versions: WebhookVersions;
	readonly #poll: Poll;
	#ears: PeerEars = NO_EARS;

	constructor(parts: PostgresPeersParts) {
		const { db, clock, leaseMs, isListening, name, records, onTrouble, errandDeadlineMs = ERRAND_DEADLINE_MS } = parts;
		const ttlMs = Math.round(leaseMs * TTL_OF_LEASE);
		const heartbeatMs = ttlMs / HEARTBEATS_A_LEASE;
		this.#records = records;
		this.#onTrouble = onTrouble;
		this.#wire = new Wire({
			db,
			channels: isListening ? [NEWS_CHANNEL, RECORDS_CHANNEL] : [],
			silenceMs: Math.max(heartbeatMs, SILENCE_MS_MIN),
			heard: (channel, payload) => (channel === NEWS_CHANNEL ? this.#news.hear(payload) : records.recordTold(payload)),
			connected: () => this.#hearingChanged(),
			lost: () => {
				this.#hearingChanged();
				this.membership.beatSoon();
			},
		});
		const isHearing = (): boolean => this.#wire.isHearing;
		this.#news = new NewsExchange({
			wire: this.#wire,
			teller: randomUUID(),
			hasOthers: () => this.members.length > 1,
			heard: (tidings) => this.#hear(tidings),
		});
		this.membership = new Membership({
			db,
			wire: this.#wire,
			news: this.#news,
			clock,
			name,
			ttlMs,
			heartbeatMs: isListening ? heartbeatMs : Math.min(heartbeatMs, DEAF_HEARTBEAT_MS),
			onTrouble,
			events: {
				lost: () => {
					this.#owned.lose();
					this.#ears.lost();
				},
				changed: () => {
					void this.#errands.collect();
					this.#ears.changed();
				},
				beaten: (row) => this.#beaten(row),
			},
		});
		this.#owned = new PostgresOwnership(db, this.membership, () => this.tell({ kind: 'instances' }));
		this.ownership = this.#owned;
		this.#errands = new PostgresErrands({
			db,
			membership: this.membership,
			ownership: this.#owned,
			news: this.#news,
			isHearing,
			deadlineMs: errandDeadlineMs,
			onTrouble,
		});
		this.errands = this.#errands;
		this.#versions = new WebhookVersions(this.#wire, (webhookId) => this.#ears.hear({ kind: 'webhook', webhookId }));
		this.#poll = new Poll(isHearing, () => this.#look());
	}

	get members(): readonly string[] {
		return this.membership.members;
	}

	get self(): string | undefined {
		return this.membership.token?.toString();
	}

	/** Becomes a member, after the schema is there. Takes over from whoever has ended. */
	async join(): Promise<void> {
		await this.membership.join();
		this.#poll.start();
	}

	listen(ears: PeerEars): void {
		this.#ears = ears;
	}

	holds(): boolean {
		return this.membership.token !== undefined;
	}

	tell(news: News): void {
		this.#news.tell(news);
	}

	async leave(): Promise<void> {
		await this.membership.leave();
		this.#poll.stop();
		this.#owned.lose();
	}

	/** Leaves, where that was not done. Safe when called twice or before `join`. */
	async [Symbol.asyncDispose](): Promise<void> {
		await this.leave();
		this.#errands.close();
		this.#news.close();
		await this.#wire[Symbol.asyncDispose]();
	}

	#hear(tidings: Tidings): void {
		switch (tidings.kind) {
			case 'members':
				this.membership.beatSoon();
				break;
			case 'errands':
				if (tidings.token === this.membership.token) void this.#errands.work();
				break;
			case 'answered':
				this.#errands.answered(tidings.errandId);
				break;
			default:
				this.#ears.hear(tidings);
		}
	}

	/** What was told in between was not heard. */
	#hearingChanged(): void {
		this.#records.hearingChanged(this.#wire.isHearing);
		this.#poll.start();
		this.#look();
	}

	#look(): void {
		this.#ears.hear({ kind: 'look' });
		this.#ears.hear({ kind: 'instances' });
		this.#ears.hear({ kind: 'chores' });
	}

	#beaten({ webhooks_version, has_errands }: HeartbeatRow): void {
		void this.#news.flush();
		if (has_errands) void this.#errands.work();
		this.#versions.look(webhooks_version).catch((error: unknown) => this.#onTrouble('peers.webhooks', error));
	}
}

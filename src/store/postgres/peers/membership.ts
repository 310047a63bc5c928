/**
 * This process as a member: its token, and the lease that it renews by heartbeats. It holds the lease by its own monotonic clock, from before the
 * heartbeat was sent, so never longer than the database sees it. Where that time passes, or a heartbeat finds no row, the lease is lost: what
 * was in hand is somebody else's. Then it joins again, under a new token, and what its old one left behind is made ready by itself.
 *
 * A heartbeat also answers when the first of the other leases ends. That is waited for, and whoever is first takes over.
 */
import type { Clock } from '../../../ports/clock.ts';
import type { Database } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { isAgain } from '../store-fault.ts';
import { Alarm } from './alarm.ts';
import { HEARTBEAT, type HeartbeatRow } from './heartbeat.ts';
import type { NewsExchange } from './news.ts';
import { takeOver } from './take-over.ts';
import { type OnTrouble, Trouble } from './trouble.ts';
import type { Wire } from './wire.ts';
import type { Tidings } from './words.ts';

export interface MembershipParts {
	readonly db: Pick<Database, 'pipeline'>;
	readonly wire: Pick<Wire, 'query'>;
	readonly news: Pick<NewsExchange, 'tell' | 'told' | 'flush'>;
	readonly clock: Clock;
	/** Shown to whoever looks into the table. */
	readonly name: string;
	readonly ttlMs: number;
	readonly heartbeatMs: number;
	readonly onTrouble: OnTrouble;
	readonly events: MembershipEvents;
}

export interface MembershipEvents {
	lost(): void;
	changed(): void;
	/** A heartbeat was answered, and this is a member. */
	beaten(row: HeartbeatRow): void;
}

const JOIN: Statement = statement(
	'peers_join',
	`INSERT INTO processes (name, lease_until) VALUES ($1, clock_timestamp() + $2::bigint * interval '1 millisecond') RETURNING token`,
);

interface JoinedRow {
	readonly token: number;
}

/** What others are told where members come, go or are ended. */
const HANDED_OVER: readonly Tidings[] = [{ kind: 'members' }, { kind: 'look' }, { kind: 'instances' }];

/** The database is away, or one of the others that ended is locked by what it did last. */
const RETRY_MS = 100;

/** What is taken over stands in lanes where others are at work: two who waited for each other try again. */
const AGAIN_MAX = 5;

export class Membership {
	readonly #parts: MembershipParts;
	readonly #trouble: Trouble;
	readonly #nextBeat = new Alarm();
	readonly #leaseEnd = new Alarm();
	readonly #othersEnd = new Alarm();
	#token: number | undefined;
	#heldUntil = 0;
	#members: readonly string[] = [];
	/** Tokens of this process whose leases were lost, and that may have left something behind. */
	#former: number[] = [];
	#beating: Promise<void> | undefined;
	#isBeatWanted = false;
	#hasLeft = false;

	constructor(parts: MembershipParts) {
		this.#parts = parts;
		this.#trouble = new Trouble('peers.heartbeat', parts.onTrouble);
	}

	/** Undefined while this process is no member, or cannot know that it is one. */
	get token(): number | undefined {
		return !this.#hasLeft && performance.now() < this.#heldUntil ? this.#token : undefined;
	}

	get members(): readonly string[] {
		return this.#members;
	}

	/** Takes over what has ended and begins to beat. Rejects with `store_unavailable` where the database cannot be asked. */
	async join(): Promise<void> {
		await this.#renew(this.#token ?? (await this.#enterAgain()));
		this.#nextBeat.set(this.#parts.heartbeatMs, () => this.#beat());
	}

	/** Asks about the others before it is time to. */
	beatSoon(delayMs = 0): void {
		if (this.#hasLeft) return;
		if (this.#beating) this.#isBeatWanted = true;
		else this.#nextBeat.set(delayMs, () => this.#beat());
	}

	/**
	 * What is marked with the token may be other than what is in hand. So all of it is made ready, and this is a member again under a new token;
	 * what is still under way with the old one either comes before that, or finds it gone.
	 */
	giveUp(): void {
		this.#lose();
	}

	/** The lease ends now. Never rejects: where the database is away it ends by itself. */
	async leave(): Promise<void> {
		if (this.#hasLeft) return;
		this.#hasLeft = true;
		this.#nextBeat.cancel();
		this.#members = [];
		// One that is joining right now has to be known to be ended, and sets an alarm once more.
		await this.#beating;
		for (const alarm of [this.#leaseEnd, this.#othersEnd]) alarm.cancel();
		const tokens = this.#token === undefined ? this.#former : [...this.#former, this.#token];
		if (tokens.length === 0) return;
		const { db, clock, news, onTrouble } = this.#parts;
		try {
			await news.flush();
			await db.pipeline([takeOver(tokens, clock.now()), news.told(HANDED_OVER)]);
		} catch (error) {
			onTrouble('peers.leave', error);
		}
	}

	#beat(): void {
		if (this.#hasLeft || this.#beating) return;
		this.#isBeatWanted = false;
		this.#beating = this.#enterOrRenew().then((pauseMs) => {
			this.#beating = undefined;
			this.beatSoon(this.#isBeatWanted ? 0 : pauseMs);
		});
	}

	/** Answers how long to wait until the next one. */
	async #enterOrRenew(): Promise<number> {
		try {
			await this.#renew(this.#token ?? (await this.#enter()));
			this.#trouble.over();
			return this.#token === undefined ? 0 : this.#parts.heartbeatMs;
		} catch (error) {
			this.#trouble.met(error);
			return Math.min(RETRY_MS, this.#parts.heartbeatMs);
		}
	}

	/** Nobody else tries again where a store is opened. */
	async #enterAgain(): Promise<number> {
		for (let tries = 1; ; tries += 1) {
			try {
				return await this.#enter();
			} catch (error) {
				if (!isAgain(error) || tries === AGAIN_MAX) throw error;
			}
		}
	}

	async #enter(): Promise<number> {
		const { db, clock, name, ttlMs, news } = this.#parts;
		const askedAt = performance.now();
		const [, joined] = await db.pipeline([
			takeOver(this.#former, clock.now()),
			{ statement: JOIN, values: [name, ttlMs] },
			news.told(HANDED_OVER),
		]);
		const [row] = joined as readonly JoinedRow[];
		if (row === undefined) throw new Error('joining answered no token');
		this.#former = [];
		this.#token = row.token;
		this.#hold(askedAt);
		return row.token;
	}

	async #renew(token: number): Promise<void> {
		const { wire, ttlMs, events } = this.#parts;
		const askedAt = performance.now();
		const [row] = await wire.query<HeartbeatRow>(HEARTBEAT, [token, ttlMs]);
		// Lost or left meanwhile: then it says nothing any more.
		if (row === undefined || this.#hasLeft || this.#token !== token) return;
		// An answer may be heard before the alarm of a time that has passed. Whoever asked in between was told that nothing is held, and that stays so.
		if (!row.is_member || performance.now() >= this.#heldUntil) return this.#lose();
		this.#hold(askedAt);
		if (this.#token !== token) return;
		this.#awaitOthers(row.others_end_in_ms);
		this.#noteMembers(row.members);
		events.beaten(row);
	}

	/** From before it was asked for. */
	#hold(askedAt: number): void {
		this.#heldUntil = askedAt + this.#parts.ttlMs;
		const look = (): void => {
			const leftMs = this.#heldUntil - performance.now();
			if (leftMs > 0) this.#leaseEnd.set(leftMs, look);
			else this.#lose();
		};
		look();
	}

	#lose(): void {
		if (this.#token === undefined || this.#hasLeft) return;
		this.#former.push(this.#token);
		this.#token = undefined;
		this.#members = this.#members.filter((member) => member !== String(this.#former.at(-1)));
		this.#leaseEnd.cancel();
		this.#othersEnd.cancel();
		this.#parts.events.lost();
		this.beatSoon();
	}

	#noteMembers(members: readonly string[]): void {
		const isSame = members.length === this.#members.length && members.every((member, index) => member === this.#members[index]);
		this.#members = members;
		if (!isSame) this.#parts.events.changed();
	}

	#awaitOthers(endInMs: number | null): void {
		if (endInMs === null) this.#othersEnd.cancel();
		else this.#othersEnd.set(endInMs > 0 ? endInMs : RETRY_MS, () => void this.#takeOver());
	}

	async #takeOver(): Promise<void> {
		const { db, clock, news, events, onTrouble } = this.#parts;
		try {
			const [ended] = await db.pipeline([takeOver([], clock.now())]);
			if (ended && ended.length > 0 && !this.#hasLeft) {
				for (const one of HANDED_OVER) news.tell(one);
				events.changed();
			}
		} catch (error) {
			onTrouble('peers.take-over', error);
		}
		this.beatSoon();
	}
}

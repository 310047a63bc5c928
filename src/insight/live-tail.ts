/**
 * The end of what the store has, for all live streams of this process: what of events and deliveries came since the last look, and what of the deliveries
 * that were told unsettled has changed. A *place* is where one was told up to, in all processes the same.
 */
import type { Delivery } from '../domain/delivery.ts';
import type { EventHead, InsightReads, Newest, NewestSeqs } from '../ports/insight.ts';
import { Follower, type LookSize } from './follower.ts';
import { Unsettled } from './unsettled.ts';

/**
 * What is read of each kind at a look, a fourth of a second's. Up to a thousand a second are told; where more come nobody can read them, and the gateway has
 * better to do: a few are enough to see what kind they are.
 */
const LOOK: LookSize = { all: 250, sample: 50 };
/** Turns from one look to the next while not all can be told: what is seen then is a sample anyway. */
const RUSH_TURNS = 2;

const NOTHING = { items: [], leftOut: 0 } as const;

export interface Wants {
	readonly events: boolean;
	readonly deliveries: boolean;
}

export interface Told {
	readonly events: Newest<EventHead>;
	readonly deliveries: Newest<Delivery>;
}

export class LiveTail {
	readonly #reads: InsightReads;
	#newest: NewestSeqs = { events: 0, deliveries: 0 };
	#events: Follower<EventHead> | undefined;
	#deliveries: Follower<Delivery> | undefined;
	#unsettled: Unsettled;
	/** Since the last look. */
	#turns = 0;

	constructor(reads: InsightReads) {
		this.#reads = reads;
		this.#unsettled = new Unsettled(reads);
	}

	/** What is wanted is followed from here on; what is not wanted any more is followed no more. Rejects with `store_unavailable`. */
	async want(wants: Wants): Promise<void> {
		this.#newest = await this.#reads.newestSeqs();
		this.#events = wants.events
			? (this.#events ?? this.#follow('events', (stretches, limit) => this.#reads.eventsIn(stretches, limit)))
			: undefined;
		if (!wants.deliveries) {
			this.#deliveries = undefined;
			this.#unsettled = new Unsettled(this.#reads);
		} else if (!this.#deliveries) {
			await this.#lookBack(this.#newest.deliveries);
			this.#deliveries = this.#follow('deliveries', (stretches, limit) => this.#reads.deliveriesIn(stretches, limit));
		}
		this.#events?.fallBack(this.#newest.events);
		this.#deliveries?.fallBack(this.#newest.deliveries);
	}

	/** Of what is there already what is unsettled is watched, too: whoever begins to listen has just seen it in a list. */
	async #lookBack(upTo: number): Promise<void> {
		if (upTo === 0) return;
		const { items } = await this.#reads.deliveriesIn([{ first: Math.max(1, upTo - LOOK.all + 1), last: upTo }], LOOK.all);
		this.#unsettled.told(items.toReversed());
	}

	/** What came since, oldest first. Rejects with `store_unavailable`: then it comes with the next. */
	async next(now: number): Promise<Told> {
		this.#turns += 1;
		const isRush = this.#events?.isRush === true || this.#deliveries?.isRush === true;
		if (isRush && this.#turns < RUSH_TURNS) return { events: NOTHING, deliveries: NOTHING };
		const size = { ...LOOK, all: LOOK.all * this.#turns };
		this.#turns = 0;
		const events = (await this.#events?.next(size, now)) ?? NOTHING;
		try {
			return { events, deliveries: await this.#nextDeliveries(size, now) };
		} catch (error) {
			this.#events?.rewind();
			throw error;
		}
	}

	async #nextDeliveries(size: LookSize, now: number): Promise<Told['deliveries']> {
		if (!this.#deliveries) return NOTHING;
		const { items, leftOut } = await this.#deliveries.next(size, now);
		try {
			const changed = await this.#unsettled.changed();
			this.#unsettled.told(items);
			return { items: [...changed, ...items], leftOut };
		} catch (error) {
			this.#deliveries.rewind();
			throw error;
		}
	}

	/** What there was between a place and the present one, oldest first. Of a place that is none, or lies ahead: nothing. */
	async since(place: string, wants: Wants): Promise<Told> {
		const [, events, deliveries] = /^(\d{1,15})\.(\d{1,15})$/.exec(place) ?? [];
		if (events === undefined || deliveries === undefined) return { events: NOTHING, deliveries: NOTHING };
		const upTo = this.#reached;
		return {
			events: wants.events ? await between(Number(events), upTo.events, (...asked) => this.#reads.eventsIn(...asked)) : NOTHING,
			deliveries: wants.deliveries
				? await between(Number(deliveries), upTo.deliveries, (...asked) => this.#reads.deliveriesIn(...asked))
				: NOTHING,
		};
	}

	/** Who goes on from here misses nothing. */
	get place(): string {
		return `${this.#events?.settled ?? this.#newest.events}.${this.#deliveries?.settled ?? this.#newest.deliveries}`;
	}

	get #reached(): NewestSeqs {
		return {
			events: this.#events?.position ?? this.#newest.events,
			deliveries: this.#deliveries?.position ?? this.#newest.deliveries,
		};
	}

	#follow<T extends { readonly seq: number }>(kind: keyof NewestSeqs, read: ConstructorParameters<typeof Follower<T>>[0]): Follower<T> {
		return new Follower<T>(read, this.#newest[kind]);
	}
}

async function between<T>(
	after: number,
	upTo: number,
	read: (...asked: Parameters<InsightReads['eventsIn']>) => Promise<Newest<T>>,
): Promise<Newest<T>> {
	if (after >= upTo) return NOTHING;
	const { items, leftOut } = await read([{ first: after + 1, last: upTo }], LOOK.all);
	return { items: items.toReversed(), leftOut };
}

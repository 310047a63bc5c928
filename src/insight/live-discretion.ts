/**
 * What streams tell of all accounts together, and what becomes of it for those who listen. Numbers of the store count what everybody does: whoever may see one
 * account would read from two of them how busy the others were.
 */
import type { Sealer } from '../ports/secrets.ts';
import type { LiveWish } from './live.ts';
import type { Turn } from './live-frames.ts';

/** So much of `skipped` is told to whoever is narrowed to one account: that there were some, theirs or not. */
const SOME = 1;

/** A turn as whoever has this wish may know it. */
export function discreet(turn: Turn, { filter }: Pick<LiveWish, 'filter'>): Turn {
	if (filter.accountId === undefined) return turn;
	const { events, deliveries } = turn.told;
	return { ...turn, told: { events: withoutCount(events), deliveries: withoutCount(deliveries) } };
}

function withoutCount<T extends { readonly leftOut: number }>(newest: T): T {
	return newest.leftOut > SOME ? { ...newest, leftOut: SOME } : newest;
}

/** The places where streams go on, as listeners are told them: sealed, so that each process of the store can read them and nobody else. */
export class LivePlaces {
	readonly #sealer: Pick<Sealer, 'seal' | 'unseal'>;

	constructor(sealer: Pick<Sealer, 'seal' | 'unseal'>) {
		this.#sealer = sealer;
	}

	/** All are as long, whatever they say. */
	seal(place: string): string {
		return this.#sealer.seal(place.padEnd(PLACE_LENGTH_MAX));
	}

	/** Undefined where it is none of ours: whoever comes with it is new. */
	read(told: string): string | undefined {
		try {
			return this.#sealer.unseal(told).trimEnd();
		} catch {
			return undefined;
		}
	}
}

/** Two numbers of 15 digits and a dot. */
const PLACE_LENGTH_MAX = 31;

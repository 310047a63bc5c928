/**
 * The ledger: every webhook that arrived, by the path that it was registered with. It is also how the companies hear of what happens: operators read what
 * customers wrote here, as an integration reads it out of its webhooks.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Arrival } from './receiver.ts';
import { type Telling, tellingOf } from './telling.ts';

const LOOK_MS = 25;

export interface Heard {
	readonly messageId: string;
	readonly text: string;
}

export class Ledger {
	readonly #arrivals = new Map<string, Arrival[]>();
	readonly #ids = new Map<string, Set<string>>();
	readonly #heard = new Map<string, Heard[]>();
	readonly #numbers = new Map<string, number>();
	#lastAt = performance.now();

	write(arrival: Arrival): void {
		this.#lastAt = performance.now();
		const { path, webhookId } = arrival;
		const arrivals = this.#arrivals.get(path) ?? [];
		this.#arrivals.set(path, arrivals);
		arrivals.push(arrival);
		if (!arrival.isTaken) return;
		const ids = this.#ids.get(path) ?? new Set();
		this.#ids.set(path, ids);
		// It comes again where our answer got lost: the id tells.
		if (ids.has(webhookId)) return;
		ids.add(webhookId);
		const telling = tellingOf(arrival);
		if (telling) this.#hear(path, telling);
	}

	arrivalsAt(path: string): readonly Arrival[] {
		return this.#arrivals.get(path) ?? [];
	}

	/** The message at this place among those that this phone wrote, when it is there; undefined where nothing came in the time. */
	async heard(path: string, phone: string, place: number, withinMs: number): Promise<Heard | undefined> {
		return within(withinMs, () => this.#heard.get(`${path}/${phone}`)?.[place]);
	}

	/** What of this phone was heard so far. */
	heardSoFar(path: string, phone: string): readonly Heard[] {
		return this.#heard.get(`${path}/${phone}`) ?? [];
	}

	/** The number of the attendance of this phone that was started last, if it is not `before`. */
	async startedNumber(path: string, phone: string, before: number | undefined, withinMs: number): Promise<number | undefined> {
		return within(withinMs, () => {
			const number = this.#numbers.get(`${path}/${phone}`);
			return number === before ? undefined : number;
		});
	}

	/** For how long nothing has come. */
	get quietMs(): number {
		return performance.now() - this.#lastAt;
	}

	#hear(path: string, telling: Telling): void {
		if (telling.kind === 'started') this.#numbers.set(`${path}/${telling.phone}`, telling.number);
		if (telling.kind !== 'received') return;
		const { phone, messageId, text } = telling;
		const heard = this.#heard.get(`${path}/${phone}`) ?? [];
		this.#heard.set(`${path}/${phone}`, heard);
		heard.push({ messageId, text });
	}
}

/** Looks again and again; undefined where there was nothing in the time. */
export async function within<T>(
	ms: number,
	look: () => T | undefined | Promise<T | undefined>,
	everyMs: number = LOOK_MS,
): Promise<T | undefined> {
	const giveUpAt = performance.now() + ms;
	for (;;) {
		const found = await look();
		if (found !== undefined || performance.now() > giveUpAt) return found;
		await pause(everyMs);
	}
}

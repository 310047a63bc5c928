/** Tells the other processes, and hears them. What is told within a moment goes together, each thing once. */
import { texts } from '../arrays.ts';
import { type Bound, type Statement, statement } from '../statement.ts';
import { Alarm } from './alarm.ts';
import type { Wire } from './wire.ts';
import { fromPayload, NEWS_CHANNEL, type Tidings, toPayloads, toWord } from './words.ts';

/** So long things are gathered: short beside what a delivery takes, and under load one message instead of hundreds. */
const GATHER_MS = 25;

/** While nothing can be told no more than this is kept. Whoever misses it finds out by looking. */
const KEPT_MAX = 5_000;

const TELL: Statement = statement('peers_tell', `SELECT pg_notify('${NEWS_CHANNEL}', payload) FROM unnest($1::text[]) AS payload`);

export interface NewsParts {
	readonly wire: Pick<Wire, 'query'>;
	/** This process, whose own news are not heard here: a word that no other one has. */
	readonly teller: string;
	/** Whether there is anybody to tell. */
	readonly hasOthers: () => boolean;
	readonly heard: (tidings: Tidings) => void;
}

export class NewsExchange {
	readonly #parts: NewsParts;
	readonly #alarm = new Alarm();
	#words = new Set<string>();

	constructor(parts: NewsParts) {
		this.#parts = parts;
	}

	get teller(): string {
		return this.#parts.teller;
	}

	tell(tidings: Tidings): void {
		if (!this.#parts.hasOthers() || this.#words.size >= KEPT_MAX) return;
		if (this.#words.size === 0) this.#alarm.set(GATHER_MS, () => void this.flush());
		this.#words.add(toWord(tidings));
	}

	/** As a statement, for what is told with the transaction that makes it so. */
	told(tidings: readonly Tidings[]): Bound {
		return { statement: TELL, values: [texts(toPayloads(this.#parts.teller, tidings.map(toWord)))] };
	}

	/** Tells what was gathered now. Never rejects: what could not be told is kept until the next time. */
	async flush(): Promise<void> {
		this.#alarm.cancel();
		if (this.#words.size === 0) return;
		const words = this.#words;
		this.#words = new Set();
		try {
			await this.#parts.wire.query(TELL, [texts(toPayloads(this.#parts.teller, words))]);
		} catch {
			// The heartbeat on the same connection says so; this is called again when one is answered.
			this.#alarm.cancel();
			this.#words = new Set([...words, ...this.#words]);
		}
	}

	hear(payload: string): void {
		const { teller, tidings } = fromPayload(payload);
		if (teller === this.#parts.teller) return;
		for (const one of tidings) this.#parts.heard(one);
	}

	close(): void {
		this.#alarm.cancel();
	}
}

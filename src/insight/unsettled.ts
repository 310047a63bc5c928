/** The deliveries that were told while they were unsettled: looked up again, and told anew when something of them changed. */
import type { Delivery } from '../domain/delivery.ts';
import type { InsightReads, Stretch } from '../ports/insight.ts';

/** Beyond it the one that was told longest ago is forgotten: what becomes of it is seen by looking at it. */
const WATCHED_MAX = 500;
/** One that is settled at once is so within the first looks; from then on it is looked at with each eighth. */
const EAGER_LOOKS = 4;
const PATIENT_EVERY = 8;

interface Watched {
	readonly told: Delivery;
	readonly looks: number;
}

export class Unsettled {
	readonly #reads: Pick<InsightReads, 'deliveriesIn'>;
	readonly #watched = new Map<number, Watched>();

	constructor(reads: Pick<InsightReads, 'deliveriesIn'>) {
		this.#reads = reads;
	}

	/** These were told as they are. */
	told(deliveries: readonly Delivery[]): void {
		for (const delivery of deliveries) this.#note(delivery, 0);
		for (const seq of this.#watched.keys()) {
			if (this.#watched.size <= WATCHED_MAX) break;
			this.#watched.delete(seq);
		}
	}

	/** Those that are other than they were told, in the order of commit. */
	async changed(): Promise<readonly Delivery[]> {
		const due: number[] = [];
		for (const [seq, { told, looks }] of this.#watched) {
			if (looks < EAGER_LOOKS || looks % PATIENT_EVERY === 0) due.push(seq);
			else this.#watched.set(seq, { told, looks: looks + 1 });
		}
		if (due.length === 0) return [];
		due.sort((a, b) => a - b);
		const { items } = await this.#reads.deliveriesIn(stretchesOf(due), due.length + 1);
		const found = new Map(items.map((delivery) => [delivery.seq, delivery]));
		return due.flatMap((seq) => this.#look(seq, found.get(seq)));
	}

	#look(seq: number, now: Delivery | undefined): readonly Delivery[] {
		const watched = this.#watched.get(seq);
		if (!watched) return [];
		if (now?.id !== watched.told.id) {
			this.#watched.delete(seq);
			return [];
		}
		const isOther = differs(watched.told, now);
		this.#note(now, isOther ? 0 : watched.looks + 1);
		return isOther ? [now] : [];
	}

	#note(delivery: Delivery, looks: number): void {
		if (delivery.state === 'pending' || delivery.state === 'sending') this.#watched.set(delivery.seq, { told: delivery, looks });
		else this.#watched.delete(delivery.seq);
	}
}

/** Whatever a person sees of it. */
function differs(a: Delivery, b: Delivery): boolean {
	return (
		a.state !== b.state ||
		a.attempts !== b.attempts ||
		a.dueAt !== b.dueAt ||
		a.lastError !== b.lastError ||
		a.isOvertaken !== b.isOvertaken ||
		a.isReplay !== b.isReplay
	);
}

/** @param seqs ascending. */
function stretchesOf(seqs: readonly number[]): readonly Stretch[] {
	const stretches: { first: number; last: number }[] = [];
	for (const seq of seqs) {
		const latest = stretches.at(-1);
		if (latest && latest.last === seq - 1) latest.last = seq;
		else stretches.push({ first: seq, last: seq });
	}
	return stretches;
}

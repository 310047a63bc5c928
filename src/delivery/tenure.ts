/**
 * A time in which this process is a member without a break. What came in hand in one tenure is ours as long as that lasts; when the lease is
 * lost the tenure is over, whatever comes after, because others take over what was in hand then. A store for one process has one tenure.
 */
import { RecadoError } from '../errors.ts';
import type { Peers } from '../ports/peers.ts';

export class Tenure {
	readonly #peers: Pick<Peers, 'holds'>;
	readonly #interruption = new AbortController();
	#isOver = false;

	constructor(peers: Pick<Peers, 'holds'>) {
		this.#peers = peers;
	}

	/** Aborted when it is over, and when the grace of a stop is: no attempt goes on. */
	get signal(): AbortSignal {
		return this.#interruption.signal;
	}

	/** Nothing that came in hand in it may be attempted or settled. */
	get isOver(): boolean {
		return this.#isOver;
	}

	/** Whether what came in hand in it may be attempted now. */
	holds(): boolean {
		return !this.#isOver && this.#peers.holds();
	}

	/** Attempts under way end now; what becomes of them is still written. */
	interrupt(): void {
		this.#interruption.abort();
	}

	end(): void {
		this.#isOver = true;
		this.#interruption.abort();
	}
}

/** The store says that this process is no member now. That is nobody's error: it is a member again soon, or others have what was in hand. */
export function isLeaseLost(error: unknown): boolean {
	return error instanceof RecadoError && error.code === 'lease_lost';
}

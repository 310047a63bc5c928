/**
 * Carries what happens on an instance's simulated network to the gateway: in order, one batch at a time, again until it is durable there.
 *
 * There is one timer, for whatever comes next. A batch that failed is carried again, the same, before anything newer; so what has
 * happened is told at least once and in order, and a crash at any point only tells it again with the same ids. What a caller waits for (a
 * letter) travels with the batch, but is not kept: where the gateway cannot store it, the caller is told and may write it again.
 */
import { RecadoError } from '../../errors.ts';
import type { Observation } from '../../ports/channel.ts';
import type { Clock, Timer } from '../../ports/clock.ts';

export interface Batch {
	/** Reads what it needs at each attempt. */
	observations(): Promise<readonly Observation[]>;
	/** Makes durable that the gateway knows. */
	settle(): Promise<void>;
	/** False: not carried again as it is; whoever made it makes it anew. */
	readonly isKept: boolean;
}

export interface CourierWork {
	/** When there is something to carry; undefined: nothing to wait for. */
	nextAt(): number | undefined;
	next(now: number): Batch | undefined;
	observe(observations: readonly Observation[]): Promise<void>;
	failed(error: unknown, retryInMs: number): void;
}

/** The pause after a failure, doubled by each one that follows, up to the limit. */
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;

/** How many letters go at once; the others follow in the next batch. */
const LETTERS_MAX = 256;

export class Courier {
	readonly #clock: Clock;
	readonly #work: CourierWork;
	#letters: Letter[] = [];
	#held: Batch | undefined;
	#round: Promise<void> | undefined;
	#timer: { readonly at: number; readonly timer: Timer } | undefined;
	#failures = 0;
	#retryAt = 0;
	#isStopped = false;

	constructor(clock: Clock, work: CourierWork) {
		this.#clock = clock;
		this.#work = work;
	}

	/** Call when something may be due earlier than before. */
	wake(): void {
		if (this.#isStopped || this.#round !== undefined) return;
		const at = this.#nextAt();
		if (at !== undefined && at <= this.#clock.now()) this.#start();
		else this.#arm(at);
	}

	/** Carries an observation now. Resolves when it is durable; rejects where the gateway cannot store it. */
	async post(observation: Observation): Promise<void> {
		await this.#add(observation);
	}

	/** Tries at once what is to be carried; resolves when that was tried, whatever came of it. */
	async pass(): Promise<void> {
		this.#retryAt = 0;
		await this.#add(undefined);
	}

	/** Stops, and waits for the batch under way. Letters that have not left are rejected. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isStopped = true;
		this.#timer?.timer.cancel();
		for (const letter of this.#letters.splice(0)) letter.reject(new RecadoError('shutting_down'));
		await this.#round;
	}

	async #add(observation: Observation | undefined): Promise<void> {
		if (this.#isStopped) throw new RecadoError('shutting_down');
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.#letters.push({ observation, resolve, reject });
		if (this.#round === undefined) this.#start();
		await promise;
	}

	#start(): void {
		this.#timer?.timer.cancel();
		this.#timer = undefined;
		this.#round = this.#carryAll().then(() => {
			this.#round = undefined;
			if (this.#letters.length > 0) this.#start();
			else this.wake();
		});
	}

	async #carryAll(): Promise<void> {
		// One turn of the microtask queue: what the same turn posts goes along.
		await Promise.resolve();
		while (!this.#isStopped) {
			const letters = this.#letters.splice(0, LETTERS_MAX);
			const now = this.#clock.now();
			const isDue = now >= this.#retryAt;
			if (this.#held === undefined && isDue) this.#held = this.#work.next(now);
			// A letter goes behind what is held: it is another try of that.
			const batch = isDue || letters.length > 0 ? this.#held : undefined;
			if (letters.length === 0 && batch === undefined) return;
			await this.#carry(letters, batch);
		}
	}

	/**
	 * Half way: where the gateway has the observations but our own note of it fails, the batch is carried again with the same ids, which
	 * changes nothing there. Letters are through as soon as the gateway has them.
	 */
	async #carry(letters: readonly Letter[], batch: Batch | undefined): Promise<void> {
		try {
			const posted = letters.flatMap((letter) => letter.observation ?? []);
			const observations = batch === undefined ? posted : [...(await batch.observations()), ...posted];
			if (observations.length > 0) await this.#work.observe(observations);
			for (const letter of letters) letter.resolve();
			if (batch === undefined) return;
			await batch.settle();
			this.#held = undefined;
			this.#failures = 0;
		} catch (error) {
			if (batch?.isKept === false) this.#held = undefined;
			const retryInMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_MAX_MS);
			this.#failures++;
			this.#retryAt = this.#clock.now() + retryInMs;
			for (const letter of letters) {
				if (letter.observation === undefined) letter.resolve();
				else letter.reject(error);
			}
			this.#work.failed(error, retryInMs);
		}
	}

	#nextAt(): number | undefined {
		const at = this.#held === undefined ? this.#work.nextAt() : 0;
		return at === undefined ? undefined : Math.max(at, this.#retryAt);
	}

	#arm(at: number | undefined): void {
		if (this.#timer?.at === at) return;
		this.#timer?.timer.cancel();
		this.#timer = undefined;
		if (at === undefined) return;
		const timer = this.#clock.schedule(at - this.#clock.now(), () => {
			this.#timer = undefined;
			this.wake();
		});
		this.#timer = { at, timer };
	}
}

interface Letter {
	/** Undefined: nothing to carry, somebody only wants to know that a batch went. */
	readonly observation: Observation | undefined;
	resolve(): void;
	reject(reason: unknown): void;
}

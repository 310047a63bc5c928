/** Wakes webhooks at the times that they asked for, with one timer for all of them. */
import type { Clock, Timer } from '../ports/clock.ts';
import { WakeTimes } from './wake-times.ts';

export class Waker {
	readonly #clock: Clock;
	readonly #wake: (webhookIds: readonly string[]) => void;
	readonly #times = new WakeTimes();
	#timer: Timer | undefined;
	#timerAt = Number.POSITIVE_INFINITY;
	#isStopped = false;

	constructor(clock: Clock, wake: (webhookIds: readonly string[]) => void) {
		this.#clock = clock;
		this.#wake = wake;
	}

	/** Unless it is woken earlier anyway. Never, where the time is infinite. */
	wakeAt(webhookId: string, at: number): void {
		if (this.#isStopped || at === Number.POSITIVE_INFINITY) return;
		this.#times.add(webhookId, at);
		this.#setTimer();
	}

	stop(): void {
		this.#isStopped = true;
		this.#timer?.cancel();
	}

	#setTimer(): void {
		const at = this.#times.nextAt();
		if (at === undefined || at >= this.#timerAt) return;
		this.#timer?.cancel();
		this.#timerAt = at;
		this.#timer = this.#clock.schedule(Math.max(0, at - this.#clock.now()), () => {
			this.#timerAt = Number.POSITIVE_INFINITY;
			const due = this.#times.take(this.#clock.now());
			this.#setTimer();
			this.#wake(due);
		});
	}
}

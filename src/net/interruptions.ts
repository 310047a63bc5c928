/**
 * Passes on the abort of a signal to whatever is under way on it. A shutdown has one signal for every attempt, and an event target walks
 * through all its listeners to add or take one: here each signal has one listener, and the attempts are a set.
 */
export interface Interruptible {
	interrupt(reason: string): void;
}

export class Interruptions {
	readonly #underWay = new WeakMap<AbortSignal, Set<Interruptible>>();
	readonly #reason: string;

	constructor(reason: string) {
		this.#reason = reason;
	}

	add(signal: AbortSignal, subject: Interruptible): void {
		const known = this.#underWay.get(signal);
		if (known) known.add(subject);
		else this.#watch(signal, subject);
	}

	delete(signal: AbortSignal, subject: Interruptible): void {
		this.#underWay.get(signal)?.delete(subject);
	}

	#watch(signal: AbortSignal, first: Interruptible): void {
		const subjects = new Set([first]);
		this.#underWay.set(signal, subjects);
		const interruptAll = (): void => {
			for (const subject of [...subjects]) subject.interrupt(this.#reason);
		};
		signal.addEventListener('abort', interruptAll, { once: true });
	}
}

/** One timer that is set anew each time. Of the machine's own time and not the gateway's: leases end by it, whatever a clock is made to show. */
export class Alarm {
	#handle: NodeJS.Timeout | undefined;

	/** Instead of what was set before. */
	set(delayMs: number, fire: () => void): void {
		this.cancel();
		this.#handle = setTimeout(fire, Math.max(0, delayMs));
	}

	cancel(): void {
		clearTimeout(this.#handle);
		this.#handle = undefined;
	}
}

/** Makes due whatever of a webhook sleeps: its receiver is back, or a person says so. */
import type { Clock } from '../ports/clock.ts';
import type { DeliveryWork } from '../ports/delivery-work.ts';
import type { Line } from './line.ts';
import type { Running } from './running.ts';

/** So many sleepers are woken in one write, so that it stays short beside the commits in its group. */
const HASTEN_MAX = 500;

export interface HastenerParts {
	readonly work: Pick<DeliveryWork, 'hasten'>;
	readonly clock: Clock;
}

export interface HastenerHooks {
	readonly running: Running;
	readonly isStopping: () => boolean;
	/** Some are due now. */
	readonly onWoken: (line: Line) => void;
}

export class Hastener {
	readonly #parts: HastenerParts;
	readonly #hooks: HastenerHooks;

	constructor(parts: HastenerParts, hooks: HastenerHooks) {
		this.#parts = parts;
		this.#hooks = hooks;
	}

	hasten(line: Line): void {
		this.#hooks.running.track(this.#hasten(line));
	}

	/**
	 * In batches. They are offered after the first of them: what is claimed before knows how long its lane was held, and whoever was to overtake
	 * would.
	 */
	async #hasten(line: Line): Promise<void> {
		const { work, clock } = this.#parts;
		const { running, isStopping, onWoken } = this.#hooks;
		const at = clock.now();
		for (let woken = HASTEN_MAX; woken === HASTEN_MAX && !isStopping() && !line.circuit.isOpen; ) {
			woken = (await running.untilWritten('dispatcher.hasten', () => work.hasten(line.webhookId, at, HASTEN_MAX))) ?? 0;
			onWoken(line);
		}
	}
}

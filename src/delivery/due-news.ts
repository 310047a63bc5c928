/**
 * Tells the other processes of a store that something is due which this one left there, because it may not take it, or not soon. Who has no share
 * of a webhook tells at once. Who has one looks a moment later, so that nothing is told where things go well: what is still there then, with
 * the line at its limits, is told. What was heard from others is not told again.
 */
import type { Clock, Timer } from '../ports/clock.ts';
import type { Peers } from '../ports/peers.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';

/** The moment. */
const LOOK_AGAIN_MS = 100;

export interface DueNewsParts {
	readonly peers: Pick<Peers, 'tell'>;
	readonly clock: Clock;
	readonly lines: Lines;
	/** Whether this process is going to take more of it without waiting for anything of its own. */
	readonly isTakingMore: (line: Line) => boolean;
}

export class DueNews {
	readonly #parts: DueNewsParts;
	readonly #left = new Set<Line>();
	#timer: Timer | undefined;
	#isStopped = false;

	constructor(parts: DueNewsParts) {
		this.#parts = parts;
	}

	/** Something of it may have been left in the store, by what this process wrote. */
	left(line: Line): void {
		const { clock, lines } = this.#parts;
		if (this.#isStopped || !lines.areShared || lines.isClosedByPerson(line.webhookId)) return;
		if (line.circuit.isOpen ? !lines.isOursToProbe(line) : !lines.isOurs(line)) {
			this.#tell(line);
		} else if (!line.circuit.isOpen && line.dueAt <= clock.now()) {
			this.#left.add(line);
			this.#timer ??= clock.schedule(LOOK_AGAIN_MS, () => this.#look());
		}
	}

	/** Who hands over tells everybody to look. */
	stop(): void {
		this.#isStopped = true;
		this.#timer?.cancel();
	}

	#look(): void {
		const { clock, isTakingMore } = this.#parts;
		this.#timer = undefined;
		const now = clock.now();
		for (const line of this.#left) if (line.dueAt <= now && !isTakingMore(line)) this.#tell(line);
		this.#left.clear();
	}

	#tell({ webhookId }: Line): void {
		this.#parts.peers.tell({ kind: 'due', webhookId });
	}
}

/**
 * Asks the store for deliveries of the lines that want more, one claim at a time, so that all that became due meanwhile is asked for together.
 * While a claim is under way whatever is offered is noted anew on the line, and the answer can only bring its next due time forward: an offer is
 * never lost to an answer that does not know of it.
 */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeliveryWork } from '../ports/delivery-work.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { Line } from './line.ts';
import { isLeaseLost, type Tenure } from './tenure.ts';

/** One claim takes no more than this, so that a claim stays short beside the commits in its group. */
const CLAIM_MAX = 256;

/** Pause before a claim that the store refused is tried again. */
const CLAIM_AGAIN_MS = 250;

export interface IntakeParts {
	readonly work: Pick<DeliveryWork, 'claimDue'>;
	readonly clock: Clock;
	readonly observer: Observer;
	readonly held: HeldBytes;
	/** How many the line wants now; 0 where it may have none. */
	readonly wantedBy: (line: Line) => number;
	/** The present one. */
	readonly tenure: () => Tenure;
	/** What a claim gave, the lines that were asked for, and the tenure in which they were. */
	readonly onClaimed: (deliveries: readonly ClaimedDelivery[], lines: readonly Line[], tenure: Tenure) => void;
	/** The line has its share of the memory already. */
	readonly onCrowded: (line: Line) => void;
}

export class Intake {
	readonly #parts: IntakeParts;
	/** The next one to be asked for first. */
	readonly #wanting = new Set<Line>();
	#isClaiming = false;

	constructor(parts: IntakeParts) {
		this.#parts = parts;
	}

	want(line: Line): void {
		this.#wanting.add(line);
	}

	forget(line: Line): void {
		this.#wanting.delete(line);
	}

	/** Whether there is something to ask for, and nobody does so already. */
	get isNeeded(): boolean {
		return this.#wanting.size > 0 && !this.#isClaiming;
	}

	/** Until no line wants more. Does not reject. */
	async claim(): Promise<void> {
		this.#isClaiming = true;
		try {
			for (let asked = this.#linesToAskFor(); asked.size > 0; asked = this.#linesToAskFor()) await this.#claimFor(asked);
		} finally {
			this.#isClaiming = false;
		}
	}

	async #claimFor(asked: ReadonlyMap<Line, number>): Promise<void> {
		const { work, clock, observer, held, onClaimed } = this.#parts;
		const lines = [...asked.keys()];
		const tenure = this.#parts.tenure();
		for (const line of lines) line.dueAt = Number.POSITIVE_INFINITY;
		try {
			const wants = new Map([...asked].map(([line, count]) => [line.webhookId, count]));
			const { deliveries, dueAt } = await work.claimDue({ now: clock.now(), wants, bytesMax: held.claimBytes });
			for (const line of lines) line.expect(dueAt.get(line.webhookId));
			onClaimed(deliveries, lines, tenure);
		} catch (error) {
			if (!isLeaseLost(error)) observer.background('dispatcher.claim', error);
			const again = clock.now() + CLAIM_AGAIN_MS;
			for (const line of lines) line.expect(again);
			onClaimed([], lines, tenure);
		}
	}

	/** Each line has the same part of a claim. */
	#linesToAskFor(): Map<Line, number> {
		const { held, wantedBy, onCrowded } = this.#parts;
		const asked = new Map<Line, number>();
		const part = Math.max(1, Math.floor(CLAIM_MAX / Math.max(1, this.#wanting.size)));
		for (const line of this.#wanting) {
			if (asked.size * part >= CLAIM_MAX) break;
			this.#wanting.delete(line);
			const wanted = wantedBy(line);
			if (wanted <= 0) continue;
			if (held.hasShare(line.heldBytes)) asked.set(line, Math.min(wanted, part));
			else onCrowded(line);
		}
		return asked;
	}
}

/**
 * Knocks at receivers that do not accept connections: between two probes, which may be half a minute apart, a connection without a request says
 * that a receiver is back. Only so many knocks are under way at a time; with many receivers down each is knocked at less often.
 */
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Sender } from '../ports/sender.ts';
import type { Line } from './line.ts';
import { isOpenForDelivery, type WebhookRegistry } from './webhook-registry.ts';

/** Between two knocks at one receiver. */
const KNOCK_MS = 500;

/** Knocks at one time, over all receivers. */
const KNOCKS_MAX = 32;

export interface KnockerParts {
	readonly sender: Pick<Sender, 'knock'>;
	readonly registry: Pick<WebhookRegistry, 'get'>;
	readonly clock: Clock;
	readonly observer: Observer;
}

export class Knocker {
	readonly #parts: KnockerParts;
	readonly #onAnswer: (line: Line) => void;
	/** Whom to knock at next time, the first one first. */
	readonly #waiting = new Set<Line>();
	#timer: Timer | undefined;
	#isStopped = false;

	/** @param onAnswer told when a receiver accepts connections again. */
	constructor(parts: KnockerParts, onAnswer: (line: Line) => void) {
		this.#parts = parts;
		this.#onAnswer = onAnswer;
	}

	/** Once, some time from now. Nothing where a knock could not tell anything. */
	knockLater(line: Line): void {
		if (this.#isStopped || !line.circuit.isUnreached) return;
		this.#waiting.add(line);
		this.#timer ??= this.#parts.clock.schedule(KNOCK_MS, () => {
			void this.#knock();
		});
	}

	stop(): void {
		this.#isStopped = true;
		this.#timer?.cancel();
	}

	async #knock(): Promise<void> {
		const lines = [...this.#waiting].slice(0, KNOCKS_MAX);
		for (const line of lines) this.#waiting.delete(line);
		await Promise.all(lines.map((line) => this.#knockAt(line)));
		this.#timer = undefined;
		for (const line of [...this.#waiting]) this.knockLater(line);
	}

	async #knockAt(line: Line): Promise<void> {
		const entry = this.#parts.registry.get(line.webhookId);
		// Once it is open for delivery again its circuit is closed.
		if (!entry || !isOpenForDelivery(entry) || !line.circuit.isUnreached) return;
		try {
			if (await this.#parts.sender.knock(entry.webhook.url)) this.#onAnswer(line);
			else this.#waiting.add(line);
		} catch (error) {
			this.#parts.observer.background('dispatcher.knock', error);
		}
	}
}

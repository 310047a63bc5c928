/**
 * Keeps what circuits do: that one opened or closed is written down, so that a restart need not find out again, and told to the other
 * webhooks of the account. The dispatcher does not wait for it. What the store refuses is tried again until it has it.
 */
import { Serial } from '../domain/serial.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { CircuitChange } from './handler.ts';
import type { WebhookWriter } from './webhook-writer.ts';

const RETRY_MS = 250;
const RETRY_MS_MAX = 10_000;

export interface CircuitNotesParts {
	readonly writer: Pick<WebhookWriter, 'ofOne' | 'writeFailing'>;
	readonly dispatcher: Pick<Dispatcher, 'circuitOf'>;
	readonly clock: Clock;
	readonly observer: Observer;
}

export class CircuitNotes implements AsyncDisposable {
	readonly #parts: CircuitNotesParts;
	/** By webhook: what happens to one is written in its order. */
	readonly #serial = new Serial();
	readonly #noting = new Set<Promise<void>>();
	readonly #pauses = new Map<Timer, () => void>();
	#isStopping = false;

	constructor(parts: CircuitNotesParts) {
		this.#parts = parts;
	}

	note(id: string, change: CircuitChange | undefined): void {
		const noting = this.#serial.run(id, () => this.#untilWritten(id, change)).finally(() => this.#noting.delete(noting));
		this.#noting.add(noting);
	}

	/** What is under way is tried once more at most: the circuit opens again after the next start if it has to. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isStopping = true;
		for (const [timer, goOn] of this.#pauses) {
			timer.cancel();
			goOn();
		}
		await Promise.all(this.#noting);
	}

	async #untilWritten(id: string, change: CircuitChange | undefined): Promise<void> {
		for (let pauseMs = RETRY_MS; ; pauseMs = Math.min(pauseMs * 2, RETRY_MS_MAX)) {
			try {
				await this.#write(id, change);
				return;
			} catch (error) {
				this.#parts.observer.background('webhooks.circuit', error);
				if (this.#isStopping) return;
				await this.#pause(pauseMs);
			}
		}
	}

	#write(id: string, change: CircuitChange | undefined): Promise<void> {
		const { writer, dispatcher } = this.#parts;
		return writer.ofOne(id, async (before) => {
			if (!before || (before.failing === undefined) === (change === undefined)) return;
			// A person gave it another URL meanwhile: that it failed is over.
			if (change && dispatcher.circuitOf(id).state !== 'open') return;
			const { failing: _failing, ...rest } = before;
			const after = change === undefined ? rest : { ...rest, failing: { since: change.since, errorClass: change.errorClass } };
			await writer.writeFailing({ before, after }, change?.failuresInARow ?? 0);
		});
	}

	#pause(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = this.#parts.clock.schedule(ms, () => {
				this.#pauses.delete(timer);
				resolve();
			});
			this.#pauses.set(timer, resolve);
		});
	}
}

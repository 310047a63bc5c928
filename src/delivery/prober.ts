/**
 * Tries the receivers of open circuits: of each, one delivery at a time, at the times of its circuit, with the oldest of what waits. A circuit with
 * nothing to send stays open until there is something. Of the processes that share a store one does so for each webhook.
 */
import type { Handler, HandlerParts } from './handler.ts';
import { Knocker } from './knocker.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';
import type { Running } from './running.ts';
import { isLeaseLost } from './tenure.ts';
import type { Waker } from './waker.ts';

/** Pause before a probe that the store refused is tried again. */
const PROBE_AGAIN_MS = 250;

export type ProberParts = Pick<HandlerParts, 'work' | 'clock' | 'random' | 'observer' | 'sender' | 'registry'>;

export interface ProberHooks {
	readonly lines: Lines;
	readonly running: Running;
	readonly handler: Handler;
	readonly waker: Waker;
	/** The line may be able to go on. */
	readonly onFreed: (line: Line) => void;
}

export class Prober {
	readonly #parts: ProberParts;
	readonly #hooks: ProberHooks;
	readonly #knocker: Knocker;

	/** @param onAnswer told when a receiver accepts connections again: its next probe need not wait. */
	constructor(parts: ProberParts, hooks: ProberHooks, onAnswer: (line: Line) => void) {
		this.#parts = parts;
		this.#hooks = hooks;
		this.#knocker = new Knocker(parts, onAnswer);
	}

	probeWhenDue(line: Line): void {
		const { lines, running, waker } = this.#hooks;
		const now = this.#parts.clock.now();
		const { nextProbeAt = now } = line.circuit;
		if (line.isProbing || line.dueAt === Number.POSITIVE_INFINITY || !lines.isOursToProbe(line)) return;
		if (nextProbeAt > now) {
			waker.wakeAt(line.webhookId, nextProbeAt);
			this.#knocker.knockLater(line);
			return;
		}
		line.isProbing = true;
		running.track(this.#probe(line));
	}

	stop(): void {
		this.#knocker.stop();
	}

	async #probe(line: Line): Promise<void> {
		const { work, clock, observer } = this.#parts;
		const { waker, onFreed } = this.#hooks;
		// What is offered meanwhile is noted anew.
		line.dueAt = Number.POSITIVE_INFINITY;
		try {
			const { tenure } = this.#hooks.running;
			const delivery = await work.takeOldest(line.webhookId);
			if (delivery) this.#hooks.lines.reserve(line, delivery.body);
			if (delivery && tenure.isOver) await this.#hooks.handler.giveUpLate(line, delivery);
			else if (delivery) await this.#probeWith(line, delivery);
			line.endProbe();
			onFreed(line);
		} catch (error) {
			if (!isLeaseLost(error)) observer.background('dispatcher.probe', error);
			line.endProbe();
			line.expect(clock.now());
			waker.wakeAt(line.webhookId, clock.now() + PROBE_AGAIN_MS);
		}
	}

	async #probeWith(line: Line, delivery: Parameters<Handler['handle']>[1]): Promise<void> {
		const { clock, random } = this.#parts;
		const { handler } = this.#hooks;
		const { nextProbeAt } = line.circuit;
		line.probeId = delivery.id;
		line.expect(clock.now());
		await handler.handle(line, delivery);
		// It came to no verdict, for an error of ours: the receiver may have been asked all the same, and is not asked again at once.
		if (line.circuit.nextProbeAt === nextProbeAt) line.circuit.probeFailed(clock.now(), random.next());
	}
}

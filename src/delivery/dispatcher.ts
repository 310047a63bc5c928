/**
 * Decides which delivery is attempted when. There is a line for each webhook that has something to do; lines that may begin an attempt take turns.
 * A line that is closed, paused or at its limits is not looked at until that changes, and nothing is claimed for it.
 *
 * A delivery comes in hand in three ways: with the commit that made it (`reserve`, then `hold`), as the next of its lane with the settlement of the
 * one before, or by a claim. It leaves by its settlement. Stopping gives back what waits, waits for attempts under way, interrupts what takes longer
 * than the grace, and spends no attempt of those.
 */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import type { Timer } from '../ports/clock.ts';
import { type DispatcherSnapshot, snapshotOf, viewOf } from './dispatcher-view.ts';
import { Handler, type HandlerParts } from './handler.ts';
import { Intake } from './intake.ts';
import { Knocker } from './knocker.ts';
import type { Line } from './line.ts';
import { Lines } from './lines.ts';
import { Running } from './running.ts';
import type { CircuitView } from './services.ts';
import { Waker } from './waker.ts';

/** So many sleepers are woken in one write, so that it stays short beside the commits in its group. */
const HASTEN_MAX = 500;

/** What another process or a changed clock did is found by looking this often. */
const LOOK_AROUND_MS = 30_000;

/** How many of those that wait for a share are looked at when something becomes free; the others are next. */
const UNCROWDED_MAX = 32;

/** Pause before a probe that the store refused is tried again. */
const PROBE_AGAIN_MS = 250;

export type DispatcherParts = HandlerParts;

export class Dispatcher {
	readonly #parts: DispatcherParts;
	readonly #lines: Lines;
	readonly #running: Running;
	readonly #handler: Handler;
	readonly #intake: Intake;
	readonly #waker: Waker;
	readonly #knocker: Knocker;
	/** Lines that may begin an attempt, the next one first. */
	readonly #turns = new Set<Line>();
	/** Lines that were refused a share of what all have in common. */
	readonly #crowded = new Set<Line>();
	#lookAround: Timer | undefined;
	#state: 'new' | 'running' | 'stopping' = 'new';

	constructor(parts: DispatcherParts) {
		this.#parts = parts;
		this.#lines = new Lines(parts.registry, parts.options);
		this.#running = new Running(parts);
		this.#handler = new Handler(parts, {
			lines: this.#lines,
			running: this.#running,
			isStopping: () => this.#state === 'stopping',
			onRecovered: (line) => this.#running.track(this.#hasten(line)),
			onFreed: (line) => this.#onFreed(line),
		});
		this.#intake = new Intake({
			...parts,
			held: this.#lines.held,
			wantedBy: (line) => this.#wantedBy(line),
			onClaimed: (deliveries, lines) => this.#onClaimed(deliveries, lines),
			onCrowded: (line) => this.#crowded.add(line),
		});
		this.#knocker = new Knocker(parts, (line) => {
			line.circuit.answersAgain(parts.clock.now());
			this.#tend(line);
		});
		this.#waker = new Waker(parts.clock, (webhookIds) => {
			for (const webhookId of webhookIds) this.#tend(this.#lines.of(webhookId));
			this.#go();
		});
	}

	/** Begins to attempt what is due. Rejects with `store_unavailable`. */
	async start(): Promise<void> {
		if (this.#state !== 'new') return;
		this.#state = 'running';
		for (const { webhook } of this.#parts.registry.all()) if (webhook.failing) this.#lines.of(webhook.id);
		await this.#lookForDue();
		this.#lookAroundLater();
	}

	/** Takes room for one delivery of this webhook. False: there is none, let it wait in the store (and tell `offer` when it does). */
	reserve(webhookId: string, body: string): boolean {
		if (this.#state !== 'running') return false;
		const line = this.#lines.of(webhookId);
		const now = this.#parts.clock.now();
		// What waits in the store is older: it goes first.
		if (this.#lines.isClosed(line) || line.dueAt <= now || line.pace.readyAt() > now || !this.#lines.hasShareOfMemory(line)) return false;
		this.#lines.reserve(line, body);
		return true;
	}

	/** Gives back a reservation that was not used. */
	giveBack(webhookId: string, body: string): void {
		const line = this.#lines.of(webhookId);
		this.#lines.giveBack(line, body);
		this.#onFreed(line);
	}

	/** Attempts what this process was given, on room that was reserved. */
	hold(delivery: ClaimedDelivery): void {
		const line = this.#lines.of(delivery.webhookId);
		line.put(delivery, this.#parts.clock.now());
		this.#onFreed(line);
	}

	/** A delivery of this webhook in the store is due then, by default now. */
	offer(webhookId: string, dueAt: number = this.#parts.clock.now()): void {
		const line = this.#lines.of(webhookId);
		line.expect(dueAt);
		this.#tend(line);
		this.#go();
	}

	/** The webhook's entry in the registry changed, or is gone. */
	changed(webhookId: string): void {
		const line = this.#lines.find(webhookId);
		if (!line) return;
		line.pace.rerate();
		this.#tend(line);
		this.#go();
	}

	/** It is enabled again, or has a new address: what is known of its receiver is forgotten, and whatever sleeps is due now. */
	resume(webhookId: string): void {
		const line = this.#lines.of(webhookId);
		line.circuit.succeeded();
		line.pace.rerate();
		line.pace.restart();
		this.#running.track(this.#hasten(line));
	}

	circuitOf(webhookId: string): CircuitView {
		return viewOf(this.#lines.look(webhookId), this.#lines.limitsOf(webhookId), this.#parts.clock.now());
	}

	snapshot(): DispatcherSnapshot {
		return snapshotOf(this.#lines, this.#parts.clock.now());
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#state === 'stopping') return;
		this.#state = 'stopping';
		this.#waker.stop();
		this.#knocker.stop();
		this.#lookAround?.cancel();
		for (const line of this.#lines.all()) this.#putDown(line);
		await this.#running.end(this.#parts.options.shutdownGraceMs);
	}

	/** Finds out what a line may do now, and notes it: begin attempts, ask the store for more, be probed, or be woken later. */
	#tend(line: Line): void {
		if (this.#state !== 'running' || this.#lines.isClosed(line)) this.#putDown(line);
		if (this.#state !== 'running') return;
		if (this.#lines.isClosedByPerson(line.webhookId)) {
			if (this.#lines.dropIfDone(line)) this.#crowded.delete(line);
		} else if (line.circuit.isOpen) {
			this.#probeWhenDue(line);
		} else if (line.pace.readyAt() > this.#parts.clock.now()) {
			this.#waker.wakeAt(line.webhookId, line.pace.readyAt());
		} else {
			if (line.inHand > 0) this.#turns.add(line);
			if (line.dueAt > this.#parts.clock.now()) this.#waker.wakeAt(line.webhookId, line.dueAt);
			else if (this.#wantedBy(line) > 0) this.#intake.want(line);
		}
	}

	/** Lets the lines have their turns, and asks the store for those that want more. */
	#go(): void {
		if (this.#state !== 'running') return;
		// A line that is added again while this goes on comes round again.
		for (const line of this.#turns) {
			this.#turns.delete(line);
			if (this.#begin(line) && line.inHand > 0) this.#turns.add(line);
		}
		if (this.#intake.isNeeded) this.#running.track(this.#intake.claim().then(() => this.#go()));
	}

	/** False where the line has to wait for something. */
	#begin(line: Line): boolean {
		const limits = this.#lines.limitsOf(line.webhookId);
		if (this.#lines.isClosed(line) || line.inFlight >= line.pace.window(limits)) return false;
		const now = this.#parts.clock.now();
		if (line.pace.readyAt() > now) {
			this.#waker.wakeAt(line.webhookId, line.pace.readyAt());
			return false;
		}
		if (!this.#lines.hasShareOfAttempts(line)) {
			this.#crowded.add(line);
			return false;
		}
		const delivery = line.takeFirst();
		if (!delivery) return false;
		line.pace.begun(now, limits);
		this.#running.track(this.#handler.handle(line, delivery));
		return true;
	}

	/** Something of this line, and perhaps of what all have in common, became free: those who wait for it have their turns too. */
	#onFreed(line: Line): void {
		this.#tend(line);
		let left = UNCROWDED_MAX;
		for (const crowded of this.#crowded) {
			if (left === 0) break;
			left -= 1;
			this.#crowded.delete(crowded);
			this.#tend(crowded);
		}
		this.#go();
	}

	/** What is in hand and not begun goes back to the store. */
	#putDown(line: Line): void {
		this.#turns.delete(line);
		this.#intake.forget(line);
		for (const delivery of line.takeAll()) this.#running.track(this.#handler.giveUp(line, delivery));
	}

	/** One at a time, with the oldest of what waits. A circuit with nothing to send stays open until there is something. */
	#probeWhenDue(line: Line): void {
		const now = this.#parts.clock.now();
		const { nextProbeAt = now } = line.circuit;
		if (line.isProbing || line.dueAt === Number.POSITIVE_INFINITY) return;
		if (nextProbeAt > now) {
			this.#waker.wakeAt(line.webhookId, nextProbeAt);
			this.#knocker.knockLater(line);
			return;
		}
		line.isProbing = true;
		this.#running.track(this.#probe(line));
	}

	async #probe(line: Line): Promise<void> {
		const { work, clock, random, observer } = this.#parts;
		// What is offered meanwhile is noted anew.
		line.dueAt = Number.POSITIVE_INFINITY;
		try {
			const delivery = await work.takeOldest(line.webhookId);
			if (delivery) {
				const { nextProbeAt } = line.circuit;
				line.probeId = delivery.id;
				line.expect(clock.now());
				this.#lines.reserve(line, delivery.body);
				await this.#handler.handle(line, delivery);
				// It came to no verdict, for an error of ours: the receiver may have been asked all the same, and is not asked again at once.
				if (line.circuit.nextProbeAt === nextProbeAt) line.circuit.probeFailed(clock.now(), random.next());
			}
			line.endProbe();
			this.#onFreed(line);
		} catch (error) {
			observer.background('dispatcher.probe', error);
			line.endProbe();
			line.expect(clock.now());
			this.#waker.wakeAt(line.webhookId, clock.now() + PROBE_AGAIN_MS);
		}
	}

	/**
	 * Whatever of the webhook sleeps is due now, in batches. It is offered after the first of them: what is claimed before knows how long its lane
	 * was held, and whoever was to overtake would.
	 */
	async #hasten(line: Line): Promise<void> {
		const at = this.#parts.clock.now();
		for (let woken = HASTEN_MAX; woken === HASTEN_MAX && this.#state === 'running' && !line.circuit.isOpen; ) {
			const wake = (): Promise<number> => this.#parts.work.hasten(line.webhookId, at, HASTEN_MAX);
			woken = (await this.#running.untilWritten('dispatcher.hasten', wake)) ?? 0;
			this.offer(line.webhookId);
		}
	}

	/** How many more the line may take in hand now. */
	#wantedBy(line: Line): number {
		if (this.#state !== 'running' || this.#lines.isClosed(line) || line.pace.readyAt() > this.#parts.clock.now()) return 0;
		return line.wants(this.#lines.limitsOf(line.webhookId));
	}

	#onClaimed(deliveries: readonly ClaimedDelivery[], lines: readonly Line[]): void {
		const now = this.#parts.clock.now();
		for (const delivery of deliveries) this.#lines.take(this.#lines.of(delivery.webhookId), delivery, now);
		for (const line of lines) this.#tend(line);
		this.#go();
	}

	async #lookForDue(): Promise<void> {
		for (const [webhookId, dueAt] of await this.#parts.work.dueWebhooks()) {
			const line = this.#lines.of(webhookId);
			line.expect(dueAt);
			this.#tend(line);
		}
		this.#go();
	}

	#lookAroundLater(): void {
		if (this.#state !== 'running') return;
		this.#lookAround = this.#parts.clock.schedule(LOOK_AROUND_MS, () => {
			const looking = this.#lookForDue()
				.catch((error: unknown) => this.#parts.observer.background('dispatcher.look', error))
				.then(() => this.#lookAroundLater());
			this.#running.track(looking);
		});
	}
}

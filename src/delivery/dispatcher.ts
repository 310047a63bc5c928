/**
 * Decides which delivery is attempted when. There is a line for each webhook that has something to do; lines that may begin an attempt take turns.
 * A line that is closed, paused or at its limits is not looked at until that changes, and nothing is claimed for it.
 *
 * A delivery comes in hand in three ways: with the commit that made it (`reserve`, then `hold`), as the next of its lane with the settlement of the
 * one before, or by a claim. It leaves by its settlement. Stopping gives back what waits, waits for attempts under way, interrupts what takes longer
 * than the grace, and spends no attempt of those.
 *
 * Where several processes share the store each has a part of every webhook's limits (`shares-of-peers.ts`), and takes no more than that lets it attempt
 * soon: what is left in the store is told to the others. Where the lease is lost everything in hand is dropped on the spot: others have it.
 */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import type { WebhookFailing } from '../domain/webhook.ts';
import type { Peers } from '../ports/peers.ts';
import { type DispatcherSnapshot, snapshotOf, viewOf } from './dispatcher-view.ts';
import { DueLook } from './due-look.ts';
import { DueNews } from './due-news.ts';
import { Handler, type HandlerParts } from './handler.ts';
import { Hastener } from './hastener.ts';
import { Intake } from './intake.ts';
import type { Line } from './line.ts';
import { Lines } from './lines.ts';
import { Prober } from './prober.ts';
import { Running } from './running.ts';
import type { CircuitView } from './services.ts';
import type { Tenure } from './tenure.ts';
import { Turns } from './turns.ts';
import { Waker } from './waker.ts';

export interface DispatcherParts extends HandlerParts {
	readonly peers: Peers;
}

/** What was in hand when the lease was lost. */
export interface Dropped {
	/** Attempts that were broken off. */
	readonly underWay: number;
	/** Deliveries whose attempt had not begun. */
	readonly waiting: number;
}

export class Dispatcher {
	readonly #parts: DispatcherParts;
	readonly #lines: Lines;
	readonly #running: Running;
	readonly #handler: Handler;
	readonly #intake: Intake;
	readonly #waker: Waker;
	readonly #prober: Prober;
	readonly #hastener: Hastener;
	readonly #dueLook: DueLook;
	readonly #dueNews: DueNews;
	readonly #turns: Turns;
	#state: 'new' | 'running' | 'stopping' = 'new';

	constructor(parts: DispatcherParts) {
		this.#parts = parts;
		this.#lines = new Lines(parts);
		this.#running = new Running(parts);
		const isStopping = (): boolean => this.#state === 'stopping';
		this.#handler = new Handler(parts, {
			lines: this.#lines,
			running: this.#running,
			isStopping,
			onRecovered: (line) => this.#hastener.hasten(line),
			onFreed: (line) => this.#onFreed(line),
			onLeft: (line) => this.#dueNews.left(line),
		});
		this.#intake = new Intake({
			...parts,
			held: this.#lines.held,
			wantedBy: (line) => this.#wantedBy(line),
			tenure: () => this.#running.tenure,
			onClaimed: (deliveries, lines, tenure) => this.#onClaimed(deliveries, lines, tenure),
			onCrowded: (line) => this.#turns.crowd(line),
		});
		this.#hastener = new Hastener(parts, { running: this.#running, isStopping, onWoken: ({ webhookId }) => this.offer(webhookId) });
		this.#dueLook = new DueLook(parts, {
			lines: this.#lines,
			running: this.#running,
			onFound: (lines) => {
				for (const line of lines) this.#tend(line);
				this.#go();
			},
		});
		this.#dueNews = new DueNews({
			...parts,
			lines: this.#lines,
			isTakingMore: (line) => this.#wantedBy(line) > 0 && this.#lines.hasShareOfMemory(line),
		});
		this.#waker = new Waker(parts.clock, (webhookIds) => {
			const lines = webhookIds.map((webhookId) => this.#lines.of(webhookId));
			for (const line of lines) this.#tend(line);
			this.#go();
			for (const line of lines) this.#dueNews.left(line);
		});
		const [lines, running, handler, waker] = [this.#lines, this.#running, this.#handler, this.#waker];
		const shared = { lines, running, handler, waker };
		this.#turns = new Turns({ ...shared, clock: parts.clock });
		this.#prober = new Prober(parts, { ...shared, onFreed: (line) => this.#onFreed(line) }, (line) => {
			line.circuit.answersAgain(parts.clock.now());
			this.#tend(line);
		});
	}

	/** Begins to attempt what is due. Rejects with `store_unavailable`. */
	async start(): Promise<void> {
		if (this.#state !== 'new') return;
		this.#state = 'running';
		for (const { webhook } of this.#parts.registry.all()) if (webhook.failing) this.#lines.of(webhook.id);
		await this.#dueLook.start();
	}

	/** Takes room for one delivery of this webhook. False: there is none, let it wait in the store (and tell `offer` when it does). */
	reserve(webhookId: string, body: string): boolean {
		if (this.#state !== 'running') return false;
		const line = this.#lines.of(webhookId);
		const now = this.#parts.clock.now();
		// What waits in the store is older: it goes first.
		if (this.#lines.isClosed(line) || line.dueAt <= now || this.#lines.readyAt(line, now) > now || !this.#lines.hasShareOfMemory(line))
			return false;
		if (this.#lines.areShared && !line.hasRoom(this.#lines.limitsOf(webhookId))) return false;
		this.#lines.reserve(line, body);
		line.reserved += 1;
		return true;
	}

	/** The present one: to be asked for when something is reserved. */
	get tenure(): Tenure {
		return this.#running.tenure;
	}

	/** Gives back a reservation that was not used. */
	giveBack(webhookId: string, body: string): void {
		const line = this.#lines.of(webhookId);
		line.reserved -= 1;
		this.#lines.giveBack(line, body);
		this.#onFreed(line);
	}

	/** Attempts what this process was given, on room that was reserved in that tenure. */
	hold(delivery: ClaimedDelivery, tenure: Tenure): void {
		const line = this.#lines.of(delivery.webhookId);
		line.reserved -= 1;
		if (tenure.isOver) this.#running.track(this.#handler.giveUpLate(line, delivery));
		else line.put(delivery, this.#parts.clock.now());
		this.#onFreed(line);
	}

	/** A delivery of this webhook in the store is due then, by default now. */
	offer(webhookId: string, dueAt: number = this.#parts.clock.now()): void {
		this.#dueNews.left(this.#expect(webhookId, dueAt));
	}

	/** The same, where another process said so. */
	hearDue(webhookId: string): void {
		this.#expect(webhookId, this.#parts.clock.now());
	}

	/** Looks for what is due of all webhooks. */
	lookForDue(): void {
		if (this.#state === 'running') this.#dueLook.look();
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
		line.startAnew();
		this.#hastener.hasten(line);
	}

	/** Another process found out that its receiver fails. */
	openedElsewhere(webhookId: string, failing: WebhookFailing): void {
		const { clock, random } = this.#parts;
		this.#lines.find(webhookId)?.circuit.open(failing, clock.now(), random.next());
		this.changed(webhookId);
	}

	/** Another process found out that its receiver is back, or resumed it: whatever sleeps is made due there. */
	resumedElsewhere(webhookId: string): void {
		this.#lines.of(webhookId).startAnew();
		this.hearDue(webhookId);
	}

	/** The lease is lost. Answers what is dropped; room comes free as soon as whoever has it lets go. */
	lost(): Dropped {
		const underWay = this.#lines.inFlight;
		this.#running.lose();
		return { underWay, waiting: this.#lines.dropWaiting() };
	}

	/** Other processes came or went, or this one is a member again: shares are other ones, and what nobody has may be ours. */
	membersChanged(): void {
		for (const line of this.#lines.all()) {
			line.pace.rerate();
			if (this.#lines.areShared) this.#putDown(line, line.takeBeyond(this.#lines.limitsOf(line.webhookId)));
			this.#tend(line);
		}
		this.#go();
		this.lookForDue();
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
		this.#prober.stop();
		this.#dueNews.stop();
		this.#dueLook.stop();
		for (const line of this.#lines.all()) this.#putDownAll(line);
		await this.#running.end(this.#parts.options.shutdownGraceMs);
	}

	/** Finds out what a line may do now, and notes it: begin attempts, ask the store for more, be probed, or be woken later. */
	#tend(line: Line): void {
		const now = this.#parts.clock.now();
		const isOurs = this.#lines.isOurs(line);
		if (this.#state !== 'running' || this.#lines.isClosed(line) || !isOurs) this.#putDownAll(line);
		if (this.#state !== 'running') return;
		if (this.#lines.isClosedByPerson(line.webhookId)) {
			if (this.#lines.dropIfDone(line)) this.#turns.forget(line);
			return;
		}
		// What there is of it is for others.
		if (!isOurs) return;
		if (line.circuit.isOpen) {
			this.#prober.probeWhenDue(line);
		} else if (this.#lines.readyAt(line, now) > now) {
			this.#waker.wakeAt(line.webhookId, this.#lines.readyAt(line, now));
		} else {
			if (line.inHand > 0) this.#turns.add(line);
			if (line.dueAt > now) this.#waker.wakeAt(line.webhookId, line.dueAt);
			else if (this.#wantedBy(line) > 0) this.#intake.want(line);
		}
	}

	/** Lets the lines have their turns, and asks the store for those that want more. */
	#go(): void {
		if (this.#state !== 'running') return;
		this.#turns.take();
		if (this.#intake.isNeeded) this.#running.track(this.#intake.claim().then(() => this.#go()));
	}

	/** Something of this line, and perhaps of what all have in common, became free: those who wait for it have their turns too. */
	#onFreed(line: Line): void {
		this.#tend(line);
		for (const crowded of this.#turns.uncrowded()) this.#tend(crowded);
		this.#go();
	}

	/** Notes that something of it in the store is due then, and takes what may be taken. */
	#expect(webhookId: string, dueAt: number): Line {
		const line = this.#lines.of(webhookId);
		line.expect(dueAt);
		this.#tend(line);
		this.#go();
		return line;
	}

	/** What is in hand and not begun goes back to the store, and nothing more is asked for. */
	#putDownAll(line: Line): void {
		this.#turns.delete(line);
		this.#intake.forget(line);
		this.#putDown(line, line.takeAll());
	}

	#putDown(line: Line, deliveries: readonly ClaimedDelivery[]): void {
		for (const delivery of deliveries) this.#running.track(this.#handler.giveUp(line, delivery));
	}

	/** How many more the line may take in hand now. */
	#wantedBy(line: Line): number {
		const now = this.#parts.clock.now();
		if (this.#state !== 'running' || this.#lines.isClosed(line) || this.#lines.readyAt(line, now) > now) return 0;
		return line.wants(this.#lines.limitsOf(line.webhookId));
	}

	#onClaimed(deliveries: readonly ClaimedDelivery[], lines: readonly Line[], tenure: Tenure): void {
		const now = this.#parts.clock.now();
		for (const delivery of deliveries) {
			const line = this.#lines.of(delivery.webhookId);
			if (tenure.isOver) {
				this.#lines.reserve(line, delivery.body);
				this.#running.track(this.#handler.giveUpLate(line, delivery));
			} else {
				this.#lines.take(line, delivery, now);
			}
		}
		for (const line of lines) this.#tend(line);
		this.#go();
	}
}

/**
 * Works one delivery that is in hand: attempt, what its end says of the webhook, settlement. The settlement is written before anything else
 * happens to the delivery; one that cannot be written is tried again until it can, because a forgotten one would hold its lane. Where the lease is
 * lost meanwhile the delivery is somebody else's, lane and all: nothing is written of it.
 */
import type { ClaimedDelivery, Settlement } from '../domain/delivery.ts';
import type { WebhookFailing } from '../domain/webhook.ts';
import type { DeliveryWork } from '../ports/delivery-work.ts';
import { Attempter, type AttempterParts } from './attempter.ts';
import type { Learnt, Line } from './line.ts';
import type { Lines } from './lines.ts';
import type { Running } from './running.ts';
import { inHand } from './settlement.ts';
import { isLeaseLost, type Tenure } from './tenure.ts';
import type { Verdict } from './verdict.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

/** How soon an overtaking that had to wait (its webhook is failing altogether) is considered again. */
const OVERTAKE_AGAIN_MS = 30_000;

/** How soon a delivery is tried again whose attempt met an error of ours. */
const ATTEMPT_AGAIN_MS = 5_000;

export interface HandlerParts extends AttempterParts {
	readonly work: DeliveryWork;
	readonly registry: WebhookRegistry;
	/** Called when a receiver says that it is gone: disables the webhook. */
	readonly onGone: (webhookId: string) => Promise<void>;
	/** Called when a circuit opened (with what is to be kept of that) or closed. Must not reject. */
	readonly onCircuit: (webhookId: string, change: CircuitChange | undefined) => void;
}

export interface CircuitChange extends WebhookFailing {
	readonly failuresInARow: number;
}

export interface HandlerHooks {
	readonly lines: Lines;
	readonly running: Running;
	readonly isStopping: () => boolean;
	/** A circuit closed: what sleeps is to be woken. */
	readonly onRecovered: (line: Line) => void;
	/** An attempt ended, or a settlement was written: the line, and others, may go on. */
	readonly onFreed: (line: Line) => void;
	/** A settlement may have left something due in the store. */
	readonly onLeft: (line: Line) => void;
}

export class Handler {
	readonly #parts: HandlerParts;
	readonly #hooks: HandlerHooks;
	readonly #attempter: Attempter;

	constructor(parts: HandlerParts, hooks: HandlerHooks) {
		this.#parts = parts;
		this.#hooks = hooks;
		this.#attempter = new Attempter(parts);
	}

	/** Does not reject. */
	async handle(line: Line, delivery: ClaimedDelivery): Promise<void> {
		const { lines, running, onFreed } = this.#hooks;
		const { tenure } = running;
		lines.begun(line);
		let settlement: Settlement;
		try {
			settlement = await this.#attempt(line, delivery, tenure);
		} catch (error) {
			// An error of ours says nothing about the receiver. Held on to, the delivery would hold its lane for ever.
			if (!isLeaseLost(error)) this.#parts.observer.background('dispatcher.attempt', error);
			settlement = this.#release(delivery, ATTEMPT_AGAIN_MS);
		}
		lines.ended(line);
		onFreed(line);
		await this.#settle(line, delivery, settlement, tenure);
	}

	/** Back to the store, not attempted. Does not reject. */
	async giveUp(line: Line, delivery: ClaimedDelivery): Promise<void> {
		await this.#settle(line, delivery, this.#release(delivery, 0), this.#hooks.running.tenure);
	}

	/**
	 * Back to the store, for whoever may have it now: it came in hand, on room that it has, by something that was asked for in a tenure that is
	 * over. Does not reject.
	 */
	async giveUpLate(line: Line, delivery: ClaimedDelivery): Promise<void> {
		const { work } = this.#parts;
		const settle: DeliveryWork['settle'] = async (settlement) => {
			try {
				return await work.settle(settlement);
			} catch (error) {
				// Then it is made ready when this is a member again, if it was not already. Later on it may have come in hand anew.
				if (isLeaseLost(error)) return undefined;
				throw error;
			}
		};
		await this.#settle(line, delivery, this.#release(delivery, 0), this.#hooks.running.tenure, settle);
	}

	async #attempt(line: Line, delivery: ClaimedDelivery, tenure: Tenure): Promise<Settlement> {
		const { registry, work, observer } = this.#parts;
		const { lines, isStopping } = this.#hooks;
		const entry = registry.get(delivery.webhookId);
		if (!tenure.holds() || !entry || lines.isClosedByPerson(delivery.webhookId) || isStopping()) return this.#release(delivery, 0);
		if (delivery.blockedBy !== undefined) {
			// Its head held the lane too long. It leaves, unless its webhook fails altogether: then order is kept.
			if (line.circuit.isOpen) return this.#release(delivery, OVERTAKE_AGAIN_MS);
			await work.overtake(delivery.blockedBy);
			observer.deliveryOvertaken({ deliveryId: delivery.blockedBy, webhookId: delivery.webhookId });
		}
		const settlement = await this.#attempter.attempt({
			delivery,
			entry,
			tenure,
			onVerdict: (verdict) => this.#learn(line, delivery, verdict),
			takesNext: () => this.#takesNext(line, tenure),
		});
		return settlement ?? this.#release(delivery, 0);
	}

	async #learn(line: Line, delivery: ClaimedDelivery, verdict: Verdict): Promise<Learnt> {
		const { clock, random, observer, onGone, onCircuit } = this.#parts;
		const { webhookId, circuit } = line;
		if (verdict.kind === 'gone') await onGone(webhookId);
		const { openSince } = circuit;
		const now = clock.now();
		const learnt = line.learn(delivery, verdict, { now, random: random.next(), limits: this.#hooks.lines.limitsOf(webhookId) });
		if (learnt.change === 'opened' && circuit.errorClass !== undefined) {
			const { errorClass, failuresInARow } = circuit;
			observer.circuitOpened({ webhookId, errorClass, failuresInARow });
			onCircuit(webhookId, { since: now, errorClass, failuresInARow });
		}
		if (learnt.change === 'recovered') {
			observer.circuitClosed({ webhookId, openForMs: now - (openSince ?? now) });
			onCircuit(webhookId, undefined);
			this.#hooks.onRecovered(line);
		}
		return learnt;
	}

	/** A lane goes on at once, unless something in the store has waited for longer: chats take turns. */
	#takesNext(line: Line, tenure: Tenure): boolean {
		const { lines, isStopping } = this.#hooks;
		if (isStopping() || !tenure.holds() || !lines.isOurs(line)) return false;
		return !lines.isClosed(line) && line.dueAt > this.#parts.clock.now() && lines.hasShareOfMemory(line);
	}

	#release(delivery: ClaimedDelivery, laterMs: number): Settlement {
		return { outcome: 'released', delivery: inHand(delivery), dueAt: this.#parts.clock.now() + laterMs };
	}

	async #settle(
		line: Line,
		delivery: ClaimedDelivery,
		settlement: Settlement,
		tenure: Tenure,
		settle: DeliveryWork['settle'] = (given) => this.#parts.work.settle(given),
	): Promise<void> {
		const { lines, running, onFreed, onLeft } = this.#hooks;
		const next = await running.untilWritten('dispatcher.settle', () => settle(settlement), tenure);
		lines.giveBack(line, delivery.body);
		if (tenure.isOver) {
			if (next) {
				lines.reserve(line, next.body);
				await this.giveUpLate(line, next);
			}
			onFreed(line);
			return;
		}
		if (next) lines.take(line, next, this.#parts.clock.now());
		const dueAt = dueAfter(settlement);
		line.expect(dueAt);
		onFreed(line);
		if (dueAt !== undefined) onLeft(line);
	}
}

/** A settlement makes something due: itself later, or the next of its lane at once. */
function dueAfter(settlement: Settlement): number | undefined {
	switch (settlement.outcome) {
		case 'retry':
			return Math.min(settlement.dueAt, settlement.laneFreeAt ?? settlement.dueAt);
		case 'released':
		case 'probed':
			return settlement.dueAt;
		case 'delivered':
		case 'dead':
			return settlement.takeNext ? undefined : settlement.at;
	}
}

/**
 * The way out of every decision: the deliveries of its events are planned and everything is committed as one unit. What the store gave to
 * this process in the same unit goes to the dispatcher; what it did not is found there by the due time.
 */
import type { NewDelivery } from '../domain/delivery.ts';
import type { Observer } from '../observe/observer.ts';
import type { Decision, Outbox } from '../ports/outbox.ts';
import type { CommitConflict, CommitResult, Store } from '../ports/store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Planner } from './planner.ts';
import type { Tenure } from './tenure.ts';

/** What it needs of the dispatcher. */
type Room = Pick<Dispatcher, 'reserve' | 'offer' | 'giveBack' | 'hold' | 'tenure'>;

export class DeliveryOutbox implements Outbox {
	readonly #store: Pick<Store, 'commit'>;
	readonly #planner: Pick<Planner, 'plan'>;
	readonly #dispatcher: Room;
	readonly #observer: Observer;

	constructor(parts: { store: Pick<Store, 'commit'>; planner: Pick<Planner, 'plan'>; dispatcher: Room; observer: Observer }) {
		this.#store = parts.store;
		this.#planner = parts.planner;
		this.#dispatcher = parts.dispatcher;
		this.#observer = parts.observer;
	}

	async commit(decision: Decision): Promise<CommitConflict | undefined> {
		return this.commitPlanned(decision, this.#plan(decision));
	}

	#plan({ events }: Decision): NewDelivery[] {
		const reserved: { readonly webhookId: string; readonly body: string }[] = [];
		const reserve = (webhookId: string, body: string): boolean => {
			const hasRoom = this.#dispatcher.reserve(webhookId, body);
			if (hasRoom) reserved.push({ webhookId, body });
			return hasRoom;
		};
		try {
			return events.flatMap((event) => this.#planner.plan(event, reserve));
		} catch (error) {
			for (const { webhookId, body } of reserved) this.#dispatcher.giveBack(webhookId, body);
			throw error;
		}
	}

	/** The same with deliveries that are planned already; those to be taken must have been reserved. */
	async commitPlanned(decision: Decision, deliveries: readonly NewDelivery[]): Promise<CommitConflict | undefined> {
		let result: CommitResult | undefined;
		const { tenure } = this.#dispatcher;
		try {
			result = await this.#store.commit({ ...decision, deliveries });
		} finally {
			this.#handOver(deliveries, result, tenure);
		}
		if (result.kind === 'conflict') return result;
		this.#observer.eventsCommitted(decision.events.length, deliveries.length);
		return undefined;
	}

	/** Reserved room is used by what the store gave us, and given back for the rest, however the commit ended. */
	#handOver(deliveries: readonly NewDelivery[], result: CommitResult | undefined, tenure: Tenure): void {
		const taken = result?.kind === 'committed' ? result.taken : [];
		const takenIds = new Set(taken.map((delivery) => delivery.id));
		for (const delivery of deliveries) {
			if (delivery.start === 'take' && !takenIds.has(delivery.id)) this.#dispatcher.giveBack(delivery.webhookId, delivery.body);
		}
		for (const delivery of taken) this.#dispatcher.hold(delivery, tenure);
		if (result?.kind !== 'committed') return;
		for (const { webhookId, dueAt } of result.due) this.#dispatcher.offer(webhookId, dueAt);
	}
}

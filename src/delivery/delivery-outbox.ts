/**
 * The way out of every decision: the deliveries of its events are planned and everything is committed as one unit. What the store gave to
 * this process in the same unit goes to the dispatcher; what it did not is found there by the due time.
 *
 * Where other processes share the store they make webhooks too, and this one hears of it a moment later. So a unit says with which webhooks it was
 * planned, and is refused by the store where there are others: then it is planned again.
 */
import type { NewDelivery } from '../domain/delivery.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Decision, DecisionConflict, Outbox } from '../ports/outbox.ts';
import type { Peers } from '../ports/peers.ts';
import type { Store } from '../ports/store.ts';
import type { CommitConflict, CommitResult, PlannedWith, WriteUnit } from '../ports/write-unit.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Planner } from './planner.ts';
import type { Tenure } from './tenure.ts';
import type { WebhookMirror } from './webhook-mirror.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

/** Somebody has to change webhooks of the account between each read and the commit after it, some milliseconds; then the caller may try again later. */
const PLANS_MAX = 20;

/** What it needs of the dispatcher. */
type Room = Pick<Dispatcher, 'reserve' | 'offer' | 'giveBack' | 'hold' | 'tenure'>;

export interface DeliveryOutboxParts {
	readonly store: Pick<Store, 'commit'>;
	readonly peers: Pick<Peers, 'isAlone'>;
	readonly registry: Pick<WebhookRegistry, 'versionOf' | 'outdate'>;
	readonly mirror: Pick<WebhookMirror, 'refreshAccount'>;
	readonly planner: Pick<Planner, 'plan'>;
	readonly dispatcher: Room;
	readonly observer: Observer;
}

export class DeliveryOutbox implements Outbox {
	readonly #parts: DeliveryOutboxParts;

	constructor(parts: DeliveryOutboxParts) {
		this.#parts = parts;
	}

	commit(decision: Decision): Promise<DecisionConflict | undefined> {
		if (this.#parts.peers.isAlone || decision.events.length === 0) return this.#commitAlone(decision);
		return this.#commitAmongPeers(decision);
	}

	/** The same with deliveries that are planned already, of webhooks that the caller chose; those to be taken must have been reserved. */
	async commitPlanned(decision: Decision, deliveries: readonly NewDelivery[]): Promise<DecisionConflict | undefined> {
		const conflict = await this.#commit({ ...decision, deliveries });
		if (!conflict || isOfDecision(conflict)) return conflict;
		throw new Error('the store looked at webhooks, and was not asked to');
	}

	async #commitAlone(decision: Decision): Promise<DecisionConflict | undefined> {
		return await this.commitPlanned(decision, this.#plan(decision));
	}

	/** Throws store_unavailable where webhooks change all the time. */
	async #commitAmongPeers(decision: Decision): Promise<DecisionConflict | undefined> {
		const { registry } = this.#parts;
		const accountIds = [...new Set(decision.events.map(({ accountId }) => accountId))];
		for (let plans = 0; plans < PLANS_MAX; plans += 1) {
			const plannedWith = this.#versionsOf(accountIds) ?? (await this.#refreshed(accountIds));
			// Nothing may be waited for from here to the commit: deliveries and versions are of the same webhooks.
			if (!plannedWith) continue;
			const conflict = await this.#commit({ ...decision, deliveries: this.#plan(decision), plannedWith });
			if (!conflict || isOfDecision(conflict)) return conflict;
			for (const { accountId, version } of plannedWith) registry.outdate(accountId, version);
		}
		throw new RecadoError('store_unavailable');
	}

	/** Undefined where those of one of the accounts are not known as a whole. */
	#versionsOf(accountIds: readonly string[]): readonly PlannedWith[] | undefined {
		const versions: PlannedWith[] = [];
		for (const accountId of accountIds) {
			const version = this.#parts.registry.versionOf(accountId);
			if (version === undefined) return undefined;
			versions.push({ accountId, version });
		}
		return versions;
	}

	/** Not in anybody's turn: who writes webhooks commits in its own. */
	async #refreshed(accountIds: readonly string[]): Promise<readonly PlannedWith[] | undefined> {
		const { registry, mirror } = this.#parts;
		await Promise.all(accountIds.filter((id) => registry.versionOf(id) === undefined).map((id) => mirror.refreshAccount(id)));
		return this.#versionsOf(accountIds);
	}

	#plan({ events }: Decision): NewDelivery[] {
		const { planner, dispatcher } = this.#parts;
		const reserved: { readonly webhookId: string; readonly body: string }[] = [];
		const reserve = (webhookId: string, body: string): boolean => {
			const hasRoom = dispatcher.reserve(webhookId, body);
			if (hasRoom) reserved.push({ webhookId, body });
			return hasRoom;
		};
		try {
			return events.flatMap((event) => planner.plan(event, reserve));
		} catch (error) {
			for (const { webhookId, body } of reserved) dispatcher.giveBack(webhookId, body);
			throw error;
		}
	}

	async #commit(unit: WriteUnit): Promise<CommitConflict | undefined> {
		const { store, dispatcher, observer } = this.#parts;
		const { events, deliveries } = unit;
		let result: CommitResult | undefined;
		const { tenure } = dispatcher;
		try {
			result = await store.commit(unit);
		} finally {
			this.#handOver(deliveries, result, tenure);
		}
		if (result.kind === 'conflict') return result;
		observer.eventsCommitted(events, deliveries.length);
		return undefined;
	}

	/** Reserved room is used by what the store gave us, and given back for the rest, however the commit ended. */
	#handOver(deliveries: readonly NewDelivery[], result: CommitResult | undefined, tenure: Tenure): void {
		const { dispatcher } = this.#parts;
		const taken = result?.kind === 'committed' ? result.taken : [];
		const takenIds = new Set(taken.map((delivery) => delivery.id));
		for (const delivery of deliveries) {
			if (delivery.start === 'take' && !takenIds.has(delivery.id)) dispatcher.giveBack(delivery.webhookId, delivery.body);
		}
		for (const delivery of taken) dispatcher.hold(delivery, tenure);
		if (result?.kind !== 'committed') return;
		for (const { webhookId, dueAt } of result.due) dispatcher.offer(webhookId, dueAt);
	}
}

function isOfDecision(conflict: CommitConflict): conflict is DecisionConflict {
	return conflict.what !== 'webhooks';
}

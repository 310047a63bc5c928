/**
 * Writes webhooks. A change is committed first, together with the events that it means, and known to the planner and the dispatcher after. Changes of
 * an account's webhooks are made one after the other, each on what the one before made of them: written at the same time, the later one
 * would undo the earlier.
 *
 * Where other processes share the store, what a decision is made on is read from there first, and what was written is told to them. What two
 * processes decide on the same webhook within the milliseconds from that read to the commit is not told apart: the later commit stands, whole.
 */
import type { InstanceRef } from '../domain/event.ts';
import { Serial } from '../domain/serial.ts';
import type { Webhook, WebhookEnding } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { IdempotencyRecord } from '../ports/idempotency.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Peers } from '../ports/peers.ts';
import type { Store } from '../ports/store.ts';
import type { Dispatcher } from './dispatcher.ts';
import { happeningsOf, isResumed, type WebhookChanged } from './webhook-events.ts';
import { historyChanges, historyEnd } from './webhook-history.ts';
import type { WebhookMirror } from './webhook-mirror.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

export interface WebhookWriterParts {
	readonly store: {
		readonly accounts: Pick<Store['accounts'], 'instance'>;
		readonly deliveries: Pick<Store['deliveries'], 'hasUnsettled'>;
		readonly webhooks: Store['webhooks'];
		readonly documents: Store['documents'];
	};
	readonly outbox: Outbox;
	readonly registry: WebhookRegistry;
	readonly mirror: WebhookMirror;
	readonly dispatcher: Pick<Dispatcher, 'resume' | 'changed'>;
	readonly peers: Pick<Peers, 'isAlone' | 'tell'>;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
}

export interface WriteOptions {
	readonly idempotency?: IdempotencyRecord | undefined;
	/** Of the circuit, where the change is that it opened. */
	readonly failuresInARow?: number;
}

export class WebhookWriter {
	readonly #parts: WebhookWriterParts;
	readonly #serial = new Serial();

	constructor(parts: WebhookWriterParts) {
		this.#parts = parts;
	}

	/** Decides on the webhooks of an account while nobody else here changes one of them. */
	ofAccount<T>(accountId: string, work: () => Promise<T>): Promise<T> {
		return this.#serial.run(accountId, async () => {
			if (!this.#parts.peers.isAlone) await this.#parts.mirror.refreshAccount(accountId);
			return work();
		});
	}

	/** The same on one webhook, as it is when its turn has come; undefined where it is gone. */
	ofOne<T>(id: string, work: (webhook: Webhook | undefined) => Promise<T>): Promise<T> {
		const { registry, store, peers, mirror } = this.#parts;
		const inTurn = (accountId: string): Promise<T> =>
			this.#serial.run(accountId, async () => {
				if (!peers.isAlone) await mirror.refresh(id, accountId);
				return work(registry.get(id)?.webhook);
			});
		const known = registry.get(id)?.webhook;
		if (known || peers.isAlone) return inTurn(known?.accountId ?? '');
		// One that was made elsewhere may not have been heard of.
		return store.webhooks.webhook(id).then((webhook) => inTurn(webhook?.accountId ?? ''));
	}

	/** Throws not_there; a webhook that is cancelled counts as gone. */
	inTurn<T>(id: string, work: (webhook: Webhook) => Promise<T>): Promise<T> {
		return this.ofOne(id, async (webhook) => {
			if (!webhook || webhook.ending === 'cancel') throw new RecadoError('not_there', { details: { what: 'webhook' } });
			return work(webhook);
		});
	}

	/** Follows what other processes wrote of all webhooks. */
	async followAll(): Promise<void> {
		for (const id of await this.#parts.mirror.stale()) await this.ofOne(id, async () => {});
	}

	/** The others read it from the store. */
	tell(webhookId: string): void {
		this.#parts.peers.tell({ kind: 'webhook', webhookId });
	}

	/** All or nothing. Answers them as they are now. Throws conflict, idempotency_raced. */
	async write(changed: readonly WebhookChanged[], options: WriteOptions = {}): Promise<readonly Webhook[]> {
		const settled = changed.map((one) => (isResumed(one) ? { ...one, after: withoutFailing(one.after) } : one));
		await this.#commit(
			settled,
			settled.map(({ after }) => ({ kind: 'webhook.put', webhook: after })),
			options,
		);
		return settled.map(({ after }) => after);
	}

	/** Writes that the circuit of a webhook opened or closed, and that alone. */
	async writeFailing(one: WebhookChanged, failuresInARow: number): Promise<void> {
		const { id, failing } = one.after;
		await this.#commit([one], [{ kind: 'webhook.failing', id, ...(failing === undefined ? {} : { failing }) }], { failuresInARow });
	}

	/** It gets nothing new from here on. */
	async end(webhook: Webhook, ending: WebhookEnding): Promise<Webhook> {
		const after: Webhook = { ...webhook, subscriptions: {}, ending, updatedAt: this.#parts.clock.now() };
		await this.write([{ before: webhook, after }]);
		return after;
	}

	/**
	 * Deletes a webhook that is ending, where nothing of it is unsettled any more. Answers whether it is gone. That it ends was committed before, and so
	 * was everything that had been planned for it until then: nothing can come in between.
	 */
	async finish(id: string): Promise<boolean> {
		const { store, outbox, registry, dispatcher, observer } = this.#parts;
		if (registry.get(id)?.webhook.ending === undefined) return registry.get(id) === undefined;
		if (await store.deliveries.hasUnsettled(id)) return false;
		const changes: Change[] = [{ kind: 'webhook.delete', id }, ...(await historyEnd(store.documents, id))];
		await refuseConflict(outbox.commit({ changes, events: [] }));
		registry.remove(id);
		dispatcher.changed(id);
		this.tell(id);
		observer.webhookDeleted(id);
		return true;
	}

	async #commit(changed: readonly WebhookChanged[], changes: readonly Change[], options: WriteOptions): Promise<void> {
		const { outbox, registry, dispatcher } = this.#parts;
		const events = (await Promise.all(changed.map((one) => this.#eventsOf(one, options.failuresInARow ?? 0)))).flat();
		const past = (await Promise.all(changed.map((one) => this.#pastOf(one, options.failuresInARow ?? 0)))).flat();
		const { idempotency } = options;
		await refuseConflict(outbox.commit({ changes: [...changes, ...past], events, ...(idempotency === undefined ? {} : { idempotency }) }));
		for (const one of changed) {
			registry.put(one.after);
			this.tell(one.after.id);
			if (isResumed(one)) dispatcher.resume(one.after.id);
			else dispatcher.changed(one.after.id);
		}
	}

	#pastOf(one: WebhookChanged, failuresInARow: number): Promise<readonly Change[]> {
		const { store, ids, clock } = this.#parts;
		return historyChanges({ documents: store.documents, ids }, one, { at: clock.now(), failuresInARow });
	}

	async #eventsOf(one: WebhookChanged, failuresInARow: number): Promise<Parameters<Outbox['commit']>[0]['events']> {
		const happenings = happeningsOf(one, failuresInARow);
		if (happenings.length === 0) return [];
		const { clock, ids } = this.#parts;
		const { accountId } = one.after;
		const instance = await this.#instanceOf(one.after);
		return happenings.map((happening) => ({ id: ids.next('evt'), accountId, instance, at: clock.now(), ...happening }));
	}

	async #instanceOf({ instanceId }: Webhook): Promise<InstanceRef | undefined> {
		const instance = instanceId === undefined ? undefined : await this.#parts.store.accounts.instance(instanceId);
		return instance && { id: instance.id, phone: instance.phone };
	}
}

async function refuseConflict(committing: ReturnType<Outbox['commit']>): Promise<void> {
	const conflict = await committing;
	if (conflict) throw new RecadoError(conflict.what === 'idempotency' ? 'idempotency_raced' : 'conflict');
}

function withoutFailing({ failing: _failing, ...webhook }: Webhook): Webhook {
	return webhook;
}

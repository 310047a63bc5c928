/**
 * Ends what nobody else ends, a little at a time, so that the writer is never stalled: webhooks that are being deleted, deliveries of one that is gone
 * already, deliveries that grew too old while their webhook was not tried, what is older than the retention, and media that nothing leads to any more. What a crash or a stop leaves undone the next round finds. Of the processes
 * that share a store one does so.
 */
import type { Webhook } from '../domain/webhook.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Peers } from '../ports/peers.ts';
import type { Store } from '../ports/store.ts';
import { Chores } from './chores.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { DeliveryOptions } from './options.ts';
import { GONE } from './webhook-events.ts';
import type { WebhookRegistry } from './webhook-registry.ts';
import type { WebhookService } from './webhook-service.ts';

export interface JanitorOptions {
	/** From the end of a round to the next one. */
	readonly intervalMs: number;
	/** Rows in one write. */
	readonly batch: number;
	/** Between two writes of which the first was full. */
	readonly breathMs: number;
	/** How long settled deliveries and events are kept. */
	readonly retentionMs: number;
}

export interface JanitorParts {
	readonly store: {
		readonly deliveries: Pick<Store['deliveries'], 'cancel' | 'dueWebhooks' | 'expire'>;
		readonly webhooks: Pick<Store['webhooks'], 'webhook'>;
		readonly retention: Store['retention'];
		readonly media: Pick<Store['media'], 'expire'>;
		readonly blobs: Pick<Store['blobs'], 'sweep'>;
	};
	readonly webhooks: Pick<WebhookService, 'finish'>;
	readonly registry: WebhookRegistry;
	readonly dispatcher: Pick<Dispatcher, 'offer'>;
	readonly peers: Peers;
	readonly clock: Clock;
	readonly observer: Observer;
	readonly options: JanitorOptions & Pick<DeliveryOptions, 'patienceMs'>;
}

export class Janitor implements AsyncDisposable {
	readonly #parts: JanitorParts;
	readonly #chores: Chores;
	#state: 'new' | 'running' | 'stopping' = 'new';
	/** Rounds are made one after the other. */
	#work: Promise<void> = Promise.resolve();
	#isEndingWanted = false;
	/** Whether the latest round was this process's. */
	#isOnDuty = false;
	#timer: Timer | undefined;
	#endBreath: (() => void) | undefined;

	constructor(parts: JanitorParts) {
		this.#parts = parts;
		this.#chores = new Chores(parts.peers);
	}

	/** Begins with a round. */
	start(): void {
		if (this.#state !== 'new') return;
		this.#state = 'running';
		this.#round();
	}

	/** A webhook is being deleted: its deliveries are cancelled as soon as what is under way is done. */
	wake(): void {
		if (this.#state !== 'running' || this.#isEndingWanted) return;
		if (!this.#chores.areOurs) {
			this.#chores.tell();
			return;
		}
		this.#isEndingWanted = true;
		this.#work = this.#work.then(() => this.#endWebhooks());
	}

	/** Other processes came or went: where it is this one's turn now, it begins with a round. */
	membersChanged(): void {
		if (this.#state !== 'running' || this.#isOnDuty || !this.#chores.areOurs) return;
		this.#timer?.cancel();
		this.#round();
	}

	/** The write under way is finished. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#state = 'stopping';
		this.#timer?.cancel();
		this.#endBreath?.();
		await this.#work;
	}

	get #mayGoOn(): boolean {
		return this.#state === 'running' && this.#chores.areOurs;
	}

	#round(): void {
		this.#isOnDuty = this.#chores.areOurs;
		this.#work = this.#work.then(async () => {
			await this.#endWebhooks();
			await this.#endStrays();
			await this.#expire();
			await this.#prune();
			await this.#endMedia();
			this.#roundLater();
		});
	}

	#roundLater(): void {
		this.#timer?.cancel();
		if (this.#state === 'running') this.#timer = this.#parts.clock.schedule(this.#parts.options.intervalMs, () => this.#round());
	}

	async #endWebhooks(): Promise<void> {
		this.#isEndingWanted = false;
		const { registry, webhooks } = this.#parts;
		for (const { id, ending } of registry.ending()) {
			if (!this.#mayGoOn) return;
			await this.#safely('janitor.ending', async () => {
				if (ending === 'cancel') await this.#cancel(id);
				// An attempt under way is waited for: the next round looks again.
				await webhooks.finish(id);
			});
		}
	}

	/** What another process committed for a webhook before it heard that it was deleted. */
	async #endStrays(): Promise<void> {
		const { registry, store, peers } = this.#parts;
		if (peers.isAlone || !this.#mayGoOn) return;
		await this.#safely('janitor.strays', async () => {
			for (const webhookId of (await store.deliveries.dueWebhooks()).keys()) {
				if (!registry.get(webhookId) && !(await store.webhooks.webhook(webhookId))) await this.#cancel(webhookId);
			}
		});
	}

	#cancel(webhookId: string): Promise<void> {
		const { store, clock, observer } = this.#parts;
		return this.#inBatches(async (limit) => {
			const count = await store.deliveries.cancel(webhookId, clock.now(), limit);
			if (count > 0) observer.deliveriesEnded({ webhookId, outcome: 'cancelled', reason: 'webhook-deleted', count });
			return count;
		});
	}

	async #expire(): Promise<void> {
		const { registry, store, dispatcher, clock, observer, options } = this.#parts;
		for (const { webhook } of [...registry.all()].filter((entry) => isUntried(entry.webhook))) {
			if (!this.#mayGoOn) return;
			await this.#safely('janitor.expire', () =>
				this.#inBatches(async (limit) => {
					const now = clock.now();
					const count = await store.deliveries.expire(webhook.id, now - (webhook.patienceMs ?? options.patienceMs), now, limit);
					if (count > 0)
						observer.deliveriesEnded({ accountId: webhook.accountId, webhookId: webhook.id, outcome: 'dead', reason: 'expired', count });
					// What waited for them in their lanes is ready.
					if (count > 0) dispatcher.offer(webhook.id);
					return count;
				}),
			);
		}
	}

	#prune(): Promise<void> {
		const { store, clock, observer, options } = this.#parts;
		return this.#safely('janitor.prune', () =>
			this.#inBatches(async (limit) => {
				const rows = await store.retention.prune(clock.now() - options.retentionMs, limit);
				if (rows > 0) observer.pruned(rows);
				return rows;
			}),
		);
	}

	/** Links before the blobs that they keep. */
	async #endMedia(): Promise<void> {
		const { store, clock, observer } = this.#parts;
		await this.#safely('janitor.media', async () => {
			await this.#inBatches(async (limit) => {
				const links = await store.media.expire(clock.now(), limit);
				if (links > 0) observer.pruned(links);
				return links;
			});
			await this.#inBatches((limit) => store.blobs.sweep(limit));
		});
	}

	/** Until a batch was not full. */
	async #inBatches(work: (limit: number) => Promise<number>): Promise<void> {
		const { batch } = this.#parts.options;
		while (this.#mayGoOn && (await work(batch)) >= batch) await this.#breathe();
	}

	#breathe(): Promise<void> {
		if (this.#state !== 'running') return Promise.resolve();
		return new Promise((resolve) => {
			const timer = this.#parts.clock.schedule(this.#parts.options.breathMs, resolve);
			this.#endBreath = () => {
				timer.cancel();
				resolve();
			};
		});
	}

	/** What failed is tried again in the next round. */
	async #safely(where: string, work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.#parts.observer.background(where, error);
		}
	}
}

/** Nothing but probes goes there, or nothing at all: what is too old is found by nobody else. What a person disabled is kept as it is. */
function isUntried({ enabled, disabledReason, failing, ending }: Webhook): boolean {
	return ending !== 'cancel' && (enabled ? failing !== undefined : disabledReason === GONE);
}

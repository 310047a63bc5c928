/**
 * Ends what nobody else ends, a little at a time, so that the writer is never stalled: webhooks that are being deleted, deliveries that grew too old
 * while their webhook was not tried, and what is older than the retention. What a crash or a stop leaves undone the next round finds.
 */
import type { Webhook } from '../domain/webhook.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
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
		readonly deliveries: Pick<Store['deliveries'], 'cancel' | 'expire'>;
		readonly retention: Store['retention'];
	};
	readonly webhooks: Pick<WebhookService, 'finish'>;
	readonly registry: WebhookRegistry;
	readonly dispatcher: Pick<Dispatcher, 'offer'>;
	readonly clock: Clock;
	readonly observer: Observer;
	readonly options: JanitorOptions & Pick<DeliveryOptions, 'patienceMs'>;
}

export class Janitor implements AsyncDisposable {
	readonly #parts: JanitorParts;
	#state: 'new' | 'running' | 'stopping' = 'new';
	/** Rounds are made one after the other. */
	#work: Promise<void> = Promise.resolve();
	#isEndingWanted = false;
	#timer: Timer | undefined;
	#endBreath: (() => void) | undefined;

	constructor(parts: JanitorParts) {
		this.#parts = parts;
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
		this.#isEndingWanted = true;
		this.#work = this.#work.then(() => this.#endWebhooks());
	}

	/** The write under way is finished. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#state = 'stopping';
		this.#timer?.cancel();
		this.#endBreath?.();
		await this.#work;
	}

	#round(): void {
		this.#work = this.#work.then(async () => {
			await this.#endWebhooks();
			await this.#expire();
			await this.#prune();
			if (this.#state === 'running') this.#timer = this.#parts.clock.schedule(this.#parts.options.intervalMs, () => this.#round());
		});
	}

	async #endWebhooks(): Promise<void> {
		this.#isEndingWanted = false;
		const { registry, webhooks, store, clock, observer } = this.#parts;
		for (const { id, ending } of registry.ending()) {
			if (this.#state !== 'running') return;
			await this.#safely('janitor.ending', async () => {
				if (ending === 'cancel') {
					await this.#inBatches(async (limit) => {
						const count = await store.deliveries.cancel(id, clock.now(), limit);
						if (count > 0) observer.deliveriesEnded({ webhookId: id, outcome: 'cancelled', reason: 'webhook-deleted', count });
						return count;
					});
				}
				// An attempt under way is waited for: the next round looks again.
				await webhooks.finish(id);
			});
		}
	}

	async #expire(): Promise<void> {
		const { registry, store, dispatcher, clock, observer, options } = this.#parts;
		for (const { webhook } of [...registry.all()].filter((entry) => isUntried(entry.webhook))) {
			if (this.#state !== 'running') return;
			await this.#safely('janitor.expire', () =>
				this.#inBatches(async (limit) => {
					const now = clock.now();
					const count = await store.deliveries.expire(webhook.id, now - (webhook.patienceMs ?? options.patienceMs), now, limit);
					if (count > 0) observer.deliveriesEnded({ webhookId: webhook.id, outcome: 'dead', reason: 'expired', count });
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

	/** Until a batch was not full. */
	async #inBatches(work: (limit: number) => Promise<number>): Promise<void> {
		const { batch } = this.#parts.options;
		while (this.#state === 'running' && (await work(batch)) >= batch) await this.#breathe();
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

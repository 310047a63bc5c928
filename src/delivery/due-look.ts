/**
 * Finds what is due by looking at all webhooks: at the start, now and then, and when somebody says that there may be something. Whatever another
 * process or a changed clock did, and nobody told, is found so.
 */
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { DeliveryWork } from '../ports/delivery-work.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';
import type { Running } from './running.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

const LOOK_AROUND_MS = 30_000;

export interface DueLookParts {
	readonly work: Pick<DeliveryWork, 'dueWebhooks'>;
	readonly registry: Pick<WebhookRegistry, 'get'>;
	readonly clock: Clock;
	readonly observer: Observer;
}

export interface DueLookHooks {
	readonly lines: Lines;
	readonly running: Running;
	/** Something of these lines is due, or will be. */
	readonly onFound: (lines: readonly Line[]) => void;
}

export class DueLook {
	readonly #parts: DueLookParts;
	readonly #hooks: DueLookHooks;
	#timer: Timer | undefined;
	#isStopped = false;

	constructor(parts: DueLookParts, hooks: DueLookHooks) {
		this.#parts = parts;
		this.#hooks = hooks;
	}

	/** Looks once, and now and then from here on. Rejects with `store_unavailable`. */
	async start(): Promise<void> {
		await this.#look();
		this.#lookLater();
	}

	/** Looks once more. */
	look(): void {
		if (!this.#isStopped) this.#hooks.running.track(this.#lookSafely());
	}

	stop(): void {
		this.#isStopped = true;
		this.#timer?.cancel();
	}

	async #look(): Promise<void> {
		const { lines, onFound } = this.#hooks;
		this.#followOthers();
		const found: Line[] = [];
		for (const [webhookId, dueAt] of await this.#parts.work.dueWebhooks()) {
			const line = lines.of(webhookId);
			line.expect(dueAt);
			found.push(line);
		}
		onFound(found);
	}

	#lookSafely(): Promise<void> {
		return this.#look().catch((error: unknown) => this.#parts.observer.background('dispatcher.look', error));
	}

	#lookLater(): void {
		if (this.#isStopped) return;
		this.#timer = this.#parts.clock.schedule(LOOK_AROUND_MS, () => {
			this.#hooks.running.track(this.#lookSafely().then(() => this.#lookLater()));
		});
	}

	/** A circuit that only another process may probe, and that is closed there: the news of it was missed. */
	#followOthers(): void {
		const { lines } = this.#hooks;
		for (const line of lines.all()) {
			const isFailing = this.#parts.registry.get(line.webhookId)?.webhook.failing !== undefined;
			if (line.circuit.isOpen && !isFailing && !lines.isOursToProbe(line)) line.startAnew();
		}
	}
}

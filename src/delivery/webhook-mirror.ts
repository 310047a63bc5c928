/**
 * Brings what this process knows of webhooks up to what the store has: where other processes write too, the registry may be behind. What a change
 * means to the dispatcher was decided by whoever made it; here it only follows. It needs nobody's turn: what is read while something of the account
 * changes here is not taken, for it may be older than that.
 */
import { isDeepStrictEqual } from 'node:util';
import { Serial } from '../domain/serial.ts';
import type { Webhook } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { WebhookReads, WebhooksOfAccount } from '../ports/webhooks.ts';
import type { Dispatcher } from './dispatcher.ts';
import { isResumed } from './webhook-events.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

/** A change takes a commit, which is longer than a read: that many reads in a row that each met one are a fault, not bad luck. Then it is refused. */
const READS_MAX = 10;

export interface WebhookMirrorParts {
	readonly store: { readonly webhooks: WebhookReads };
	readonly registry: WebhookRegistry;
	readonly dispatcher: Pick<Dispatcher, 'changed' | 'hearDue' | 'openedElsewhere' | 'resumedElsewhere'>;
}

export class WebhookMirror {
	readonly #parts: WebhookMirrorParts;
	/** By account: a whole answer is never older than one that was taken before. */
	readonly #serial = new Serial();
	/** By account, the refresh that has not begun. */
	readonly #next = new Map<string, Promise<void>>();

	constructor(parts: WebhookMirrorParts) {
		this.#parts = parts;
	}

	/** One webhook of the account. Throws store_unavailable. */
	refresh(id: string, accountId: string): Promise<void> {
		const { store } = this.#parts;
		return this.#follow(
			accountId,
			() => store.webhooks.webhook(id),
			(stored) => this.#take(id, stored),
		);
	}

	/**
	 * All webhooks of the account, as they were after this was called, and their version. Who asks while others wait for the next answer waits with
	 * them. Throws store_unavailable.
	 */
	refreshAccount(accountId: string): Promise<void> {
		const next = this.#next.get(accountId);
		if (next) return next;
		let hasBegun = false;
		const refreshing = this.#serial.run(accountId, () => {
			hasBegun = true;
			this.#next.delete(accountId);
			return this.#followAccount(accountId);
		});
		if (!hasBegun) this.#next.set(accountId, refreshing);
		return refreshing;
	}

	/** The ids of those that are other ones in the store. */
	async stale(): Promise<readonly string[]> {
		const { store, registry } = this.#parts;
		const stored = await store.webhooks.all();
		const ids = new Set(stored.map(({ id }) => id));
		const gone = [...registry.all()].filter(({ webhook }) => !ids.has(webhook.id)).map(({ webhook }) => webhook.id);
		return [...gone, ...stored.filter((webhook) => !this.#isKnown(webhook)).map(({ id }) => id)];
	}

	#followAccount(accountId: string): Promise<void> {
		const { store } = this.#parts;
		return this.#follow(
			accountId,
			() => store.webhooks.ofAccount(accountId),
			(stored) => this.#takeAccount(accountId, stored),
		);
	}

	/** What was read is taken in the turn in which nothing had changed. */
	async #follow<T>(accountId: string, read: () => Promise<T>, take: (stored: T) => void): Promise<void> {
		const { registry } = this.#parts;
		for (let reads = 0; reads < READS_MAX; reads += 1) {
			const changes = registry.changesOf(accountId);
			const stored = await read();
			if (registry.changesOf(accountId) === changes) {
				take(stored);
				return;
			}
		}
		throw new RecadoError('store_unavailable');
	}

	#takeAccount(accountId: string, { webhooks, version }: WebhooksOfAccount): void {
		const { registry } = this.#parts;
		const ids = new Set(webhooks.map(({ id }) => id));
		const gone = [...registry.ofAccount(accountId)].filter(({ webhook }) => !ids.has(webhook.id));
		for (const { webhook } of gone) this.#take(webhook.id, undefined);
		for (const webhook of webhooks) this.#take(webhook.id, webhook);
		registry.complete(accountId, version);
	}

	#take(id: string, after: Webhook | undefined): void {
		const { registry, dispatcher } = this.#parts;
		const before = registry.get(id)?.webhook;
		if (!after) {
			registry.remove(id);
			if (before) dispatcher.changed(id);
			return;
		}
		if (this.#isKnown(after)) return;
		registry.put(after);
		if (after.failing && !before?.failing) dispatcher.openedElsewhere(id, after.failing);
		// That something of it is due may have been heard before it was known, and was of no use then.
		else if (!before) dispatcher.hearDue(id);
		else if (isResumed({ before, after }) || (before.failing && !after.failing)) dispatcher.resumedElsewhere(id);
		else dispatcher.changed(id);
	}

	#isKnown(stored: Webhook): boolean {
		return isDeepStrictEqual(this.#parts.registry.get(stored.id)?.webhook, stored);
	}
}

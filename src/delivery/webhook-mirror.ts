/**
 * Brings what this process knows of webhooks up to what the store has: where other processes write too, the registry may be behind. What a change
 * means to the dispatcher was decided by whoever made it; here it only follows.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Webhook } from '../domain/webhook.ts';
import type { WebhookReads } from '../ports/store.ts';
import type { Dispatcher } from './dispatcher.ts';
import { isResumed } from './webhook-events.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

export interface WebhookMirrorParts {
	readonly store: { readonly webhooks: WebhookReads };
	readonly registry: WebhookRegistry;
	readonly dispatcher: Pick<Dispatcher, 'changed' | 'hearDue' | 'openedElsewhere' | 'resumedElsewhere'>;
}

/** To be used while nobody here changes a webhook of the account: a change that came in between would be undone. */
export class WebhookMirror {
	readonly #parts: WebhookMirrorParts;

	constructor(parts: WebhookMirrorParts) {
		this.#parts = parts;
	}

	async refresh(id: string): Promise<void> {
		this.#take(id, await this.#parts.store.webhooks.webhook(id));
	}

	async refreshAccount(accountId: string): Promise<void> {
		const { store, registry } = this.#parts;
		const stored = (await store.webhooks.all()).filter((webhook) => webhook.accountId === accountId);
		const ids = new Set(stored.map(({ id }) => id));
		const gone = [...registry.ofAccount(accountId)].filter(({ webhook }) => !ids.has(webhook.id));
		for (const { webhook } of gone) this.#take(webhook.id, undefined);
		for (const webhook of stored) this.#take(webhook.id, webhook);
	}

	/** The ids of those that are other ones in the store. */
	async stale(): Promise<readonly string[]> {
		const { store, registry } = this.#parts;
		const stored = await store.webhooks.all();
		const ids = new Set(stored.map(({ id }) => id));
		const gone = [...registry.all()].filter(({ webhook }) => !ids.has(webhook.id)).map(({ webhook }) => webhook.id);
		return [...gone, ...stored.filter((webhook) => !this.#isKnown(webhook)).map(({ id }) => id)];
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

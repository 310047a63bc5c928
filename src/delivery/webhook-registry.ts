/**
 * All webhooks in memory, with their secrets ready to sign: planning and attempting look nothing up. Loaded at start, changed after
 * each commit that changed a webhook.
 */
import type { Webhook } from '../domain/webhook.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { WebhookReads } from '../ports/store.ts';
import { type SigningKey, signingKey } from './signing.ts';

export interface WebhookEntry {
	readonly webhook: Webhook;
	/** Its own headers, in the clear. */
	readonly headers: Readonly<Record<string, string>>;
	readonly keys: readonly { readonly key: SigningKey; readonly until?: number }[];
}

export class WebhookRegistry {
	readonly #sealer: Sealer;
	readonly #byId = new Map<string, WebhookEntry>();
	readonly #byAccount = new Map<string, Map<string, WebhookEntry>>();

	constructor(sealer: Sealer) {
		this.#sealer = sealer;
	}

	async load(reads: WebhookReads): Promise<void> {
		for (const webhook of await reads.all()) this.put(webhook);
	}

	put(webhook: Webhook): void {
		const entry = this.#prepare(webhook);
		this.#byId.set(webhook.id, entry);
		const ofAccount = this.#byAccount.get(webhook.accountId) ?? new Map<string, WebhookEntry>();
		ofAccount.set(webhook.id, entry);
		this.#byAccount.set(webhook.accountId, ofAccount);
	}

	remove(id: string): void {
		const entry = this.#byId.get(id);
		if (!entry) return;
		this.#byId.delete(id);
		this.#byAccount.get(entry.webhook.accountId)?.delete(id);
	}

	get(id: string): WebhookEntry | undefined {
		return this.#byId.get(id);
	}

	all(): Iterable<WebhookEntry> {
		return this.#byId.values();
	}

	/** Those that may want an event of this instance. */
	*concerning(accountId: string, instanceId: string): Iterable<WebhookEntry> {
		for (const entry of this.#byAccount.get(accountId)?.values() ?? []) {
			if (entry.webhook.instanceId === undefined || entry.webhook.instanceId === instanceId) yield entry;
		}
	}

	#prepare(webhook: Webhook): WebhookEntry {
		const { sealedHeaders, secrets } = webhook;
		return {
			webhook,
			headers: sealedHeaders === undefined ? {} : parseHeaders(this.#sealer.unseal(sealedHeaders)),
			keys: secrets.map(({ sealed, until }) => ({
				key: signingKey(this.#sealer.unseal(sealed)),
				...(until === undefined ? {} : { until }),
			})),
		};
	}
}

/** The keys that sign at this time, the current one first. */
export function signingKeysAt(entry: WebhookEntry, now: number): readonly SigningKey[] {
	return entry.keys.filter(({ until }) => until === undefined || until > now).map(({ key }) => key);
}

function parseHeaders(json: string): Record<string, string> {
	const parsed: unknown = JSON.parse(json);
	return typeof parsed === 'object' && parsed !== null ? (Object.fromEntries(Object.entries(parsed)) as Record<string, string>) : {};
}

/**
 * All webhooks in memory, with their secrets ready to sign: planning and attempting look nothing up. Loaded at start, changed after
 * each commit that changed a webhook.
 *
 * Where other processes write webhooks too, it knows of an account whether what it has is exactly what the store answered as the whole of it, and at
 * which version. Whatever is put or removed one by one ends that: only a whole answer brings it back.
 */
import type { Webhook } from '../domain/webhook.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { WebhookReads } from '../ports/webhooks.ts';
import { openHeaders } from './own-headers.ts';
import { keyPairKey, type SigningKey, secretKey } from './signing.ts';

export interface WebhookEntry {
	readonly webhook: Webhook;
	/** Its own headers, in the clear. */
	readonly headers: Readonly<Record<string, string>>;
	/** The value of the `authorization` header, in the clear. */
	readonly authorization?: string;
	/** In the order in which they sign. */
	readonly keys: readonly { readonly key: SigningKey; readonly until?: number }[];
}

export class WebhookRegistry {
	readonly #sealer: Sealer;
	readonly #byId = new Map<string, WebhookEntry>();
	readonly #byAccount = new Map<string, Map<string, WebhookEntry>>();
	/** Of those in `#byId`: so that nobody has to look through all to find the few that are being deleted. */
	readonly #ending = new Set<string>();
	/** By account, where what is known is all that the store had at this version. */
	readonly #versions = new Map<string, number>();
	/** By account, how often something came from somewhere. */
	readonly #changes = new Map<string, number>();

	constructor(sealer: Sealer) {
		this.#sealer = sealer;
	}

	async load(reads: WebhookReads): Promise<void> {
		for (const webhook of await reads.all()) this.put(webhook);
	}

	put(webhook: Webhook): void {
		const entry = this.#prepare(webhook);
		this.#changed(webhook.accountId);
		this.#byId.set(webhook.id, entry);
		const ofAccount = this.#byAccount.get(webhook.accountId) ?? new Map<string, WebhookEntry>();
		ofAccount.set(webhook.id, entry);
		this.#byAccount.set(webhook.accountId, ofAccount);
		if (webhook.ending === undefined) this.#ending.delete(webhook.id);
		else this.#ending.add(webhook.id);
	}

	remove(id: string): void {
		const entry = this.#byId.get(id);
		if (!entry) return;
		this.#changed(entry.webhook.accountId);
		this.#byId.delete(id);
		this.#ending.delete(id);
		const ofAccount = this.#byAccount.get(entry.webhook.accountId);
		ofAccount?.delete(id);
		if (ofAccount?.size === 0) this.#byAccount.delete(entry.webhook.accountId);
	}

	/** What is there now is all that the account has, at this version. */
	complete(accountId: string, version: number): void {
		this.#changed(accountId);
		this.#versions.set(accountId, version);
	}

	/** The store is not at this version any more. Nothing, where that is known already. */
	outdate(accountId: string, version: number): void {
		if (this.#versions.get(accountId) === version) this.#versions.delete(accountId);
	}

	/** Undefined where something else may be in the store than is known here. */
	versionOf(accountId: string): number | undefined {
		return this.#versions.get(accountId);
	}

	/** Another number after each change of what is known of the account: whatever was read before may be older. */
	changesOf(accountId: string): number {
		return this.#changes.get(accountId) ?? 0;
	}

	get(id: string): WebhookEntry | undefined {
		return this.#byId.get(id);
	}

	get size(): number {
		return this.#byId.size;
	}

	all(): Iterable<WebhookEntry> {
		return this.#byId.values();
	}

	ofAccount(accountId: string): Iterable<WebhookEntry> {
		return this.#byAccount.get(accountId)?.values() ?? [];
	}

	/** Those that are being deleted. */
	ending(): readonly Webhook[] {
		return [...this.#ending].flatMap((id) => this.#byId.get(id)?.webhook ?? []);
	}

	/** Those that may want an event of this instance; without one, of the account as a whole. */
	*concerning(accountId: string, instanceId: string | undefined): Iterable<WebhookEntry> {
		for (const entry of this.ofAccount(accountId)) {
			const { instanceId: own, ending } = entry.webhook;
			if (ending === undefined && (own === undefined || own === instanceId)) yield entry;
		}
	}

	#changed(accountId: string): void {
		this.#versions.delete(accountId);
		this.#changes.set(accountId, this.changesOf(accountId) + 1);
	}

	#prepare(webhook: Webhook): WebhookEntry {
		const { authorization, signatures, secrets, keyPairs } = webhook;
		const made = {
			v1: { sealed: secrets, prepare: secretKey },
			v1a: { sealed: keyPairs, prepare: keyPairKey },
		};
		return {
			webhook,
			headers: openHeaders(this.#sealer, webhook),
			...(authorization === undefined ? {} : { authorization: this.#sealer.unseal(authorization.sealed) }),
			keys: signatures.flatMap((scheme) =>
				made[scheme].sealed.map(({ sealed, until }) => ({
					key: made[scheme].prepare(this.#sealer.unseal(sealed)),
					...(until === undefined ? {} : { until }),
				})),
			),
		};
	}
}

/** The keys that sign at this time, `v1` first and of each scheme the current one first. */
export function signingKeysAt(entry: WebhookEntry, now: number): readonly SigningKey[] {
	return entry.keys.filter(({ until }) => until === undefined || until > now).map(({ key }) => key);
}

/** Whether anything may be sent to it: nobody disabled it, and it is not being deleted with all it has. */
export function isOpenForDelivery({ webhook }: WebhookEntry): boolean {
	return webhook.enabled && webhook.ending !== 'cancel';
}

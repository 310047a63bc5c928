/** The webhooks that are kept. The registry holds them all; an account's are read again where others write, too. */
import type { Webhook } from '../domain/webhook.ts';

export interface WebhookReads {
	webhook(id: string): Promise<Webhook | undefined>;
	/** All of them: the registry keeps them in memory. Oldest first. */
	all(): Promise<readonly Webhook[]>;
	ofAccount(accountId: string): Promise<WebhooksOfAccount>;
}

/** All webhooks of an account, oldest first, at one moment. */
export interface WebhooksOfAccount {
	readonly webhooks: readonly Webhook[];
	/**
	 * Another one after each commit that changed what deliveries are planned with; 0 before the first. That a circuit opened or closed and that secrets
	 * were rotated changes nothing of that. Always 0 in a store of which this process is the only writer (`peers.isAlone`).
	 */
	readonly version: number;
}

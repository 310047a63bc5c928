/** Lets another room make a webhook inside its own write unit. */
import type { DialectName } from '../domain/webhook.ts';
import type { Change } from './changes.ts';

export interface WebhookDrafts {
	/** Throws webhook_not_https, webhook_address_refused. */
	draft(wish: WebhookDraftWish): WebhookDraft;
}

export interface WebhookDraftWish {
	readonly accountId: string;
	readonly instanceId: string;
	readonly applicationId: string;
	readonly dialect: DialectName;
	readonly slots: readonly string[];
	readonly url: string;
}

export interface WebhookDraft {
	readonly webhookId: string;
	/** To be committed with what the webhook belongs to. */
	readonly changes: readonly Change[];
	/** Call after the commit: from then on events are planned for it. */
	publish(): void;
}

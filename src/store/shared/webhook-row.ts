/** A row of `webhooks`, and the webhook that it is. */
import type { SealedSecret, Subscriptions, Webhook, WebhookFailing } from '../../domain/webhook.ts';
import { type Flag, fromJson, fromJsonOrNull, isSet, present } from './row-values.ts';
import type { WebhookSettings } from './webhook-settings.ts';

export interface WebhookRow {
	readonly id: string;
	readonly account_id: string;
	readonly instance_id: string | null;
	readonly application_id: string | null;
	readonly dialect: Webhook['dialect'];
	readonly origin: Webhook['origin'];
	readonly url: string;
	readonly subscriptions: string;
	readonly sealed_headers: string | null;
	readonly delivery_order: Webhook['order'];
	readonly enabled: Flag;
	readonly disabled_reason: string | null;
	readonly secrets: string;
	readonly schedule_ms: string | null;
	readonly settings: string;
	readonly failing: string | null;
	readonly ending: NonNullable<Webhook['ending']> | null;
	readonly created_at: number;
	readonly updated_at: number;
}

export function toWebhook(row: WebhookRow): Webhook {
	return {
		id: row.id,
		accountId: row.account_id,
		dialect: row.dialect,
		origin: row.origin,
		url: row.url,
		subscriptions: fromJson<Subscriptions>(row.subscriptions),
		order: row.delivery_order,
		enabled: isSet(row.enabled),
		secrets: fromJson<readonly SealedSecret[]>(row.secrets),
		keyPairs: [],
		signatures: ['v1'],
		...fromJson<WebhookSettings>(row.settings),
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		...present({
			instanceId: row.instance_id,
			applicationId: row.application_id,
			sealedHeaders: row.sealed_headers,
			disabledReason: row.disabled_reason,
			scheduleMs: fromJsonOrNull<readonly number[]>(row.schedule_ms),
			failing: fromJsonOrNull<WebhookFailing>(row.failing),
			ending: row.ending,
		}),
	};
}

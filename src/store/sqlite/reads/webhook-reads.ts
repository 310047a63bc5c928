/** Reads webhooks. */
import type { SealedSecret, Subscriptions, Webhook, WebhookFailing } from '../../../domain/webhook.ts';
import type { WebhookReads } from '../../../ports/store.ts';
import { fromJson, fromJsonOrNull, present } from '../../shared/row-values.ts';
import type { WebhookSettings } from '../../shared/webhook-settings.ts';
import type { Connection } from '../connection.ts';

export function webhookReads(db: Connection): WebhookReads {
	return {
		webhook: async (id) => {
			const row = db.get<WebhookRow>('SELECT * FROM webhooks WHERE id = ?', id);
			return row && toWebhook(row);
		},
		all: async () => db.all<WebhookRow>('SELECT * FROM webhooks ORDER BY seq').map(toWebhook),
	};
}

interface WebhookRow {
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
	readonly enabled: number;
	readonly disabled_reason: string | null;
	readonly secrets: string;
	readonly schedule_ms: string | null;
	readonly settings: string;
	readonly failing: string | null;
	readonly ending: NonNullable<Webhook['ending']> | null;
	readonly created_at: number;
	readonly updated_at: number;
}

function toWebhook(row: WebhookRow): Webhook {
	return {
		id: row.id,
		accountId: row.account_id,
		dialect: row.dialect,
		origin: row.origin,
		url: row.url,
		subscriptions: fromJson<Subscriptions>(row.subscriptions),
		order: row.delivery_order,
		enabled: row.enabled === 1,
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

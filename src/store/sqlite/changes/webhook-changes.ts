/** Writes webhooks. What is for them stays as it is: it is cancelled or delivered by whoever deletes one. */
import type { Webhook, WebhookFailing } from '../../../domain/webhook.ts';
import { toFlag, toJsonOrNull } from '../../shared/row-values.ts';
import { settingsOf } from '../../shared/webhook-settings.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const PUT = `
	INSERT INTO webhooks (id, account_id, instance_id, application_id, dialect, origin, url, subscriptions, sealed_headers, delivery_order, enabled,
		disabled_reason, secrets, schedule_ms, settings, failing, ending, created_at, updated_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, instance_id = excluded.instance_id,
		application_id = excluded.application_id, dialect = excluded.dialect, origin = excluded.origin, url = excluded.url, subscriptions = excluded.subscriptions,
		sealed_headers = excluded.sealed_headers, delivery_order = excluded.delivery_order, enabled = excluded.enabled,
		disabled_reason = excluded.disabled_reason, secrets = excluded.secrets, schedule_ms = excluded.schedule_ms, settings = excluded.settings,
		failing = excluded.failing, ending = excluded.ending, created_at = excluded.created_at, updated_at = excluded.updated_at`;
const REMEMBER = 'INSERT INTO account_webhooks (account_id, webhook_id) VALUES (?, ?) ON CONFLICT DO NOTHING';

export function putWebhook(db: Connection, webhook: Webhook): void {
	db.run(
		PUT,
		webhook.id,
		webhook.accountId,
		webhook.instanceId ?? null,
		webhook.applicationId ?? null,
		webhook.dialect,
		webhook.origin,
		webhook.url,
		JSON.stringify(webhook.subscriptions),
		webhook.sealedHeaders ?? null,
		webhook.order,
		toFlag(webhook.enabled),
		webhook.disabledReason ?? null,
		JSON.stringify(webhook.secrets),
		toJsonOrNull(webhook.scheduleMs),
		JSON.stringify(settingsOf(webhook)),
		toJsonOrNull(webhook.failing),
		webhook.ending ?? null,
		webhook.createdAt,
		webhook.updatedAt,
	);
	db.run(REMEMBER, webhook.accountId, webhook.id);
}

export function setFailing(db: Connection, id: string, failing: WebhookFailing | undefined): Refusal {
	return refusedUnless(db.run('UPDATE webhooks SET failing = ? WHERE id = ?', toJsonOrNull(failing), id), 'missing');
}

export function deleteWebhook(db: Connection, id: string): void {
	db.run('DELETE FROM webhooks WHERE id = ?', id);
}

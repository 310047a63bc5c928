/** Writes webhooks, and what that does to their deliveries. */
import type { Webhook } from '../../../domain/webhook.ts';
import type { Connection } from '../connection.ts';
import { cancelDeliveries, markParked, parkDeliveries, unparkDeliveries } from '../deliveries/parked-webhooks.ts';
import { toFlag, toJsonOrNull } from '../row-values.ts';
import type { Refusal } from './conflict.ts';

const PUT = `
	INSERT INTO webhooks (id, account_id, instance_id, application_id, dialect, origin, url, subscriptions, sealed_headers, delivery_order, enabled,
		disabled_reason, secrets, schedule_ms, created_at, updated_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, instance_id = excluded.instance_id,
		application_id = excluded.application_id, dialect = excluded.dialect, origin = excluded.origin, url = excluded.url, subscriptions = excluded.subscriptions,
		sealed_headers = excluded.sealed_headers, delivery_order = excluded.delivery_order, enabled = excluded.enabled,
		disabled_reason = excluded.disabled_reason, secrets = excluded.secrets, schedule_ms = excluded.schedule_ms,
		created_at = excluded.created_at, updated_at = excluded.updated_at`;

/** Deliveries that come from now on are parked or not, as it is enabled; those that are there move by `webhook.park` and `webhook.unpark`. */
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
		webhook.createdAt,
		webhook.updatedAt,
	);
	markParked(db, webhook.id, !webhook.enabled);
}

export function deleteWebhook(db: Connection, id: string, at: number): void {
	db.run('DELETE FROM webhooks WHERE id = ?', id);
	cancelDeliveries(db, id, at);
}

export function parkWebhook(db: Connection, id: string): Refusal {
	if (!hasWebhook(db, id)) return 'missing';
	parkDeliveries(db, id);
	return undefined;
}

export function unparkWebhook(db: Connection, id: string, at: number): Refusal {
	if (!hasWebhook(db, id)) return 'missing';
	unparkDeliveries(db, id, at);
	return undefined;
}

function hasWebhook(db: Connection, id: string): boolean {
	return db.get('SELECT 1 FROM webhooks WHERE id = ?', id) !== undefined;
}

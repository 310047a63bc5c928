/** Writes webhooks. What is for them stays as it is: it is cancelled or delivered by whoever deletes one. */
import type { Webhook, WebhookFailing } from '../../../domain/webhook.ts';
import { toJsonOrNull } from '../../shared/row-values.ts';
import { settingsOf } from '../../shared/webhook-settings.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, deletion, puttingText, refusedUnlessWritten, type TableSheet } from './sheets.ts';

const WEBHOOKS: TableSheet = {
	phase: 'directory',
	table: 'webhooks',
	columns: {
		id: 'text',
		account_id: 'text',
		instance_id: 'text',
		application_id: 'text',
		dialect: 'text',
		origin: 'text',
		url: 'text',
		subscriptions: 'text',
		sealed_headers: 'text',
		delivery_order: 'text',
		enabled: 'bool',
		disabled_reason: 'text',
		secrets: 'text',
		schedule_ms: 'text',
		settings: 'text',
		failing: 'text',
		ending: 'text',
		created_at: 'int',
		updated_at: 'int',
	},
};

/** Remembers as well that the account had it, for when it is long gone. */
const PUT: Sheet = {
	phase: WEBHOOKS.phase,
	statement: statement(
		'webhooks_put',
		`WITH remembered AS (
			INSERT INTO account_webhooks (webhook_id, account_id) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING
		) ${puttingText(WEBHOOKS)}`,
	),
	columns: Object.values(WEBHOOKS.columns),
};
const SET_FAILING: Sheet = {
	phase: WEBHOOKS.phase,
	statement: statement(
		'webhooks_failing',
		`WITH written AS (
			UPDATE webhooks SET failing = given.failing FROM unnest($1::text[], $2::text[]) AS given (id, failing)
			WHERE webhooks.id = given.id RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'text'],
};
const DELETE: Sheet = deletion(WEBHOOKS);

export function putWebhook(batch: Batch, webhook: Webhook): void {
	const cells = [
		webhook.id,
		webhook.accountId,
		webhook.instanceId,
		webhook.applicationId,
		webhook.dialect,
		webhook.origin,
		webhook.url,
		JSON.stringify(webhook.subscriptions),
		webhook.sealedHeaders,
		webhook.order,
		webhook.enabled,
		webhook.disabledReason,
		JSON.stringify(webhook.secrets),
		toJsonOrNull(webhook.scheduleMs),
		JSON.stringify(settingsOf(webhook)),
		toJsonOrNull(webhook.failing),
		webhook.ending,
		webhook.createdAt,
		webhook.updatedAt,
	];
	addLocked(batch, PUT, cells, `webhooks/${webhook.id}`);
}

export function setFailing(batch: Batch, id: string, failing: WebhookFailing | undefined): void {
	addLocked(batch, SET_FAILING, [id, toJsonOrNull(failing)], `webhooks/${id}`);
}

export function deleteWebhook(batch: Batch, id: string): void {
	addLocked(batch, DELETE, [id], `webhooks/${id}`);
}

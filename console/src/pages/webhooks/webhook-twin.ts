/** Another webhook that would be told the same: its receiver gets twice what both want. */
import type { Webhook } from '../../api/views.ts';
import type { WebhookDraft } from './webhook-draft.ts';

export function twinOf({ url, accountId, instanceId, events }: WebhookDraft, all: readonly Webhook[]): Webhook | undefined {
	return all.find(
		(other) =>
			other.url === url.trim() &&
			other.accountId === accountId &&
			other.status !== 'ending' &&
			(other.instanceId === undefined || instanceId === undefined || other.instanceId === instanceId) &&
			other.events.some((type) => events.includes(type)),
	);
}

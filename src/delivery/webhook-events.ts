/** What a change of a webhook means to the others of its account: the events that they may subscribe to. */
import type { EventOf, WebhookEventType, WebhookRef } from '../domain/event.ts';
import type { Webhook } from '../domain/webhook.ts';

/** Why a webhook was disabled: its receiver answered 410. */
export const GONE = 'gone';

export interface WebhookChanged {
	/** Undefined where it was made. */
	readonly before?: Webhook;
	readonly after: Webhook;
}

/** The part of an event that the change alone decides. */
export type WebhookHappening = { readonly [T in WebhookEventType]: Pick<EventOf<T>, 'type' | 'data'> }[WebhookEventType];

/** Whether what was known of its receiver is no longer worth anything: a person enabled it again, or gave it another URL. */
export function isResumed({ before, after }: WebhookChanged): boolean {
	return before !== undefined && after.enabled && (!before.enabled || before.url !== after.url);
}

/** @param failuresInARow of its circuit, where that has opened. */
export function happeningsOf({ before, after }: WebhookChanged, failuresInARow: number): readonly WebhookHappening[] {
	if (!before) return [];
	const webhook: WebhookRef = { id: after.id, dialect: after.dialect, url: after.url };
	const happenings: WebhookHappening[] = [];
	if (!before.failing && after.failing) {
		happenings.push({ type: 'webhook.failing', data: { webhook, errorClass: after.failing.errorClass, failuresInARow } });
	}
	if (before.failing && !after.failing)
		happenings.push({ type: 'webhook.recovered', data: { webhook, failingSince: before.failing.since } });
	if (before.enabled && !after.enabled) {
		happenings.push({ type: 'webhook.disabled', data: { webhook, reason: after.disabledReason === GONE ? 'gone' : 'request' } });
	}
	return happenings;
}

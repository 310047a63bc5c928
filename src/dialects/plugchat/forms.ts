/**
 * The generations of Plugchat. Three are told apart by the call that registered a webhook. `legacy`: PUT /api/whatsapp/update-webhook-* (seed 001);
 * `flat`: PUT /api/integrations/update-webhooks with the slots in the body (seed 002); `app`: the same path with `value` (seed 000). Payloads of
 * `flat` and `app` are the same; `legacy` ones have fewer members.
 *
 * Two are chosen by name in the management API alone, since what the documents say of them stands against a better page. `2022-04`: the finish of an
 * attendance as first published, with ids in the place of names. `app-page`: the start of an attendance as the page of `{"value": {"startAttendance"}}`
 * prints it, ids without the attendance. Everything else of theirs is as `app`.
 */
import type { Subscription } from '../../domain/webhook.ts';

export const PLUGCHAT_FORMS: readonly ['app', 'flat', 'legacy', '2022-04', 'app-page'] = ['app', 'flat', 'legacy', '2022-04', 'app-page'];
export type PlugchatForm = (typeof PLUGCHAT_FORMS)[number];

export function isLegacy(subscription: Subscription): boolean {
	return hasForm(subscription, 'legacy');
}

export function hasForm(subscription: Subscription, form: PlugchatForm): boolean {
	return subscription.form === form;
}

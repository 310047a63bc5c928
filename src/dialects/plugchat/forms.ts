/**
 * The three generations of Plugchat, told apart by the call that registered a webhook. `legacy`: PUT /api/whatsapp/update-webhook-*
 * (seed 001); `flat`: PUT /api/integrations/update-webhooks with the slots in the body (seed 002); `app`: the same path with `value`
 * (seed 000). Payloads of `flat` and `app` are the same; `legacy` ones have fewer members.
 */
import type { Subscription } from '../../domain/webhook.ts';

export type PlugchatForm = 'legacy' | 'flat' | 'app';

export function isLegacy(subscription: Subscription): boolean {
	return subscription.form === ('legacy' satisfies PlugchatForm);
}

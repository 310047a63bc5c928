/** The bodies that register webhooks, as far as both dialects have them. */
import { type Static, Type } from 'typebox';

/** An URL; '' and null remove the webhook. Whether an URL may be one is for Webhooks to say. */
export const WebhookUrl = Type.Union([Type.String(), Type.Null()], { description: 'https URL; empty or null removes it' });

/** `{"value": url}`. */
export const ValueBody = Type.Object({ value: WebhookUrl });
export type ValueBody = Static<typeof ValueBody>;

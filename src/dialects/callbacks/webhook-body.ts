/** The bodies that register webhooks, as far as both dialects have them. */
import { type Static, type TNull, type TObject, type TString, type TUnion, Type } from 'typebox';

/** An URL; '' and null remove the webhook. Whether an URL may be one is for Webhooks to say. */
export const WebhookUrl: TUnion<[TString, TNull]> = Type.Union([Type.String(), Type.Null()], {
	description: 'https URL; empty or null removes it',
});

/** `{"value": url}`. */
export const ValueBody: TObject<{ value: TUnion<[TString, TNull]> }> = Type.Object({ value: WebhookUrl });
export type ValueBody = Static<typeof ValueBody>;

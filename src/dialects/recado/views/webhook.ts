/** A webhook as the administrator sees it: with its secret, but not with the values of its own headers. */
import { type TSchema, Type } from 'typebox';
import type { Webhooks } from '../../../delivery/services.ts';
import { EVENT_TYPES } from '../../../domain/event.ts';
import { DIALECT_NAMES, type Webhook } from '../../../domain/webhook.ts';
import { iso, MaybeText, named, oneOf, Text, Time, type View } from './view.ts';

export const WebhookSchema: TSchema = named(
	'Webhook',
	Type.Object(
		{
			id: Type.String({ description: '`whk_…`' }),
			accountId: Text,
			instanceId: Type.Optional(Type.String({ description: 'Missing: all instances of the account' })),
			applicationId: MaybeText,
			dialect: oneOf(DIALECT_NAMES, 'Whose payloads it gets'),
			origin: oneOf(['dialect', 'management'], 'Registered through its dialect, or here'),
			events: Type.Array(oneOf(EVENT_TYPES, 'An event type')),
			url: Text,
			order: oneOf(['chat', 'webhook', 'none'], 'Which deliveries wait for each other'),
			enabled: Type.Boolean(),
			disabledReason: Type.Optional(Type.String({ description: '`gone`: the receiver answered 410' })),
			headerNames: Type.Array(Text, { description: 'Its own headers; the values are secret' }),
			secret: Type.String({ description: '`whsec_…`, as Standard Webhooks has it' }),
			scheduleMs: Type.Optional(Type.Array(Type.Number(), { description: 'Delays between attempts; missing: the default' })),
			createdAt: Time,
			updatedAt: Time,
		},
		{ additionalProperties: false },
	),
);

export function webhookView(webhook: Webhook, webhooks: Pick<Webhooks, 'secretOf' | 'headerNamesOf' | 'eventsOf'>): View {
	const { id, accountId, instanceId, applicationId, dialect, origin, url, order, enabled, disabledReason, scheduleMs } = webhook;
	return {
		...{ id, accountId, instanceId, applicationId, dialect, origin },
		events: webhooks.eventsOf(webhook),
		...{ url, order, enabled, disabledReason },
		headerNames: webhooks.headerNamesOf(webhook),
		secret: webhooks.secretOf(webhook),
		scheduleMs,
		createdAt: iso(webhook.createdAt),
		updatedAt: iso(webhook.updatedAt),
	};
}

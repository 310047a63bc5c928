/** A webhook as the administrator sees it: without the values of its own headers nor who we are to its receiver; with its secret once, where that was made. */
import { type TProperties, type TSchema, Type } from 'typebox';
import type { CircuitView, WebhookSecretShown, Webhooks } from '../../../delivery/services.ts';
import { HISTORY_KINDS, type WebhookPast } from '../../../delivery/webhook-history.ts';
import { explainFailure } from '../../../domain/attempt-failure.ts';
import { EVENT_TYPES } from '../../../domain/event.ts';
import { DIALECT_NAMES, SIGNATURE_SCHEMES, type Webhook } from '../../../domain/webhook.ts';
import { ATTEMPT_ERROR_CLASSES, iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

const CircuitSchema = Type.Object(
	{
		state: oneOf(
			['closed', 'open', 'recovering'],
			'Open: it is probed, everything else waits. Recovering: a probe got through, and what waited flows at a growing rate',
		),
		failingSince: MaybeTime,
		nextProbeAt: MaybeTime,
		failuresInARow: Type.Integer(),
		errorClass: Type.Optional(oneOf(ATTEMPT_ERROR_CLASSES, 'Of the latest failure')),
		concurrencyNow: Type.Integer({ description: 'Attempts that may be in flight now' }),
		pausedUntil: Type.Optional(Type.String({ format: 'date-time', description: 'Its receiver answered 429' })),
	},
	{ additionalProperties: false, description: 'How its receiver does' },
);

const webhookProperties: TProperties = {
	id: Type.String({ description: '`whk_…`' }),
	accountId: Text,
	instanceId: Type.Optional(Type.String({ description: 'Missing: all instances of the account' })),
	applicationId: MaybeText,
	dialect: oneOf(DIALECT_NAMES, 'Whose payloads it gets'),
	origin: oneOf(['dialect', 'management'], 'Registered through its dialect, or here'),
	events: Type.Array(oneOf(EVENT_TYPES, 'An event type')),
	form: Type.Optional(Type.String({ description: 'The generation of its payloads, where the dialect has several' })),
	url: Text,
	status: oneOf(
		['active', 'failing', 'disabled', 'ending'],
		'Failing: its circuit is open. Ending: it is being deleted and delivers what it has left',
	),
	ending: Type.Optional(oneOf(['drain'], 'Missing unless it is being deleted')),
	order: oneOf(['chat', 'webhook', 'none'], 'Which deliveries wait for each other'),
	enabled: Type.Boolean(),
	disabledReason: Type.Optional(
		Type.String({ description: '`gone`: the receiver answered 410; otherwise what the person wrote who did it' }),
	),
	circuit: CircuitSchema,
	headerNames: Type.Array(Text, { description: 'Its own headers; the values are secret' }),
	authentication: Type.Optional(
		Type.Object(
			{ scheme: oneOf(['basic', 'bearer'], 'Of the header `authorization`') },
			{ additionalProperties: false, description: 'Who we are to the receiver; the credentials are secret' },
		),
	),
	signatures: Type.Array(oneOf(SIGNATURE_SCHEMES, 'How attempts are signed')),
	olderSecretsUntil: Type.Optional(
		Type.Array(Time, { description: 'Older secrets sign beside it until then, latest first; missing where none does' }),
	),
	publicKey: Type.Optional(Type.String({ description: '`whpk_…`; checks `v1a`' })),
	scheduleMs: Type.Optional(Type.Array(Type.Number(), { description: 'Delays between attempts; missing: the default' })),
	patienceMs: Type.Optional(Type.Integer({ description: 'Missing: the default' })),
	concurrency: Type.Optional(Type.Integer({ description: 'Missing: the default' })),
	ratePerSecond: Type.Optional(Type.Number({ description: 'Missing: as fast as they go' })),
	createdAt: Time,
	updatedAt: Time,
};

export const WebhookSchema: TSchema = named('Webhook', Type.Object(webhookProperties, { additionalProperties: false }));

export const WebhookWithSecretSchema: TSchema = named(
	'WebhookWithSecret',
	Type.Object(
		{
			...webhookProperties,
			secret: Type.String({
				description: '`whsec_…`, as Standard Webhooks has it; checks `v1`. Not shown again: a rotation makes another one',
			}),
		},
		{ additionalProperties: false, description: 'A webhook whose secret was made now' },
	),
);

type Known = Pick<Webhooks, 'olderSecretsUntil' | 'publicKeyOf' | 'circuitOf' | 'headerNamesOf' | 'eventsOf'>;

/** Shown this one time. */
export function webhookWithSecretView({ webhook, secret }: WebhookSecretShown, webhooks: Known): View {
	return { ...webhookView(webhook, webhooks), secret };
}

export function webhookView(webhook: Webhook, webhooks: Known): View {
	const { id, accountId, instanceId, applicationId, dialect, origin, url, ending, order, enabled, disabledReason } = webhook;
	const { authorization, signatures, scheduleMs, patienceMs, concurrency, ratePerSecond } = webhook;
	const circuit = webhooks.circuitOf(webhook);
	const older = webhooks.olderSecretsUntil(webhook);
	return {
		...{ id, accountId, instanceId, applicationId, dialect, origin },
		events: webhooks.eventsOf(webhook),
		form: formOf(webhook),
		...{ url, status: statusOf(webhook, circuit), ending, order, enabled, disabledReason },
		circuit: circuitView(circuit),
		headerNames: webhooks.headerNamesOf(webhook),
		authentication: authorization && { scheme: authorization.scheme },
		signatures,
		olderSecretsUntil: older.length === 0 ? undefined : older.map(iso),
		publicKey: webhooks.publicKeyOf(webhook),
		...{ scheduleMs, patienceMs, concurrency, ratePerSecond },
		createdAt: iso(webhook.createdAt),
		updatedAt: iso(webhook.updatedAt),
	};
}

/** Slots that were registered through calls of several generations have several: all of them. */
function formOf({ subscriptions }: Webhook): string | undefined {
	const forms = new Set(Object.values(subscriptions).flatMap(({ form }) => form ?? []));
	return forms.size === 0 ? undefined : [...forms].sort().join(', ');
}

function statusOf({ ending, enabled }: Webhook, { state }: CircuitView): string {
	if (ending !== undefined) return 'ending';
	if (!enabled) return 'disabled';
	return state === 'open' ? 'failing' : 'active';
}

function circuitView({ failingSince, nextProbeAt, pausedUntil, ...rest }: CircuitView): View {
	return { ...rest, failingSince: isoIfKnown(failingSince), nextProbeAt: isoIfKnown(nextProbeAt), pausedUntil: isoIfKnown(pausedUntil) };
}

export const WebhookPastSchema: TSchema = named(
	'WebhookPast',
	Type.Object(
		{
			kind: oneOf(
				HISTORY_KINDS,
				'Failing: its circuit opened. Recovered: it closed. Ending: it is being deleted. Kept: it is not being deleted any more',
			),
			at: Time,
			errorClass: Type.Optional(oneOf(ATTEMPT_ERROR_CLASSES, 'Of the failure that opened the circuit')),
			explanation: Type.Optional(Type.Object({ en: Text, pt: Text }, { description: 'What that means' })),
			failuresInARow: Type.Optional(Type.Integer()),
			failingSince: Type.Optional(Type.String({ format: 'date-time', description: 'When the circuit had opened that closed now' })),
			reason: Type.Optional(Type.String({ description: 'Disabled: `gone`, or what the person wrote. Ending: `cancel` or `drain`' })),
			settings: Type.Optional(Type.Array(Text, { description: 'What was changed' })),
		},
		{ additionalProperties: false, description: 'Something that happened to a webhook' },
	),
);

export function webhookPastView(past: WebhookPast): View {
	const { kind, errorClass, failuresInARow, reason, settings } = past;
	return {
		kind,
		at: iso(past.at),
		errorClass,
		explanation: errorClass && explainFailure(errorClass),
		failuresInARow,
		failingSince: isoIfKnown(past.failingSince),
		reason,
		settings,
	};
}

/** A delivery and its attempts, as our API shows them. */
import { type TSchema, Type } from 'typebox';
import type { Attempt } from '../../../domain/attempt.ts';
import { explainFailure } from '../../../domain/attempt-failure.ts';
import type { Delivery } from '../../../domain/delivery.ts';
import { EVENT_TYPES } from '../../../domain/event.ts';
import {
	ATTEMPT_ERROR_CAUSES,
	ATTEMPT_ERROR_CLASSES,
	iso,
	isoIfKnown,
	MaybeText,
	MaybeTime,
	named,
	oneOf,
	Text,
	Time,
	type View,
} from './view.ts';

const deliveryProperties = {
	id: Type.String({ description: '`dlv_…`; the header `webhook-id` of every attempt' }),
	eventId: Text,
	eventType: oneOf(EVENT_TYPES, 'What it tells about'),
	accountId: Text,
	webhookId: Text,
	instanceId: MaybeText,
	chatId: MaybeText,
	state: oneOf(['pending', 'sending', 'delivered', 'dead', 'cancelled'], 'The last three are settled'),
	attemptCount: Type.Integer(),
	lastError: Type.Optional(Type.String({ description: 'The class of the last failure' })),
	dueAt: Type.Optional(
		Type.String({ format: 'date-time', description: 'When it is tried next; missing while it waits for an earlier one' }),
	),
	isOvertaken: Type.Boolean({ description: 'It failed for too long and left its place in the order' }),
	isReplay: Type.Boolean(),
	createdAt: Time,
	settledAt: MaybeTime,
};

export const DeliverySchema: TSchema = named('Delivery', Type.Object(deliveryProperties, { additionalProperties: false }));

export const DeliveryPageSchema: TSchema = named(
	'DeliveryPage',
	Type.Object(
		{
			items: Type.Array(Type.Unsafe({ $ref: 'Delivery#' })),
			next: Type.Optional(Type.String({ description: 'Hand it in as `cursor` for what follows; missing at the end' })),
			scanned: Type.Optional(Type.Integer({ description: 'How many were looked at, where the filter asks for what no index knows' })),
		},
		{ additionalProperties: false },
	),
);

export const DeliveryCountSchema: TSchema = named(
	'DeliveryCount',
	Type.Object(
		{
			count: Type.Integer(),
			isAtLeast: Type.Boolean({ description: 'There may be more: as many were counted, or looked at, as are at most' }),
		},
		{ additionalProperties: false },
	),
);

const Headers = Type.Record(Type.String(), Type.String());
const Milliseconds = Type.Optional(Type.Number());

const AttemptSchema = Type.Object(
	{
		id: Type.String({ description: '`att_…`' }),
		number: Type.Integer({ description: 'Counts from 1, and from 1 again after a replay' }),
		isProbe: Type.Boolean({ description: 'Made while the circuit was open; failed, it counts for nothing' }),
		startedAt: Time,
		request: Type.Object({ url: Text, headers: Headers }),
		response: Type.Optional(
			Type.Object({
				status: Type.Integer(),
				headers: Headers,
				body: Type.Optional(Type.String({ description: 'As much as is kept' })),
			}),
		),
		signature: Type.Optional(
			Type.Object(
				{
					prefix: Type.String({ description: '`{webhook-id}.{webhook-timestamp}.`' }),
					values: Type.Array(Text, { description: '`v1,…` is HMAC-SHA256 in Base64, `v1a,…` ed25519; one of each key that was valid' }),
				},
				{ description: 'What is signed is `prefix` with the body behind it, byte for byte' },
			),
		),
		error: Type.Optional(
			Type.Object({
				class: oneOf(ATTEMPT_ERROR_CLASSES, 'How it failed'),
				cause: Type.Optional(oneOf(ATTEMPT_ERROR_CAUSES, 'What exactly went wrong, where more is known than the class')),
				message: MaybeText,
				explanation: Type.Object({ en: Text, pt: Text }, { description: 'What that means, and what can be done' }),
			}),
		),
		timings: Type.Object(
			{
				dnsMs: Milliseconds,
				connectMs: Milliseconds,
				tlsMs: Milliseconds,
				firstByteMs: Milliseconds,
				bodyMs: Type.Optional(Type.Number({ description: 'From the first byte of the answer to its end; missing below a millisecond' })),
				totalMs: Type.Number(),
			},
			{
				description:
					'By phase, milliseconds; the phase in which it failed up to then. A connection that was there already has no DNS, connect and TLS',
			},
		),
	},
	{ additionalProperties: false, description: 'One HTTP request' },
);

export const DeliveryDetailSchema: TSchema = named(
	'DeliveryDetail',
	Type.Object(
		{
			...deliveryProperties,
			body: Type.String({ description: 'The bytes of every attempt' }),
			attempts: Type.Array(AttemptSchema, { description: 'Oldest first' }),
		},
		{ additionalProperties: false },
	),
);

export function deliveryView(delivery: Delivery): View {
	const { id, eventId, eventType, accountId, webhookId, instanceId, chatId, state, lastError, isOvertaken, isReplay } = delivery;
	return {
		...{ id, eventId, eventType, accountId, webhookId, instanceId, chatId, state },
		attemptCount: delivery.attempts,
		lastError,
		dueAt: isoIfKnown(delivery.dueAt),
		...{ isOvertaken, isReplay },
		createdAt: iso(delivery.createdAt),
		settledAt: isoIfKnown(delivery.settledAt),
	};
}

export function deliveryDetailView(delivery: Delivery, attempts: readonly Attempt[]): View {
	return { ...deliveryView(delivery), body: delivery.body, attempts: attempts.map(attemptView) };
}

/** Undefined where it was refused before it was signed, or was made by a version that did not sign. */
function signatureView(headers: Attempt['requestHeaders']): View | undefined {
	const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
	if (id === undefined || timestamp === undefined || signature === undefined) return undefined;
	return { prefix: `${id}.${timestamp}.`, values: signature.split(' ') };
}

function attemptView(attempt: Attempt): View {
	const { id, number, url, status, errorClass, errorCause, timings } = attempt;
	return {
		id,
		number,
		isProbe: attempt.isProbe ?? false,
		startedAt: iso(attempt.startedAt),
		request: { url, headers: attempt.requestHeaders },
		response: status === undefined ? undefined : { status, headers: attempt.responseHeaders ?? {}, body: attempt.responseBody },
		signature: signatureView(attempt.requestHeaders),
		error: errorClass && {
			class: errorClass,
			cause: errorCause,
			message: attempt.errorMessage,
			explanation: explainFailure(errorClass, status, errorCause),
		},
		timings,
	};
}

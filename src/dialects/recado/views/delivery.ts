/** A delivery and its attempts, as our API shows them. */
import { type TSchema, Type } from 'typebox';
import type { Attempt } from '../../../domain/attempt.ts';
import type { Delivery } from '../../../domain/delivery.ts';
import { EVENT_TYPES } from '../../../domain/event.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

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
		error: Type.Optional(Type.Object({ class: Text, message: MaybeText })),
		timings: Type.Object({
			dnsMs: Milliseconds,
			connectMs: Milliseconds,
			tlsMs: Milliseconds,
			firstByteMs: Milliseconds,
			totalMs: Type.Number(),
		}),
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

function attemptView(attempt: Attempt): View {
	const { id, number, url, status, errorClass, timings } = attempt;
	return {
		id,
		number,
		isProbe: attempt.isProbe ?? false,
		startedAt: iso(attempt.startedAt),
		request: { url, headers: attempt.requestHeaders },
		response: status === undefined ? undefined : { status, headers: attempt.responseHeaders ?? {}, body: attempt.responseBody },
		error: errorClass && { class: errorClass, message: attempt.errorMessage },
		timings,
	};
}

/** Figures, what needs a person, and what the live stream tells, as our API shows them. */
import { type TProperties, type TSchema, Type } from 'typebox';
import { EVENT_TYPES } from '../../../domain/event.ts';
import { type BacklogSample, COUNTERS, type Counter } from '../../../insight/series.ts';
import type { AttentionItem, AttentionKind, FigurePoint, FiguresTold, FigureWindow, Latency, Severity } from '../../../insight/services.ts';
import { iso, isoIfKnown, MaybeText, named, oneOf, Text, Time, type View } from './view.ts';

export const FIGURE_WINDOWS: readonly FigureWindow[] = ['15m', '1h', '24h', '7d'];

const COUNTED: Readonly<Record<Counter, string>> = {
	accepted: 'Messages that callers handed over',
	sent: 'Messages that a channel took',
	failed: 'Messages that failed for good',
	received: 'Messages of customers',
	events: 'Events made durable',
	attemptsOk: 'Webhook requests that were answered 2xx',
	attemptsFailed: 'Webhook requests that failed, without probes of a webhook that is failing',
	delivered: 'Deliveries that arrived',
	dead: 'Deliveries that were given up',
	probesFailed: 'Probes of a failing webhook that failed too: they are no attempts',
};

const counted: TProperties = Object.fromEntries(COUNTERS.map((counter) => [counter, Type.Number({ description: COUNTED[counter] })]));

const LatencySchema = Type.Union(
	[Type.Object({ p50: Type.Number(), p95: Type.Number(), p99: Type.Number() }, { additionalProperties: false }), Type.Null()],
	{
		description:
			'From event to delivered, milliseconds, right within a tenth, of those that were not replayed; null where none of them was delivered',
	},
);

const BacklogSchema = Type.Union(
	[
		Type.Object(
			{
				pending: Type.Integer(),
				sending: Type.Integer(),
				dead: Type.Integer(),
				oldestWaitingMs: Type.Optional(
					Type.Integer({
						description:
							'For how long the oldest pending delivery had waited, since it was made or replayed, whatever held it up; 0 where none did. Missing in samples of before this was counted',
					}),
				),
			},
			{ additionalProperties: false },
		),
		Type.Null(),
	],
	{ description: 'What waited in the store, by the last sample; null where none was taken, and for one account' },
);

export const FigurePointSchema: TSchema = named(
	'FigurePoint',
	Type.Object({ at: Time, ...counted, latency: LatencySchema, backlog: BacklogSchema }, { additionalProperties: false }),
);

export const FiguresSchema: TSchema = named(
	'Figures',
	Type.Object(
		{
			window: oneOf(FIGURE_WINDOWS, 'As asked for'),
			stepMs: Type.Integer({ description: 'What a point stands for' }),
			points: Type.Array(Type.Unsafe({ $ref: 'FigurePoint#' }), { description: 'Oldest first, without gaps; the last one is not over' }),
			totals: Type.Object({ ...counted, latency: LatencySchema }, { additionalProperties: false, description: 'Of the window' }),
			isPartial: Type.Boolean({
				description: 'Of one account: in some of it more accounts were busy than are kept, and it was not among the busiest',
			}),
		},
		{ additionalProperties: false },
	),
);

export function figuresView({ window, stepMs, points, totals, isPartial }: FiguresTold): View {
	return { window, stepMs, points: points.map(pointView), totals: { ...totals, latency: latencyView(totals.latency) }, isPartial };
}

function pointView({ at, latency, backlog, ...counts }: FigurePoint): View {
	return { at: iso(at), ...counts, latency: latencyView(latency), backlog: backlogView(backlog) };
}

/** What a row of before has beside this is left out. */
function backlogView(backlog: BacklogSample | undefined): View | null {
	return backlog
		? { pending: backlog.pending, sending: backlog.sending, dead: backlog.dead, oldestWaitingMs: backlog.oldestWaitingMs }
		: null;
}

function latencyView(latency: Latency | undefined): View | null {
	const rounded = (ms: number): number => Math.round(10 * ms) / 10;
	return latency ? { p50: rounded(latency.p50), p95: rounded(latency.p95), p99: rounded(latency.p99) } : null;
}

const ATTENTION: Readonly<Record<AttentionKind, true>> = {
	'webhook-failing': true,
	'webhook-disabled': true,
	'instance-disconnected': true,
	'dead-deliveries': true,
	'overdue-deliveries': true,
	'observations-failed': true,
};
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'notice'];

export const AttentionItemSchema: TSchema = named(
	'AttentionItem',
	Type.Object(
		{
			kind: oneOf(
				Object.keys(ATTENTION),
				'`webhook-failing`: its circuit is open. `webhook-disabled`: by the gateway (410) or by a person. `instance-disconnected`. `dead-deliveries`: given up, they can be replayed. `overdue-deliveries`: the oldest delivery of a webhook that is neither disabled nor failing has been due for over a minute. `observations-failed`: what a phone told could not be worked out; it is kept, and tried again at the next start',
			),
			severity: oneOf(SEVERITIES, '`notice`: a person did it'),
			since: Type.Optional(Type.String({ format: 'date-time', description: 'Missing where that is not known' })),
			accountId: Text,
			webhookId: MaybeText,
			instanceId: MaybeText,
			count: Type.Optional(
				Type.Integer({ description: 'How many, where they are counted; dead deliveries up to 1000, observations up to 200' }),
			),
			detail: Type.Optional(Type.String({ description: 'An error class, a reason, the name of an instance' })),
		},
		{ additionalProperties: false },
	),
);

export function attentionView({ since, ...item }: AttentionItem): View {
	return { ...item, since: isoIfKnown(since) };
}

export const LiveEventSchema: TSchema = named(
	'LiveEvent',
	Type.Object(
		{
			id: Type.String({ description: '`evt_…`; what it says is at `GET /events/{id}`' }),
			type: oneOf(EVENT_TYPES, 'What happened'),
			timestamp: Time,
			accountId: Text,
			instanceId: MaybeText,
			chatId: MaybeText,
			webhookId: Type.Optional(Type.String({ description: 'Of webhook.*: which one it is about' })),
		},
		{ additionalProperties: false },
	),
);

const skipped = Type.Integer({
	description:
		'About so many more, fitting or not, were left out because there were too many at once; 1, which means some, where the stream is narrowed to one account',
});

export const LiveDeliveriesSchema: TSchema = named(
	'LiveDeliveries',
	Type.Object(
		{
			items: Type.Array(Type.Unsafe({ $ref: 'Delivery#' }), {
				description: 'New ones, and such as changed since they were told; in the order of commit, a changed one first',
			}),
			skipped,
		},
		{ additionalProperties: false, description: '`event: deliveries` of the live stream' },
	),
);

export const LiveEventsSchema: TSchema = named(
	'LiveEvents',
	Type.Object(
		{ items: Type.Array(Type.Unsafe({ $ref: 'LiveEvent#' }), { description: 'In the order of commit' }), skipped },
		{ additionalProperties: false, description: '`event: events` of the live stream' },
	),
);

export const LiveFiguresSchema: TSchema = named(
	'LiveFigures',
	Type.Object(
		{
			at: Time,
			perSecond: Type.Object(counted, { additionalProperties: false, description: 'What the process that serves the stream does' }),
			processes: Type.Integer({ description: 'So many share the store, each does its part' }),
			inFlight: Type.Optional(Type.Integer({ description: 'Webhook requests under way in this process; missing for one account' })),
			backlog: Type.Optional(BacklogSchema),
		},
		{ additionalProperties: false, description: '`event: figures` of the live stream, once a second' },
	),
);

export const LiveChangedSchema: TSchema = named(
	'LiveChanged',
	Type.Object(
		{
			what: oneOf(['webhooks', 'instances', 'desk', 'jobs'], 'Where something may look different now'),
			ids: Type.Array(Text, { description: 'Of webhooks, instances, chats and attendances, jobs; empty: look at all' }),
		},
		{ additionalProperties: false, description: '`event: changed` of the live stream' },
	),
);

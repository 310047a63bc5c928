/** An event: the payload of our own webhooks, and what `GET /events` shows. */
import { type TSchema, Type } from 'typebox';
import { type DomainEvent, EVENT_TYPES, type WebhookRef } from '../../../domain/event.ts';
import { DIALECT_NAMES } from '../../../domain/webhook.ts';
import { attendanceView, surveyAnswerView, transferView } from './attendance.ts';
import { correspondentView, messageView } from './message.ts';
import { ATTEMPT_ERROR_CLASSES, iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

const WebhookRefSchema = Type.Object(
	{ id: Text, dialect: oneOf(DIALECT_NAMES, 'Whose payloads it gets'), url: Text },
	{ additionalProperties: false, description: 'Of webhook.*: which one it is about' },
);

export const EventSchema: TSchema = named(
	'Event',
	Type.Object(
		{
			id: Type.String({ description: '`evt_…`' }),
			type: oneOf(EVENT_TYPES, 'What happened; says which keys `data` has'),
			timestamp: Time,
			accountId: Text,
			instanceId: Type.Optional(Type.String({ description: 'Missing where it is about a webhook of the whole account' })),
			chatId: MaybeText,
			data: Type.Object(
				{
					message: Type.Optional(Type.Unsafe({ $ref: 'Message#', description: 'Of message.*' })),
					contact: Type.Optional(
						Type.Unsafe({ $ref: 'Correspondent#', description: 'Of message.*, chat.presence, attendance.* and survey.answered' }),
					),
					status: Type.Optional(Type.String({ description: 'Of message.status the step, of chat.presence what the customer does' })),
					reason: Type.Optional(
						Type.String({
							description:
								'Of instance.disconnected; of webhook.disabled `gone` (its receiver answered 410) or `request` (a person did it)',
						}),
					),
					lastSeenAt: MaybeTime,
					attendance: Type.Optional(Type.Unsafe({ $ref: 'Attendance#', description: 'Of attendance.* and survey.answered' })),
					transfer: Type.Optional(Type.Unsafe({ $ref: 'Transfer#', description: 'Of attendance.transferred' })),
					answer: Type.Optional(Type.Unsafe({ $ref: 'SurveyAnswer#', description: 'Of survey.answered' })),
					transcript: Type.Optional(
						Type.Array(Type.Unsafe({ $ref: 'Message#' }), { description: 'Of attendance.started and attendance.finished, oldest first' }),
					),
					webhook: Type.Optional(WebhookRefSchema),
					errorClass: Type.Optional(oneOf(ATTEMPT_ERROR_CLASSES, 'Of webhook.failing: how the last attempt failed')),
					failuresInARow: Type.Optional(Type.Integer({ description: 'Of webhook.failing' })),
					failingSince: Type.Optional(Type.String({ format: 'date-time', description: 'Of webhook.recovered' })),
				},
				{ additionalProperties: false },
			),
		},
		{ additionalProperties: false },
	),
);

export function eventView(event: DomainEvent): View {
	return {
		id: event.id,
		type: event.type,
		timestamp: iso(event.at),
		accountId: event.accountId,
		instanceId: event.instance?.id,
		chatId: event.chatId,
		data: dataView(event),
	};
}

function dataView(event: DomainEvent): View {
	switch (event.type) {
		case 'message.sent':
		case 'message.received':
		case 'message.failed':
			return { message: messageView(event.data.message), contact: correspondentView(event.data.with) };
		case 'message.status':
			return { status: event.data.status, message: messageView(event.data.message), contact: correspondentView(event.data.with) };
		case 'instance.connected':
			return {};
		case 'instance.disconnected':
			return { reason: event.data.reason };
		case 'chat.presence':
			return {
				status: event.data.status,
				lastSeenAt: isoIfKnown(event.data.lastSeenAt),
				contact: correspondentView(event.data.with),
			};
		case 'attendance.started':
		case 'attendance.finished':
			return {
				attendance: attendanceView(event.data.attendance),
				contact: correspondentView(event.data.with),
				transcript: event.data.transcript.map(({ message }) => messageView(message)),
			};
		case 'attendance.transferred':
			return {
				attendance: attendanceView(event.data.attendance),
				transfer: transferView(event.data.transfer),
				contact: correspondentView(event.data.with),
			};
		case 'survey.answered':
			return {
				attendance: attendanceView(event.data.attendance),
				answer: surveyAnswerView(event.data.answer),
				contact: correspondentView(event.data.with),
			};
		case 'webhook.failing':
			return {
				webhook: webhookRefView(event.data.webhook),
				errorClass: event.data.errorClass,
				failuresInARow: event.data.failuresInARow,
			};
		case 'webhook.recovered':
			return { webhook: webhookRefView(event.data.webhook), failingSince: iso(event.data.failingSince) };
		case 'webhook.disabled':
			return { webhook: webhookRefView(event.data.webhook), reason: event.data.reason };
	}
}

function webhookRefView({ id, dialect, url }: WebhookRef): View {
	return { id, dialect, url };
}

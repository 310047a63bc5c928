/** An attendance, as our API and our webhooks show it. */
import { type TSchema, Type } from 'typebox';
import type { Attendance, AttendanceTransfer, Categorisation } from '../../../domain/attendance.ts';
import type { SurveyAnswer } from '../../../domain/survey.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

const Ref = Type.Object({ id: Text, name: Text });

export const AttendanceSchema: TSchema = named(
	'Attendance',
	Type.Object(
		{
			id: Type.String({ description: '`atd_…`' }),
			number: Type.Integer({ description: 'Counts up per account' }),
			status: oneOf(['progress', 'finished'], 'A finished one is never reopened'),
			accountId: Text,
			instanceId: Text,
			chatId: Text,
			customer: Type.Object({ name: Text, phone: Text }),
			department: Type.Optional(Ref),
			operators: Type.Array(Ref),
			requestedAt: Type.String({ format: 'date-time', description: 'When the waiting customer first wrote' }),
			startedAt: Time,
			startedBy: Type.Optional(Ref),
			finishedAt: MaybeTime,
			finishedBy: Type.Optional(Ref),
			report: MaybeText,
			ratingObservation: MaybeText,
			category: Type.Optional(
				Type.Object({ id: Text, name: Text, color: Text }, { description: 'Where no category of the account has items' }),
			),
			categories: Type.Optional(
				Type.Array(Type.Object({ categoryId: Text, categoryName: Text, color: Text, itemId: Text, itemName: Text }), {
					description: 'Where categories of the account have items',
				}),
			),
			chat: Type.Optional(
				Type.Unsafe({ $ref: 'Chat#', description: 'As it is now, with its latest message; in lists, where it was asked for' }),
			),
		},
		{ additionalProperties: false },
	),
);

export function attendanceView(attendance: Attendance): View {
	return {
		id: attendance.id,
		number: attendance.number,
		status: attendance.status,
		accountId: attendance.accountId,
		instanceId: attendance.instanceId,
		chatId: attendance.chatId,
		customer: attendance.customer,
		department: attendance.department,
		operators: attendance.operators,
		requestedAt: iso(attendance.requestedAt),
		startedAt: iso(attendance.startedAt),
		startedBy: attendance.startedBy,
		finishedAt: isoIfKnown(attendance.finishedAt),
		finishedBy: attendance.finishedBy,
		report: attendance.report,
		ratingObservation: attendance.ratingObservation,
		...categorisationView(attendance.categorisation),
	};
}

const AttendedBy = Type.Object({ department: Type.Optional(Ref), operators: Type.Array(Ref) });

export const TransferSchema: TSchema = named(
	'Transfer',
	Type.Object(
		{
			id: Type.String({ description: '`trf_…`' }),
			attendanceId: Text,
			at: Time,
			by: Type.Optional(
				Type.Object({ id: Text, name: Text }, { description: 'The operator who did it; missing where it was the account itself' }),
			),
			from: AttendedBy,
			to: AttendedBy,
			reason: MaybeText,
		},
		{ additionalProperties: false },
	),
);

export function transferView(transfer: AttendanceTransfer): View {
	const { id, attendanceId, at, by, from, to, reason } = transfer;
	return { id, attendanceId, at: iso(at), by, from, to, reason };
}

export const SurveyAnswerSchema: TSchema = named(
	'SurveyAnswer',
	Type.Object(
		{ attendanceId: Text, attendanceNumber: Type.Integer(), rating: Type.Integer(), observation: MaybeText, answeredAt: Time },
		{ additionalProperties: false },
	),
);

export function surveyAnswerView(answer: SurveyAnswer): View {
	const { attendanceId, attendanceNumber, rating, observation, answeredAt } = answer;
	return { attendanceId, attendanceNumber, rating, observation, answeredAt: iso(answeredAt) };
}

function categorisationView(categorisation: Categorisation | undefined): View {
	switch (categorisation?.form) {
		case 'single':
			return { category: categorisation.category };
		case 'list':
			return { categories: categorisation.choices };
		case undefined:
			return {};
	}
}

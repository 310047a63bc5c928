/** The service desk, as our API shows it: staff, notes, contact cards, settings, buttons, tickets. */
import { type TSchema, Type } from 'typebox';
import type { RatedAttendance } from '../../../service-desk/answering-services.ts';
import type { ButtonOutcome, ContactCard, CustomButton, Note, Ticket } from '../../../service-desk/services.ts';
import type { StaffMember } from '../../../service-desk/staff-services.ts';
import { attendanceView, surveyAnswerView, transferView } from './attendance.ts';
import { chatView } from './chat.ts';
import { messageView } from './message.ts';
import { iso, MaybeText, named, oneOf, Text, Time, type View } from './view.ts';

const strict = { additionalProperties: false } as const;
const Ref = Type.Object({ id: Text, name: Text });

export const StaffMemberSchema: TSchema = named(
	'StaffMember',
	Type.Object(
		{
			id: Text,
			accountId: Text,
			name: Text,
			createdAt: Time,
			active: Type.Boolean(),
			role: oneOf(['admin', 'supervisor', 'agent'], 'What they see at the desk: everything; their departments; what is theirs'),
			email: MaybeText,
			login: MaybeText,
			departments: Type.Array(Ref),
			attendancesMax: Type.Optional(Type.Integer({ description: 'How many they take at once; any number if missing' })),
			state: oneOf(['online', 'offline'], 'Whether they are there'),
			stateChangedAt: Time,
		},
		strict,
	),
);

export function staffMemberView(member: StaffMember): View {
	const { id, accountId, name, active, createdAt } = member.operator;
	const { role, email, login, attendancesMax, state } = member;
	return {
		...{ id, accountId, name, createdAt: iso(createdAt), active, role, email, login, attendancesMax, state },
		departments: member.departments.map((one) => ({ id: one.id, name: one.name })),
		stateChangedAt: iso(member.stateChangedAt),
	};
}

/** For colleagues: not how they sign in. */
export function colleagueView(member: StaffMember): View {
	const { email: _email, login: _login, ...told } = staffMemberView(member);
	return told;
}

export const SignedInSchema: TSchema = named(
	'SignedIn',
	Type.Object({ token: Type.String({ description: 'A JWT. Shown once' }), operator: Type.Unsafe({ $ref: 'StaffMember#' }) }, strict),
);

export const NoteSchema: TSchema = named(
	'Note',
	Type.Object(
		{
			id: Type.String({ description: '`nte_…`' }),
			chatId: Text,
			attendanceId: Type.Optional(Type.String({ description: 'The one that was open then' })),
			text: Text,
			by: Type.Optional(Ref),
			createdAt: Time,
		},
		strict,
	),
);

export function noteView({ id, chatId, attendanceId, text, by, createdAt }: Note): View {
	return { id, chatId, attendanceId, text, by, createdAt: iso(createdAt) };
}

export const ContactCardSchema: TSchema = named(
	'ContactCard',
	Type.Object(
		{
			contactId: Text,
			email: Text,
			city: Text,
			observation: Text,
			genericFields: Type.Array(Type.Object({ name: Text, value: Text })),
		},
		strict,
	),
);

export function contactCardView({ contactId, email, city, observation, genericFields }: ContactCard): View {
	return { contactId, email, city, observation, genericFields };
}

export const CustomButtonSchema: TSchema = named(
	'CustomButton',
	Type.Object(
		{
			id: Type.String({ description: '`btn_…`' }),
			accountId: Text,
			name: Text,
			url: Type.Optional(Type.String({ description: 'Missing for operators who may not change it' })),
			method: Type.Optional(oneOf(['GET', 'POST'], 'How the API is called')),
			createdAt: Time,
		},
		strict,
	),
);

export function customButtonView({ id, accountId, name, url, method, createdAt }: CustomButton): View {
	return { id, accountId, name, url, method, createdAt: iso(createdAt) };
}

/** For who presses it: the URL may hold a secret. */
export function pressedButtonView({ id, accountId, name, createdAt }: CustomButton): View {
	return { id, accountId, name, createdAt: iso(createdAt) };
}

export const ButtonOutcomeSchema: TSchema = named(
	'ButtonOutcome',
	Type.Object(
		{
			message: Type.Optional(Type.Unsafe({ $ref: 'Message#', description: 'What the API answered, sent into the chat' })),
			modal: Type.Optional(
				Type.String({ description: 'To be shown to the operator. It is what a stranger wrote: show it as text, or in a sandbox' }),
			),
		},
		{ ...strict, description: 'Empty where the API answered `null`' },
	),
);

export function buttonOutcomeView(outcome: ButtonOutcome): View {
	switch (outcome.kind) {
		case 'message':
			return { message: messageView(outcome.message) };
		case 'modal':
			return { modal: outcome.modal };
		case 'nothing':
			return {};
	}
}

export const RatedAttendanceSchema: TSchema = named(
	'RatedAttendance',
	Type.Object({ attendance: Type.Unsafe({ $ref: 'Attendance#' }), answer: Type.Unsafe({ $ref: 'SurveyAnswer#' }) }, strict),
);

export function ratedAttendanceView({ attendance, answer }: RatedAttendance): View {
	return { attendance: attendanceView(attendance), answer: surveyAnswerView(answer) };
}

export const TicketSchema: TSchema = named(
	'Ticket',
	Type.Object(
		{
			attendance: Type.Unsafe({ $ref: 'Attendance#' }),
			chat: Type.Unsafe({ $ref: 'Chat#' }),
			transcript: Type.Array(Type.Unsafe({ $ref: 'Message#' }), { description: 'Oldest first; of a long one the newest' }),
			transfers: Type.Array(Type.Unsafe({ $ref: 'Transfer#' })),
			answer: Type.Optional(Type.Unsafe({ $ref: 'SurveyAnswer#' })),
		},
		strict,
	),
);

export function ticketView({ attendance, view, transcript, transfers, answer }: Ticket): View {
	return {
		attendance: attendanceView(attendance),
		chat: chatView(view),
		transcript: transcript.map(messageView),
		transfers: transfers.map(transferView),
		answer: answer && surveyAnswerView(answer),
	};
}

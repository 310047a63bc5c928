/**
 * The steps of an attendance as what is to be committed: its start, its changes, its end. Each brings the lists it is in and the events along; start
 * and end say which message they saw last, so that a transcript is exactly what was stored in between.
 */
import type { Instance } from '../domain/account.ts';
import { type Attendance, type AttendanceTransfer, type FinishDetails, finishAttendance, type NamedRef } from '../domain/attendance.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Change } from '../ports/changes.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Ids } from '../ports/clock.ts';
import { type Collection, collection } from '../ports/documents.ts';
import type { Store } from '../ports/store.ts';
import { relist } from './attendance-index.ts';
import { correspondentOf } from './chat-opening.ts';
import type { MessagingOptions } from './options.ts';

export interface StepParts {
	readonly store: Pick<Store, 'messages' | 'attendances'>;
	readonly ids: Ids;
	readonly options: Pick<MessagingOptions, 'transcriptMessagesMax'>;
}

export interface AttendanceStep {
	readonly attendance: Attendance;
	readonly changes: readonly Change[];
	readonly events: readonly DomainEvent[];
}

/** The transfers of an attendance hang on it, by time. */
export const TRANSFERS: Collection<AttendanceTransfer> = collection<AttendanceTransfer>('attendance-transfers');

export interface AttendanceStart {
	readonly instance: Instance;
	/** As it is before the unit. It has no open attendance. */
	readonly view: ChatView;
	readonly operators: readonly NamedRef[];
	readonly department: NamedRef | undefined;
	readonly at: number;
	/** What is said in the very unit that starts it, oldest first; an earlier change of it inserts and touches. */
	readonly said?: readonly Message[];
}

export async function startStep(
	parts: StepParts,
	{ instance, view, operators, department, at, said = [] }: AttendanceStart,
): Promise<AttendanceStep> {
	const { store, ids } = parts;
	const { chat, contact } = view;
	const isWaiting = chat.waitingSince !== undefined;
	const requestedAt = Math.min(chat.waitingSince ?? said[0]?.createdAt ?? at, at);
	const [startedBy] = operators;
	const attendance: Attendance = {
		id: ids.next('atd'),
		accountId: instance.accountId,
		instanceId: instance.id,
		chatId: chat.id,
		number: (await store.attendances.lastNumber(instance.accountId)) + 1,
		status: 'progress',
		customer: { name: contact.name, phone: chat.phone },
		...(department === undefined ? {} : { department }),
		operators,
		requestedAt,
		startedAt: at,
		...(startedBy === undefined ? {} : { startedBy }),
		transcriptAfter: (isWaiting ? chat.waitingAfter : chat.lastMessageId) ?? null,
		version: 1,
	};
	const stored = isWaiting ? await transcriptOf(parts, attendance) : [];
	const transcript = [...stored, ...said].map((message) => ({ message }));
	const seen = { lastMessageId: said.at(-1)?.id ?? chat.lastMessageId };
	return {
		attendance,
		changes: [{ kind: 'attendance.insert', attendance, seen }, ...relist(undefined, attendance, at)],
		events: [
			{
				...eventBase(parts, instance, view, at),
				type: 'attendance.started',
				data: { attendance, with: correspondentOf(view), transcript },
			},
		],
	};
}

export interface AttendanceEnd extends Omit<FinishDetails, 'upTo'> {
	readonly instance: Instance;
	readonly view: ChatView;
	/** The chat goes to this department. */
	readonly chatDepartmentId?: string;
}

/** Undefined where it has ended. */
export async function finishStep(parts: StepParts, open: Attendance, end: AttendanceEnd): Promise<AttendanceStep | undefined> {
	const { instance, view, chatDepartmentId, ...details } = end;
	const { lastMessageId } = view.chat;
	const attendance = finishAttendance(open, { ...details, ...(lastMessageId === undefined ? {} : { upTo: lastMessageId }) });
	if (!attendance) return undefined;
	const transcript = (await transcriptOf(parts, attendance)).map((message) => ({ message }));
	const update: Change = {
		kind: 'attendance.update',
		attendance,
		seen: { lastMessageId },
		...(chatDepartmentId === undefined ? {} : { chatDepartmentId }),
	};
	return {
		attendance,
		changes: [update, ...relist(open, attendance, end.at)],
		events: [
			{
				...eventBase(parts, instance, view, end.at),
				type: 'attendance.finished',
				data: { attendance, with: correspondentOf(view), transcript },
			},
		],
	};
}

export interface AttendanceMove {
	readonly instance: Instance;
	readonly view: ChatView;
	readonly at: number;
	readonly by?: NamedRef;
	readonly reason?: string;
}

/** Another department or other operators; the chat goes along. */
export function moveStep(parts: Pick<StepParts, 'ids'>, before: Attendance, after: Attendance, move: AttendanceMove): AttendanceStep {
	const { instance, view, at, by, reason } = move;
	const transfer: AttendanceTransfer = {
		id: parts.ids.next('trf'),
		attendanceId: after.id,
		at,
		...(by === undefined ? {} : { by }),
		from: attendedBy(before),
		to: attendedBy(after),
		...(reason === undefined ? {} : { reason }),
	};
	const update: Change = {
		kind: 'attendance.update',
		attendance: after,
		...(after.department === undefined ? {} : { chatDepartmentId: after.department.id }),
	};
	const note = TRANSFERS.put({ id: transfer.id, accountId: after.accountId, parentId: after.id, at, value: transfer }, 0);
	return {
		attendance: after,
		changes: [update, note, ...relist(before, after, at)],
		events: [
			{
				...eventBase(parts, instance, view, at),
				type: 'attendance.transferred',
				data: { attendance: after, with: correspondentOf(view), transfer },
			},
		],
	};
}

/** Operators who come and go: nobody is told but the lists. */
export function staffStep(before: Attendance, after: Attendance, at: number): AttendanceStep {
	return { attendance: after, changes: [{ kind: 'attendance.update', attendance: after }, ...relist(before, after, at)], events: [] };
}

/** What was stored between request and end, oldest first; of an open one until now. Of a long one the newest. */
export function transcriptOf(
	{ store, options }: Pick<StepParts, 'options'> & { store: Pick<Store, 'messages'> },
	attendance: Attendance,
): Promise<readonly Message[]> {
	const { chatId, transcriptAfter, transcriptUpTo, requestedAt, finishedAt, status } = attendance;
	// Nothing was ever said in the chat.
	if (status === 'finished' && transcriptAfter === null && transcriptUpTo === undefined) return Promise.resolve([]);
	const stored = {
		// One of an earlier version knows its times alone: no message has this id.
		after: transcriptAfter === undefined ? '' : transcriptAfter,
		since: requestedAt,
		until: finishedAt ?? Number.MAX_SAFE_INTEGER,
		...(status === 'finished' ? { upTo: transcriptUpTo ?? '' } : {}),
	};
	return store.messages.transcript(chatId, stored, options.transcriptMessagesMax);
}

function attendedBy({ department, operators }: Attendance): AttendanceTransfer['from'] {
	return { ...(department === undefined ? {} : { department }), operators };
}

function eventBase(
	{ ids }: Pick<StepParts, 'ids'>,
	{ id, phone, accountId }: Instance,
	{ chat }: ChatView,
	at: number,
): { id: string; accountId: string; instance: { id: string; phone: string }; chatId: string; at: number } {
	return { id: ids.next('evt'), accountId, instance: { id, phone }, chatId: chat.id, at };
}

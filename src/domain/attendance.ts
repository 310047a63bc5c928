/**
 * One customer-service session on a chat.
 *
 * `progress`: enters by `start`, on a chat without an open attendance; its request time is when the waiting customer first wrote, or the
 * start itself. Leaves by `finish` alone: transfers, operators who join and who leave change it and leave it in `progress`. Without an operator it is
 * *unattended*: the next operator of its department who asks for one takes it.
 * `finished`: final. Never reopened; a later message of the customer waits for a new attendance with a new number.
 *
 * Which messages are in its transcript is told in docs/attendances.md: those that were stored after the request and before the end was.
 */
import type { Category, Department, Operator } from './account.ts';

export type AttendanceStatus = 'progress' | 'finished';

export interface Attendance {
	readonly id: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly chatId: string;
	/** Counts up per account from 1, without gaps, never repeated. */
	readonly number: number;
	readonly status: AttendanceStatus;
	readonly customer: { readonly name: string; readonly phone: string };
	readonly department?: NamedRef;
	readonly operators: readonly NamedRef[];
	readonly requestedAt: number;
	readonly startedAt: number;
	/** The operator who took it, or the first of those it was given to. */
	readonly startedBy?: NamedRef;
	/** The id of the chat's last message before the request: its transcript begins after that one; null where it begins with the chat itself. */
	readonly transcriptAfter?: string | null;
	/** The id of the last message of its transcript, once finished; undefined where nothing was ever said. */
	readonly transcriptUpTo?: string;
	readonly finishedAt?: number;
	readonly finishedBy?: NamedRef;
	readonly report?: string;
	readonly ratingObservation?: string;
	readonly categorisation?: Categorisation;
	/** Grows with each change; a decision made on an older one is made again. */
	readonly version: number;
}

/** An id with the name it had at that time: what webhooks tell about stays true when somebody is renamed. */
export interface NamedRef {
	readonly id: string;
	readonly name: string;
}

/** That an attendance was handed over. */
export interface AttendanceTransfer {
	readonly id: string;
	readonly attendanceId: string;
	readonly at: number;
	/** Undefined: the account itself. */
	readonly by?: NamedRef;
	readonly from: AttendedBy;
	readonly to: AttendedBy;
	readonly reason?: string;
}

export interface AttendedBy {
	readonly department?: NamedRef;
	readonly operators: readonly NamedRef[];
}

/** Single or list, as the account's categories are configured (see `Category`). */
export type Categorisation =
	| { readonly form: 'single'; readonly category: { readonly id: string; readonly name: string; readonly color: string } }
	| { readonly form: 'list'; readonly choices: readonly CategoryChoice[] };

export interface CategoryChoice {
	readonly categoryId: string;
	readonly categoryName: string;
	readonly color: string;
	readonly itemId: string;
	readonly itemName: string;
}

export interface FinishDetails {
	readonly by: NamedRef;
	readonly at: number;
	/** The chat's last message. */
	readonly upTo?: string;
	readonly report?: string;
	readonly ratingObservation?: string;
	readonly categorisation?: Categorisation;
}

/** Ends an attendance. Answers undefined where it has ended already. */
export function finishAttendance(attendance: Attendance, details: FinishDetails): Attendance | undefined {
	if (attendance.status === 'finished') return undefined;
	return {
		...attendance,
		status: 'finished',
		finishedAt: details.at,
		finishedBy: details.by,
		...(details.upTo === undefined ? {} : { transcriptUpTo: details.upTo }),
		...(details.report === undefined ? {} : { report: details.report }),
		...(details.ratingObservation === undefined ? {} : { ratingObservation: details.ratingObservation }),
		...(details.categorisation === undefined ? {} : { categorisation: details.categorisation }),
		version: attendance.version + 1,
	};
}

/** One more operator; who is in it already changes nothing. Answers undefined where it has ended. */
export function joinAttendance(attendance: Attendance, operator: NamedRef): Attendance | undefined {
	if (attendance.status === 'finished') return undefined;
	if (attendance.operators.some((one) => one.id === operator.id)) return attendance;
	return {
		...attendance,
		operators: [...attendance.operators, operator],
		...(attendance.startedBy === undefined ? { startedBy: operator } : {}),
		version: attendance.version + 1,
	};
}

/** An operator leaves it; who is not in it changes nothing. Answers undefined where it has ended. */
export function leaveAttendance(attendance: Attendance, operatorId: string): Attendance | undefined {
	if (attendance.status === 'finished') return undefined;
	const operators = attendance.operators.filter((one) => one.id !== operatorId);
	if (operators.length === attendance.operators.length) return attendance;
	return { ...attendance, operators, version: attendance.version + 1 };
}

/** Hands an open attendance to another department or other operators. Answers undefined where it has ended. */
export function transferAttendance(
	attendance: Attendance,
	to: { readonly department?: NamedRef; readonly operators?: readonly NamedRef[] },
): Attendance | undefined {
	if (attendance.status === 'finished') return undefined;
	return {
		...attendance,
		...(to.department === undefined ? {} : { department: to.department }),
		...(to.operators === undefined ? {} : { operators: to.operators }),
		version: attendance.version + 1,
	};
}

export function namedRef(of: Department | Operator): NamedRef {
	return { id: of.id, name: of.name };
}

/** What a caller chose when closing: one category by id, or pairs of category and item. */
export type CategoryChosen =
	| { readonly categoryId: string }
	| { readonly items: readonly { readonly categoryId: string; readonly itemId: string }[] };

/** A choice that names a category or item the account does not have. */
export interface UnknownCategory {
	readonly unknownId: string;
}

/**
 * How an attendance is categorised: in the form the account's categories ask for, whatever form the choice was made in, and with the
 * account's default category where nothing was chosen. Undefined where the account has no categories.
 */
export function categorise(
	categories: readonly Category[],
	chosen: CategoryChosen | undefined,
): Categorisation | UnknownCategory | undefined {
	if (categories.length === 0) return undefined;
	const pairs =
		chosen === undefined
			? [defaultPair(categories)]
			: 'items' in chosen
				? chosen.items
				: [{ categoryId: chosen.categoryId, itemId: undefined }];
	const isList = categories.some((category) => category.items.length > 0);
	const choices: CategoryChoice[] = [];
	for (const pair of pairs) {
		const category = categories.find((candidate) => candidate.id === pair.categoryId);
		if (!category) return { unknownId: pair.categoryId };
		const item = pair.itemId === undefined ? category.items[0] : category.items.find((candidate) => candidate.id === pair.itemId);
		if (pair.itemId !== undefined && !item) return { unknownId: pair.itemId };
		choices.push({
			categoryId: category.id,
			categoryName: category.name,
			color: category.color,
			itemId: item?.id ?? '',
			itemName: item?.name ?? '',
		});
	}
	if (isList) return { form: 'list', choices };
	const first = choices[0];
	return first && { form: 'single', category: { id: first.categoryId, name: first.categoryName, color: first.color } };
}

function defaultPair(categories: readonly Category[]): { categoryId: string; itemId: string | undefined } {
	const category = categories.find((candidate) => candidate.isDefault) ?? categories[0];
	return { categoryId: category?.id ?? '', itemId: undefined };
}

/**
 * The bodies of seed 002 for an attendance that was started or finished. They have no `type`; `attendance.status` tells them apart.
 * Spellings are the seed's, down to the space that ends `operatorReport `. What nobody wrote is '', so that every documented member is there.
 */
import type { Attendance } from '../../../domain/attendance.ts';
import type { EventOf } from '../../../domain/event.ts';
import { zaapIdOf } from '../../callbacks/ids.ts';
import { attendanceOf2022 } from './attendance-of-2022.ts';
import { transcript } from './transcript.ts';

export function startedBody(event: EventOf<'attendance.started'>): object {
	const { attendance } = event.data;
	return {
		attendance: {
			attendanceNumber: attendance.number,
			customer: customerOf(attendance),
			departament: attendance.department?.name ?? '',
			// One string for what may be several people.
			operator: attendance.operators.map((operator) => operator.name).join(', '),
			momment: attendance.requestedAt,
			startTime: attendance.startedAt,
			status: 'PROGRESS',
		},
		chat: transcript(event),
	};
}

/** What the page of today's start prints: the ids of the message that the attendance was started upon, the latest; '' where there is none. */
export function startedPage({ data }: EventOf<'attendance.started'>): object {
	const latest = data.transcript.at(-1)?.message;
	return { phone: data.attendance.customer.phone, zaapId: latest ? zaapIdOf(latest) : '', messageId: latest?.whatsappId ?? '' };
}

export function finishedBody(event: EventOf<'attendance.finished'>): object {
	const { attendance } = event.data;
	return {
		attendance: {
			...categoryMember(attendance),
			attendanceNumber: attendance.number,
			customer: customerOf(attendance),
			departament: attendance.department?.name ?? '',
			endTime: attendance.finishedAt ?? event.at,
			finishBy: attendance.finishedBy?.name ?? '',
			'operatorReport ': attendance.report ?? '',
			ratingObservation: attendance.ratingObservation ?? '',
			requestTime: attendance.requestedAt,
			startTime: attendance.startedAt,
			status: 'FINISH',
		},
		chat: transcript(event),
	};
}

/** As first published in April 2022: with ids where names came later, and without category and report. */
export function finishedBodyOf2022(event: EventOf<'attendance.finished'>): object {
	const { attendance } = event.data;
	return {
		attendance: attendanceOf2022(attendance),
		chat: transcript(event),
	};
}

function customerOf(attendance: Attendance): object {
	return { name: attendance.customer.name, phone: attendance.customer.phone };
}

/** Example 1 or example 2 of the seed, as the account's categories are configured; neither where it has none. */
function categoryMember(attendance: Attendance): object {
	const { categorisation } = attendance;
	if (categorisation === undefined) return {};
	if (categorisation.form === 'list') {
		return {
			attendanceCategories: categorisation.choices.map(({ categoryId, categoryName, color, itemId, itemName }) => ({
				categoryId,
				categoryName,
				color,
				itemId,
				itemName,
			})),
		};
	}
	const { color, id, name } = categorisation.category;
	return { attendanceCategory: { color, id, name } };
}

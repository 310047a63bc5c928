/** An attendance as of April 2022: with ids where names came later, and without category and report. Its webhook and its look-up tell it so. */
import type { Attendance } from '../../../domain/attendance.ts';
import { given } from '../../callbacks/given.ts';

export function attendanceOf2022(attendance: Attendance): object {
	const { finishedAt: endTime, finishedBy } = attendance;
	return {
		attendanceNumber: attendance.number,
		customer: { name: attendance.customer.name, phone: attendance.customer.phone },
		...given({ endTime, finishBy: finishedBy?.id }),
		id: attendance.id,
		operators: Object.fromEntries(attendance.operators.map((operator) => [operator.id, true])),
		requestTime: attendance.requestedAt,
		startTime: attendance.startedAt,
		status: attendance.status === 'finished' ? 'FINISH' : 'PROGRESS',
	};
}

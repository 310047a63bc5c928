/** An attendance with its rating, as the partner API shows it: what nobody wrote is ''. */
import type { RatedAttendance } from '../../../service-desk/answering-services.ts';

export function ratedAttendance({ attendance, answer }: RatedAttendance): object {
	return {
		attendanceNumber: attendance.number,
		customer: { name: attendance.customer.name, phone: attendance.customer.phone },
		startTime: attendance.startedAt,
		endTime: attendance.finishedAt ?? answer.answeredAt,
		startBy: attendance.startedBy?.id ?? '',
		finishBy: attendance.finishedBy?.id ?? '',
		id: attendance.id,
		operatorReport: attendance.report ?? '',
		operators: Object.fromEntries(attendance.operators.map(({ id }) => [id, true])),
		operatorsData: attendance.operators.map(({ id, name }) => ({ id, name })),
		ratingObservation: answer.observation ?? attendance.ratingObservation ?? '',
		ratingValue: answer.rating,
		requestTime: attendance.requestedAt,
		// Nobody is asked before the end.
		status: 'FINISH',
	};
}

/** What customers answered: by attendance, by account and time, by operator and time. */
import type { Attendance } from '../domain/attendance.ts';
import type { SurveyAnswer } from '../domain/survey.ts';
import type { Change } from '../ports/changes.ts';
import { type Collection, collection } from '../ports/documents.ts';

/** One an attendance, by its id; `at` is when it was rated. */
export const ANSWERS: Collection<SurveyAnswer> = collection<SurveyAnswer>('survey-answers');
/** The same for each operator who was in it at its end. */
export const ANSWERS_OF_OPERATOR: Collection<{ readonly attendanceId: string }> = collection<{ readonly attendanceId: string }>(
	'survey-answers-of-operator',
);

export function answerChanges(attendance: Attendance, answer: SurveyAnswer): Change[] {
	const { id, accountId } = attendance;
	const at = answer.answeredAt;
	const operators = new Set([...attendance.operators.map((one) => one.id), ...(attendance.finishedBy ? [attendance.finishedBy.id] : [])]);
	return [
		ANSWERS.put({ id, accountId, at, value: answer }),
		...[...operators].map((operatorId) =>
			ANSWERS_OF_OPERATOR.put({ id: `${operatorId}/${id}`, accountId, parentId: operatorId, at, value: { attendanceId: id } }),
		),
	];
}

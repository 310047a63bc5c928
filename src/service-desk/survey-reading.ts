/** Reads what a customer wrote while a survey waits for an answer. */
import type { Attendance } from '../domain/attendance.ts';
import type { SurveyAnswer } from '../domain/survey.ts';
import { correspondentOf } from '../messaging/chat-opening.ts';
import type { Arrival } from '../messaging/inbox-hook.ts';
import type { Ids } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { SurveySettings } from './answering-services.ts';
import type { ChatDialogue } from './chat-dialogue.ts';
import { ANSWERS, answerChanges } from './survey-answers.ts';
import type { Turn } from './turn.ts';
import { textOf } from './ura-menu.ts';

export interface SurveyReading {
	readonly arrival: Arrival;
	readonly settings: SurveySettings;
	readonly dialogue: ChatDialogue;
	readonly attendance: Attendance;
	readonly now: number;
}

/** Undefined where it is no answer: an ordinary message. */
export async function readSurvey(parts: { ids: Ids; store: Pick<Store, 'documents'> }, reading: SurveyReading): Promise<Turn | undefined> {
	const { arrival, settings, dialogue, attendance, now } = reading;
	const { survey, ...rest } = dialogue;
	const { createdAt, content } = arrival.message;
	const text = textOf(content);
	// By when it was written: what is late for us was in time for the customer, and what was written before the question is no answer to it.
	if (!survey || text === undefined || createdAt < survey.from || createdAt > survey.until) return undefined;
	const thanks = settings.thanks === undefined ? [] : [settings.thanks];
	if (survey.state === 'observation') {
		const rated = (await ANSWERS.get(parts.store.documents, attendance.id))?.value;
		if (!rated || text === '') return undefined;
		return answered(parts, reading, { ...rated, observation: text }, { texts: thanks, dialogue: rest });
	}
	const rating = ratingOf(text, settings.ratingMax);
	if (rating === undefined) return undefined;
	const answer: SurveyAnswer = { attendanceId: attendance.id, attendanceNumber: attendance.number, rating, answeredAt: createdAt };
	if (settings.observationQuestion === undefined) return answered(parts, reading, answer, { texts: thanks, dialogue: rest });
	const asking = { ...survey, state: 'observation' as const, from: createdAt, until: now + settings.windowMs };
	return answered(parts, reading, answer, { texts: [settings.observationQuestion], dialogue: { ...rest, survey: asking } });
}

function answered(parts: { ids: Ids }, { arrival, attendance, now }: SurveyReading, answer: SurveyAnswer, turn: Turn): Turn {
	const { instance, view } = arrival;
	return {
		...turn,
		isAnswered: true,
		changes: answerChanges(attendance, answer),
		events: [
			{
				id: parts.ids.next('evt'),
				type: 'survey.answered',
				accountId: instance.accountId,
				instance: { id: instance.id, phone: instance.phone },
				chatId: view.chat.id,
				at: now,
				data: { attendance, with: correspondentOf(view), answer },
			},
		],
	};
}

/** A number alone, as people write it: `5`, `5!`, `nota 5` is a sentence and none. */
function ratingOf(text: string, ratingMax: number): number | undefined {
	const digits = /^\D{0,3}(\d{1,2})\D{0,3}$/u.exec(text)?.[1];
	const rating = Number(digits);
	return digits !== undefined && rating >= 1 && rating <= ratingMax ? rating : undefined;
}

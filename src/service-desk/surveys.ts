/** The settings of the survey, and what came back. Who asks and reads is the attendant. */
import type { SurveyAnswer } from '../domain/survey.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Store } from '../ports/store.ts';
import type { AccountSettings } from './account-settings.ts';
import type { RatedAttendance, Span, SurveySettings, Surveys } from './answering-services.ts';
import { pageOfDocuments } from './document-pages.ts';
import { ANSWERS, ANSWERS_OF_OPERATOR } from './survey-answers.ts';

export interface SurveyParts {
	readonly store: Pick<Store, 'attendances' | 'documents'>;
	readonly settings: AccountSettings;
}

export class SurveyService implements Surveys {
	readonly #parts: SurveyParts;

	constructor(parts: SurveyParts) {
		this.#parts = parts;
	}

	async settings(accountId: string): Promise<SurveySettings | undefined> {
		return (await this.#parts.settings.of(accountId)).survey;
	}

	async configure(accountId: string, settings: SurveySettings): Promise<void> {
		await this.#parts.settings.set(accountId, 'survey', settings);
	}

	async byTicket(accountId: string, number: number): Promise<RatedAttendance | undefined> {
		const { store } = this.#parts;
		const attendance = await store.attendances.byNumber(accountId, number);
		const answer = attendance && (await ANSWERS.get(store.documents, attendance.id))?.value;
		return attendance && answer && { attendance, answer };
	}

	async byDate(accountId: string, span: Span, page: PageRequest): Promise<Page<RatedAttendance>> {
		const found = await pageOfDocuments(this.#parts.store.documents, ANSWERS, { accountId, ...span, order: 'newest' }, page);
		return { ...found, items: await this.#rated(found.items.map(({ value }) => value)) };
	}

	async byOperator(accountId: string, operatorId: string, span: Span, page: PageRequest): Promise<Page<RatedAttendance>> {
		const { documents } = this.#parts.store;
		const filter = { accountId, parentId: operatorId, ...span, order: 'newest' } as const;
		const found = await pageOfDocuments(documents, ANSWERS_OF_OPERATOR, filter, page);
		const answers = await Promise.all(found.items.map(({ value }) => ANSWERS.get(documents, value.attendanceId)));
		return { ...found, items: await this.#rated(answers.flatMap((one) => (one ? [one.value] : []))) };
	}

	/** One whose attendance is erased is left out. */
	async #rated(answers: readonly SurveyAnswer[]): Promise<RatedAttendance[]> {
		const rated = answers.map(async (answer) => {
			const attendance = await this.#parts.store.attendances.attendance(answer.attendanceId);
			return attendance ? [{ attendance, answer }] : [];
		});
		return (await Promise.all(rated)).flat();
	}
}

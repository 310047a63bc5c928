/**
 * Who answers customers before an operator does, with the unit of their message: reads the answer to a survey, tells that it is closed, asks what it is
 * about and routes. Where an operator attends, it is silent. Where the account set nothing, it costs one read.
 */
import { isSaying } from '../domain/content.ts';
import { openingAt } from '../domain/opening-hours.ts';
import { isPerson } from '../domain/phone.ts';
import type { AttendanceHook, FinishedAttendance } from '../messaging/attendance-hook.ts';
import type { StepParts } from '../messaging/attendance-steps.ts';
import { type Aftermath, type Arrival, type InboxHook, NO_AFTERMATH } from '../messaging/inbox-hook.ts';
import type { Observer } from '../observe/observer.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Store } from '../ports/store.ts';
import type { AccountSettings, DeskSettings } from './account-settings.ts';
import { type AutomaticParts, say } from './automatic-messages.ts';
import { type ChatDialogue, DIALOGUES } from './chat-dialogue.ts';
import { readSurvey } from './survey-reading.ts';
import type { Turn } from './turn.ts';
import { startWith } from './ura-operator.ts';
import { goOn, type UraTurn } from './ura-turn.ts';

export interface AttendantParts extends AutomaticParts, StepParts {
	readonly store: Pick<Store, 'accounts' | 'attendances' | 'documents' | 'messages'>;
	readonly settings: AccountSettings;
	readonly observer: Pick<Observer, 'attendanceStarted'>;
}

export class Attendant implements InboxHook, AttendanceHook {
	readonly #parts: AttendantParts;

	constructor(parts: AttendantParts) {
		this.#parts = parts;
	}

	async onMessage(arrival: Arrival): Promise<Aftermath> {
		const { instance, view, message } = arrival;
		if (view.chat.attendanceId !== undefined || !isSaying(message.content)) return NO_AFTERMATH;
		const settings = await this.#parts.settings.of(instance.accountId);
		if (!settings.hours?.active && !settings.ura?.active && !settings.survey) return NO_AFTERMATH;
		const kept = await DIALOGUES.get(this.#parts.store.documents, view.chat.id);
		const turn = await this.#turn(arrival, settings, kept?.value ?? {});
		return turn ? this.#aftermath(arrival, kept, turn) : NO_AFTERMATH;
	}

	/** The survey is asked, and the next request begins with the menu again. */
	async onFinished({ instance, view, attendance, at }: FinishedAttendance): Promise<Aftermath> {
		const { store, settings } = this.#parts;
		const { survey } = await settings.of(instance.accountId);
		const kept = await DIALOGUES.get(store.documents, view.chat.id);
		const isAsked = survey?.active === true && isPerson(view.chat.phone);
		if (!isAsked && kept?.value.ura === undefined && kept?.value.survey === undefined) return NO_AFTERMATH;
		const { ura: _ura, survey: _survey, ...rest } = kept?.value ?? {};
		const asking = { state: 'rating' as const, attendanceId: attendance.id, from: at, until: at + (survey?.windowMs ?? 0) };
		const turn: Turn = { texts: isAsked ? [survey.question] : [], dialogue: { ...rest, ...(isAsked ? { survey: asking } : {}) } };
		return this.#aftermath({ instance, view }, kept, turn);
	}

	async #turn(arrival: Arrival, settings: DeskSettings, dialogue: ChatDialogue): Promise<Turn | undefined> {
		const { clock, store } = this.#parts;
		const { view, message, instance } = arrival;
		const now = clock.now();
		const isWithOne = isPerson(view.chat.phone);
		// A menu that was asked since is what is answered now: its numbers are no ratings.
		if (isWithOne && settings.survey && dialogue.survey && dialogue.ura?.state !== 'asking') {
			const attendance = await store.attendances.attendance(dialogue.survey.attendanceId);
			const read = attendance && (await readSurvey(this.#parts, { arrival, settings: settings.survey, dialogue, attendance, now }));
			if (read) return read;
		}
		if (isWithOne && settings.hours?.active) {
			const opening = openingAt(settings.hours, now);
			if (!opening.isOpen && dialogue.awayFor === opening.closedTime) return undefined;
			if (!opening.isOpen) return { texts: [settings.hours.awayMessage], dialogue: { ...dialogue, awayFor: opening.closedTime } };
		}
		if (!settings.ura?.active || (!isWithOne && settings.ura.ignoreGroups)) return undefined;
		const departments = await store.accounts.departments(instance.accountId);
		const went = goOn({
			settings: settings.ura,
			dialogue: dialogue.ura,
			departments,
			content: message.content,
			senderName: view.contact.name,
		});
		return went && (await this.#routed(arrival, went, { ...dialogue, ura: went.dialogue }));
	}

	async #routed(arrival: Arrival, went: UraTurn, dialogue: ChatDialogue): Promise<Turn> {
		const { texts, to } = went;
		const { chat } = arrival.view;
		if (to?.kind === 'operator') return { texts, dialogue, ...(await startWith(this.#parts, arrival, to.operatorId)) };
		return { texts, dialogue, changes: to ? [{ kind: 'chat.touch', id: chat.id, departmentId: to.departmentId }] : [] };
	}

	async #aftermath(
		where: Pick<Arrival, 'instance' | 'view'> & Partial<Pick<Arrival, 'message'>>,
		kept: StoredDocument<ChatDialogue> | undefined,
		turn: Turn,
	): Promise<Aftermath> {
		const { clock } = this.#parts;
		const { instance, view, message } = where;
		const { id, accountId } = view.chat;
		const said = await say(this.#parts, { instance, chat: view.chat, ...(message === undefined ? {} : { message }) }, turn.texts);
		const put = DIALOGUES.put({ id, accountId, parentId: id, at: clock.now(), value: turn.dialogue }, kept?.version ?? 0);
		return {
			changes: [...(turn.changes ?? []), put, ...said.changes],
			events: turn.events ?? [],
			after: () => {
				said.after();
				if (turn.started) this.#parts.observer.attendanceStarted(turn.started);
			},
			...(turn.isAnswered === true ? { isAnswered: true } : {}),
			...(turn.started ? { startsAttendance: true } : {}),
		};
	}
}

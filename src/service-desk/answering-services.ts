/** What the service desk says by itself: while it is closed, before an operator attends, and when they have finished. */
import type { Attendance } from '../domain/attendance.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import type { SurveyAnswer } from '../domain/survey.ts';
import type { Page, PageRequest } from '../ports/pages.ts';

/** Business hours: who writes while it is closed gets the away message, once a chat and closed time. */
export interface Hours {
	/** Undefined: always open. */
	get(accountId: string): Promise<OpeningHours | undefined>;
	/** Undefined takes them away. Throws not_there (what: account), invalid_request. */
	set(accountId: string, hours: OpeningHours | undefined): Promise<void>;
	/** Without hours it is always open. */
	isOpen(accountId: string, at: number): Promise<boolean>;
}

/** The menu that asks a waiting customer what it is about, and routes. Plugchat's first five settings are those of its partner API. */
export interface UraSettings {
	readonly active: boolean;
	/** The default department is not offered. */
	readonly ignoreDefault: boolean;
	/** Groups are not asked. */
	readonly ignoreGroups: boolean;
	/** Comes first; `{senderName}` is filled in. '' for none. */
	readonly welcomeMessage: string;
	/** Above the options. */
	readonly departmentMessage: string;
	/** Undefined: the active departments, oldest first. */
	readonly options?: readonly UraOption[];
	/** Said, with the options again, after an answer that is none of them. Default: 'Opção inválida.' */
	readonly wrongAnswerMessage?: string;
	/** So many wrong answers lead to the default department. Default 3. */
	readonly wrongAnswersMax?: number;
	/** Said after a choice; `{option}` is filled in. Default: none. */
	readonly routedMessage?: string;
}

export interface UraOption {
	/** As the customer reads it; also an answer. */
	readonly label: string;
	readonly to: UraTarget;
}

export type UraTarget =
	| { readonly kind: 'department'; readonly departmentId: string }
	/** Starts an attendance with that operator at once, where they are active; else their first department. */
	| { readonly kind: 'operator'; readonly operatorId: string }
	| { readonly kind: 'menu'; readonly message: string; readonly options: readonly UraOption[] };

export interface Ura {
	get(accountId: string): Promise<UraSettings | undefined>;
	/** Chats that are being asked are answered by what they were asked. Throws not_there (what: account), department_missing, operator_missing, invalid_request. */
	set(accountId: string, settings: UraSettings): Promise<void>;
}

export interface SurveySettings {
	readonly active: boolean;
	/** Asked when an attendance is finished. */
	readonly question: string;
	/** Ratings from 1 to this. */
	readonly ratingMax: number;
	/** Asked after the rating; what the customer writes then is kept as observation. Undefined: not asked. */
	readonly observationQuestion?: string;
	/** Said at the end. Undefined: nothing. */
	readonly thanks?: string;
	/** How long an answer is waited for after each question; what comes later is an ordinary message. */
	readonly windowMs: number;
}

export interface RatedAttendance {
	readonly attendance: Attendance;
	readonly answer: SurveyAnswer;
}

export interface Surveys {
	settings(accountId: string): Promise<SurveySettings | undefined>;
	/** Throws not_there (what: account), invalid_request. */
	configure(accountId: string, settings: SurveySettings): Promise<void>;
	/** Undefined where there is no such attendance, or its customer did not answer. */
	byTicket(accountId: string, number: number): Promise<RatedAttendance | undefined>;
	/** Answered within the span (both included), newest first. */
	byDate(accountId: string, span: Span, page: PageRequest): Promise<Page<RatedAttendance>>;
	/** Of attendances that the operator was in at their end. */
	byOperator(accountId: string, operatorId: string, span: Span, page: PageRequest): Promise<Page<RatedAttendance>>;
}

export interface Span {
	readonly from?: number;
	readonly to?: number;
}

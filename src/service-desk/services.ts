/**
 * What the service desk offers to the dialects: the services' shapes, apart from how they do it. Starting, finishing and moving attendances is
 * `Attending` of messaging; creating and changing departments, operators and categories is its `Directory`. All throw `RecadoError` with the codes
 * named; times are epoch milliseconds.
 */
import type { Attendance, AttendanceTransfer, NamedRef } from '../domain/attendance.ts';
import type { Message } from '../domain/message.ts';
import type { SurveyAnswer } from '../domain/survey.ts';
import type { FinishAttendance } from '../messaging/services.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Hours, Surveys, Ura } from './answering-services.ts';
import type { Staff } from './staff-services.ts';

export interface ServiceDesk {
	readonly staff: Staff;
	readonly desk: Desk;
	readonly notes: Notes;
	readonly fields: Fields;
	readonly hours: Hours;
	readonly ura: Ura;
	readonly surveys: Surveys;
	readonly tickets: Tickets;
	readonly buttons: CustomButtons;
	readonly quickReplies: QuickReplies;
}

/**
 * Who asks, which decides what is shown and may be done. Without `operatorId` it is the account itself: everything. An admin sees everything too; a
 * supervisor what is in their departments or attended by them; an agent the waiting chats of their departments and the attendances that they are in.
 */
export interface Asker {
	readonly accountId: string;
	readonly operatorId?: string;
}

export interface DeskFilter {
	/** Throws department_missing for an unknown one. */
	readonly departmentId?: string;
	/** Of attendances: those this operator is in. */
	readonly ofOperatorId?: string;
}

/** `isAtLeast`: there may be more, for not all were looked at. */
export interface Counted {
	readonly count: number;
	readonly isAtLeast: boolean;
}

/** All throw operator_missing where the asker is no operator of the account. A page of what the asker may not see is empty. */
export interface Desk {
	/** Chats where the customer has written and nobody attends, who waits longest first. Without a department they are the default department's. */
	waiting(asker: Asker, filter: Pick<DeskFilter, 'departmentId'>, page: PageRequest): Promise<Page<ChatView>>;
	/** How many those are; no more than `most` are counted. */
	waitingCount(asker: Asker, filter: Pick<DeskFilter, 'departmentId'>, most: number): Promise<number>;
	/** Open attendances; newest first. */
	attending(asker: Asker, filter: DeskFilter, page: PageRequest): Promise<Page<Attendance>>;
	/** How many the list of open ones has; no more than `most` are counted. */
	attendingCount(asker: Asker, filter: DeskFilter, most: number): Promise<Counted>;
	/** Finished ones; the last to be finished first. */
	closed(asker: Asker, filter: DeskFilter, page: PageRequest): Promise<Page<Attendance>>;
	/**
	 * Gives the operator who asks the next of their departments: open attendances that are without an operator first, then the chat that waits longest.
	 * Undefined where nothing waits. Nobody is given to two. Throws operator_inactive.
	 */
	takeNext(accountId: string, operatorId: string, filter?: Pick<DeskFilter, 'departmentId'>): Promise<Attendance | undefined>;
	/**
	 * Gives the next of a department to its next free operator: online, active, below their `attendancesMax`; who has fewest, and of those who has had
	 * nothing for longest. Undefined where nothing waits or nobody is free.
	 */
	distribute(accountId: string, departmentId: string): Promise<Attendance | undefined>;
	/** Throws not_there (what: chat) for what the asker may not see. */
	chat(asker: Asker, chatId: string): Promise<ChatView>;
	/** The same, where the asker may write: an operator who is in its open attendance, or the account itself. Throws chat_not_attended, too. */
	attendedChat(asker: Asker, chatId: string): Promise<ChatView>;
	/**
	 * Gives the operator who asks this chat: a new attendance, or the open one that is without an operator; who is in it already is answered it as it is.
	 * Throws not_there (what: chat), chat_taken, operator_inactive.
	 */
	take(asker: Required<Asker>, chatId: string): Promise<Attendance>;
	/** Throws not_there (what: attendance) for what the asker may not see. */
	attendance(asker: Asker, attendanceId: string): Promise<Attendance>;
	/**
	 * Hands an open attendance over. To a department alone: it is without an operator until one takes it. Throws not_there, attendance_finished,
	 * department_missing, operator_missing, operator_inactive, invalid_request where it goes nowhere.
	 */
	transfer(asker: Asker, attendanceId: string, to: TransferWish): Promise<Attendance>;
	/** Oldest first. */
	transfers(asker: Asker, attendanceId: string): Promise<readonly AttendanceTransfer[]>;
	/** Ends it; an operator who asks is who ends it. Throws not_there, attendance_finished, operator_missing, category_missing. */
	finish(asker: Asker, attendanceId: string, finish: FinishWish): Promise<Attendance>;
	/** One more operator on an open attendance; who is in it stays. Throws not_there, attendance_finished, operator_missing, operator_inactive. */
	join(asker: Asker, attendanceId: string, operatorId: string): Promise<Attendance>;
	/** An operator leaves; the last one leaves it to be taken by another. Throws not_there, attendance_finished. */
	leave(asker: Asker, attendanceId: string, operatorId: string): Promise<Attendance>;
}

export interface TransferWish {
	readonly departmentId?: string;
	readonly operatorIds?: readonly string[];
	readonly reason?: string;
}

export interface FinishWish extends Pick<FinishAttendance, 'report' | 'ratingObservation' | 'category'> {
	/** Who ends it, where the account asks. */
	readonly operatorId?: string;
	/** The chat goes to the default department. */
	readonly autoTransfer?: boolean;
}

export interface Note {
	readonly id: string;
	readonly chatId: string;
	/** The one that was open when it was written. */
	readonly attendanceId?: string;
	readonly text: string;
	readonly by?: NamedRef;
	readonly createdAt: number;
}

/** What operators write down about a chat; the customer never sees it. */
export interface Notes {
	/** Throws not_there (what: chat), operator_missing. */
	add(asker: Asker, chatId: string, text: string): Promise<Note>;
	/** Newest first. Throws not_there (what: chat). */
	list(asker: Asker, chatId: string, page: PageRequest): Promise<Page<Note>>;
	/** Throws not_there (what: note). */
	delete(asker: Asker, chatId: string, noteId: string): Promise<void>;
}

export interface GenericField {
	readonly name: string;
	readonly value: string;
}

/** What is kept of a contact besides what WhatsApp tells. Texts are '' where nothing is kept. */
export interface ContactCard {
	readonly contactId: string;
	readonly email: string;
	readonly city: string;
	readonly observation: string;
	/** In the order in which they were made. */
	readonly genericFields: readonly GenericField[];
}

export interface Fields {
	/** Of a contact of the account. Throws not_there (what: contact) for one that no chat of the account is with. */
	card(accountId: string, chatId: string): Promise<ContactCard>;
	/** Texts that are given replace the old ones. Throws not_there. */
	update(accountId: string, chatId: string, change: Partial<Pick<ContactCard, 'email' | 'city' | 'observation'>>): Promise<ContactCard>;
	/** Creates or changes a generic field. Throws not_there, fields_full. */
	setField(accountId: string, chatId: string, field: GenericField): Promise<ContactCard>;
	/** Throws not_there (what: chat or field). */
	deleteField(accountId: string, chatId: string, name: string): Promise<ContactCard>;
	/** By the customer's number as a caller writes it; the chat is opened where there is none yet. Throws invalid_phone, fields_full. */
	setFieldByPhone(instanceId: string, phone: string, field: GenericField): Promise<ContactCard>;
}

/** An attendance with all that belongs to it, by its number: Plugchat's task look-up. */
export interface Ticket {
	readonly attendance: Attendance;
	/** The chat and its contact as they are now. */
	readonly view: ChatView;
	readonly transcript: readonly Message[];
	readonly transfers: readonly AttendanceTransfer[];
	readonly answer?: SurveyAnswer;
}

export interface Tickets {
	/** Undefined where the account has no attendance of that number. */
	byNumber(accountId: string, number: number): Promise<Ticket | undefined>;
}

export interface CustomButton {
	readonly id: string;
	readonly accountId: string;
	/** As operators read it. */
	readonly name: string;
	readonly url: string;
	readonly method: 'GET' | 'POST';
	readonly createdAt: number;
}

export type ButtonWish = Pick<CustomButton, 'name' | 'url' | 'method'>;

/** What the customer's API answered. */
export type ButtonOutcome =
	/** It was sent into the chat. */
	| { readonly kind: 'message'; readonly message: Message }
	/** To be shown to the operator. */
	| { readonly kind: 'modal'; readonly modal: string }
	/** It answered `null`. */
	| { readonly kind: 'nothing' };

/** Buttons that an operator presses in a chat: the customer's own API is called (contracts: webhooks/plugchat/custom-button.json). */
export interface CustomButtons {
	/** Oldest first. */
	list(accountId: string): Promise<readonly CustomButton[]>;
	/** Throws not_there (what: account), webhook_not_https, webhook_address_refused, webhook_has_credentials. */
	create(accountId: string, wish: ButtonWish): Promise<CustomButton>;
	/** Throws as `create`, and not_there (what: button). */
	update(accountId: string, buttonId: string, change: Partial<ButtonWish>): Promise<CustomButton>;
	/** Throws not_there (what: button). */
	delete(accountId: string, buttonId: string): Promise<void>;
	/** Throws not_there (what: button, chat), operator_missing, and button_failed with the reason where the API did not answer as documented. */
	press(asker: Asker, buttonId: string, chatId: string): Promise<ButtonOutcome>;
}

/** A text that operators write often. */
export interface QuickReply {
	/** `qrp_…` */
	readonly id: string;
	readonly accountId: string;
	/** What is typed for it: of one reply in its account, in whatever case. */
	readonly shortcut: string;
	readonly text: string;
	/** Whose operators see it; undefined: all of them. */
	readonly departmentIds?: readonly string[];
	readonly createdAt: number;
	readonly updatedAt: number;
}

export type QuickReplyWish = Pick<QuickReply, 'shortcut' | 'text' | 'departmentIds'>;

/** What is given; `departmentIds` null: all of them. */
export interface QuickReplyChange {
	readonly shortcut?: string;
	readonly text?: string;
	readonly departmentIds?: readonly string[] | null;
}

export interface QuickReplies {
	/** Oldest first: those of all, and of the departments that the asker sees. Throws operator_missing, operator_inactive. */
	list(asker: Asker): Promise<readonly QuickReply[]>;
	/** Throws not_there (what: account), department_missing, exists (the shortcut is another one's), quick_replies_full. */
	create(accountId: string, wish: QuickReplyWish): Promise<QuickReply>;
	/** Throws not_there (what: reply), department_missing, exists. */
	update(accountId: string, replyId: string, change: QuickReplyChange): Promise<QuickReply>;
	/** Throws not_there (what: reply). */
	delete(accountId: string, replyId: string): Promise<void>;
}

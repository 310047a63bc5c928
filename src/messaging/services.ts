/**
 * What messaging offers to the dialects and the server: the services' shapes, apart from how they do it. All throw `RecadoError` with the
 * codes named; all ids that are answered are committed.
 */
import type { Account, Application, Category, ChannelKind, Department, Instance, Operator, Pacing } from '../domain/account.ts';
import type { Attendance, CategoryChosen } from '../domain/attendance.ts';
import type { Message, MessageContent } from '../domain/message.ts';
import type { IdempotentRequest } from '../ports/dialect.ts';

/** The answer to a request, made before the commit so that it can be stored with it. */
export interface Answer {
	readonly status: number;
	readonly body: unknown;
}

/** Hand it to what creates: the answer is committed with the creation, and a repetition gets it again. */
export interface Idempotency<T> {
	readonly request: IdempotentRequest;
	readonly answer: (result: T) => Answer;
}

/** Content as a caller gives it: a medium may come as data URI, a reference as a bare id. */
export type SendContent =
	| MessageContent
	| { readonly kind: 'reaction-to'; readonly emoji: string; readonly whatsappId: string }
	| MediumSource;

/** `source` is an https URL or a data URI; a data URI is kept in the media store, and the message carries its link. */
export interface MediumSource {
	readonly kind: 'medium';
	readonly medium: 'image' | 'video' | 'audio' | 'document';
	/** The name of the request's field, for errors. */
	readonly field: string;
	readonly source: string;
	readonly caption?: string;
	readonly fileName?: string;
	readonly mimeType?: string;
	readonly viewOnce?: boolean;
	readonly seconds?: number;
}

export interface SendCommand {
	readonly instance: Instance;
	/** As written by the caller. */
	readonly phone: string;
	readonly content: SendContent;
	/** The WhatsApp id of the message that is answered. */
	readonly replyTo?: string;
	readonly customId?: string;
	readonly contextId?: string;
	/** The message goes no earlier than this after its acceptance, milliseconds. */
	readonly delayMs?: number;
	/** Not before this time, epoch milliseconds; delays no other message. */
	readonly scheduledFor?: number;
	readonly origin: Message['origin'];
	readonly idempotency?: Idempotency<Message>;
}

export interface Messaging {
	/** Accepts a message: queued, durable, its ids chosen. Throws invalid_phone, invalid_media, kind_unsupported, message_missing, queue_full. */
	send(command: SendCommand): Promise<Message>;
	/** Takes a message out of the queue. Throws message_not_queued, message_missing. */
	dequeue(instance: Instance, messageId: string): Promise<void>;
	/** Empties the queue; answers how many went. */
	emptyQueue(instance: Instance): Promise<number>;
}

export interface Directory {
	createAccount(name: string, idempotency?: Idempotency<AccountCreated>): Promise<AccountCreated>;
	setClientTokenEnforced(accountId: string, enforced: boolean): Promise<Account>;
	/** New tokens; the old ones end at once. */
	rotateAccountTokens(accountId: string): Promise<AccountCreated>;
	createInstance(accountId: string, wish: InstanceWish, idempotency?: Idempotency<InstanceCreated>): Promise<InstanceCreated>;
	updateInstance(id: string, change: { readonly name?: string; readonly pacing?: Pacing }): Promise<Instance>;
	/** Also makes the application's webhook, in the Instant Message dialect. Throws webhook_not_https, webhook_address_refused, not_there. */
	createApplication(accountId: string, wish: ApplicationWish, idempotency?: Idempotency<ApplicationCreated>): Promise<ApplicationCreated>;
	/** A new JWT; the old one ends at once. */
	rotateApplicationToken(id: string): Promise<ApplicationCreated>;

	/** Throw not_there (what: account) for an unknown account, not_there for an unknown id. */
	createDepartment(
		accountId: string,
		wish: { readonly name: string; readonly isDefault?: boolean },
		idempotency?: Idempotency<Department>,
	): Promise<Department>;
	updateDepartment(
		accountId: string,
		id: string,
		change: { readonly name?: string; readonly active?: boolean; readonly isDefault?: boolean },
	): Promise<Department>;
	deleteDepartment(accountId: string, id: string): Promise<void>;
	createOperator(accountId: string, wish: { readonly name: string }, idempotency?: Idempotency<Operator>): Promise<Operator>;
	updateOperator(accountId: string, id: string, change: { readonly name?: string; readonly active?: boolean }): Promise<Operator>;
	deleteOperator(accountId: string, id: string): Promise<void>;
	createCategory(accountId: string, wish: CategoryWish, idempotency?: Idempotency<Category>): Promise<Category>;
	updateCategory(accountId: string, id: string, change: Partial<CategoryWish>): Promise<Category>;
	deleteCategory(accountId: string, id: string): Promise<void>;

	/** Undefined where the credential fits nothing. */
	accountByToken(token: string): Promise<Account | undefined>;
	instanceByToken(instanceId: string, token: string): Promise<Instance | undefined>;
	hasClientToken(account: Account, clientToken: string): boolean;
	applicationByToken(jwt: string): Promise<{ readonly application: Application; readonly instance: Instance } | undefined>;
	/** The account's oldest instance, which its Plugchat token acts on. Throws no_instance. */
	firstInstance(accountId: string): Promise<Instance>;
}

export interface AccountCreated {
	readonly account: Account;
	readonly token: string;
	readonly clientToken: string;
}

export interface InstanceWish {
	readonly name: string;
	readonly channel: ChannelKind;
	readonly phone: string;
	readonly pacing?: Pacing;
}

export interface InstanceCreated {
	readonly instance: Instance;
	readonly token: string;
}

export interface ApplicationWish {
	readonly name: string;
	readonly instanceId: string;
	readonly webhook: string;
}

export interface ApplicationCreated {
	readonly application: Application;
	readonly token: string;
}

export interface CategoryWish {
	readonly name: string;
	readonly color: string;
	readonly items?: readonly { readonly id?: string; readonly name: string }[];
	readonly isDefault?: boolean;
}

/** The life of instances: sessions opened, closed, resumed. */
export interface Instances {
	/** Closes the session: no event, the queue is kept. */
	disconnect(instance: Instance): Promise<void>;
	/** Opens it again. */
	connect(instance: Instance): Promise<void>;
	/** Closes and opens. */
	restart(instance: Instance): Promise<void>;
	qrCode(instance: Instance): Promise<string | undefined>;
}

export interface Attending {
	/** Starts an attendance, or answers the one that is open. Throws invalid_phone, operator_missing, operator_inactive, department_missing. */
	start(command: StartAttendance): Promise<{ readonly isNew: boolean; readonly attendance: Attendance }>;
	/** Ends the open one of a chat. `found` false where the chat is unknown or has none. Throws operator_missing, category_missing. */
	finish(command: FinishAttendance): Promise<{ readonly found: boolean; readonly attendance?: Attendance }>;
	/** Moves chat and open attendance to a department. Throws department_missing, not_there (what: chat). */
	changeDepartment(instance: Instance, phone: string, departmentId: string): Promise<void>;
}

export interface StartAttendance {
	readonly instance: Instance;
	readonly phone: string;
	readonly operatorIds: readonly string[];
	readonly departmentId?: string;
	readonly idempotency?: Idempotency<{ readonly isNew: boolean; readonly attendance: Attendance }>;
}

export interface FinishAttendance {
	readonly instance: Instance;
	readonly phone: string;
	readonly operatorId: string;
	/** Moves the chat to the default department. */
	readonly autoTransfer: boolean;
	readonly report?: string;
	readonly ratingObservation?: string;
	readonly category?: CategoryChosen;
	readonly idempotency?: Idempotency<{ readonly found: boolean; readonly attendance?: Attendance }>;
}

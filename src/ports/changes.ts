/**
 * What a write unit may change: each kind with its precondition, which is looked at inside the transaction. A new kind of write is a line here and a
 * function in each engine.
 */
import type { Account, Application, Category, Department, Instance, Operator } from '../domain/account.ts';
import type { Attendance } from '../domain/attendance.ts';
import type { MessageContent } from '../domain/content.ts';
import type { Alias, Chat, Contact, Message, MessageStatus, Thread } from '../domain/message.ts';
import type { Webhook, WebhookFailing } from '../domain/webhook.ts';
import type { Blob } from './blobs.ts';
import type { DocumentDelete, DocumentPut } from './documents.ts';
import type { Job, JobState } from './jobs.ts';
import type { JournalEntry, JournalState } from './journal.ts';
import type { StoredMedium } from './media.ts';

/**
 * One change. Inserts fail on existing ids; `put` writes the whole record over the old one; the others say what they do.
 * Deleting something that is not there is no conflict.
 */
export type Change =
	| { readonly kind: 'account.insert'; readonly account: Account }
	| { readonly kind: 'account.put'; readonly account: Account }
	| { readonly kind: 'instance.insert'; readonly instance: Instance }
	/** What is given; the rest stays as it is, so that a change by a person and one by the channel do not undo each other. `missing` where there is none. */
	| ({ readonly kind: 'instance.update'; readonly id: string } & InstanceUpdate)
	| { readonly kind: 'application.insert'; readonly application: Application }
	| { readonly kind: 'application.put'; readonly application: Application }
	| { readonly kind: 'application.delete'; readonly id: string }
	| { readonly kind: 'department.put'; readonly department: Department }
	| { readonly kind: 'department.delete'; readonly id: string }
	| { readonly kind: 'operator.put'; readonly operator: Operator }
	| { readonly kind: 'operator.delete'; readonly id: string }
	| { readonly kind: 'category.put'; readonly category: Category }
	| { readonly kind: 'category.delete'; readonly id: string }
	| { readonly kind: 'webhook.put'; readonly webhook: Webhook }
	/** Its circuit opened or closed: that alone is written. `missing` where there is no such webhook. */
	| { readonly kind: 'webhook.failing'; readonly id: string; readonly failing?: WebhookFailing }
	/** What was for it is to be cancelled or delivered before; a delivery that is still in hand is cancelled with its settlement. */
	| { readonly kind: 'webhook.delete'; readonly id: string }
	| { readonly kind: 'job.insert'; readonly job: Job }
	/** `missing` where the job is in none of the states `from`. */
	| { readonly kind: 'job.state'; readonly id: string; readonly from: readonly JobState[]; readonly state: JobState; readonly at: number }
	/** `exists` where the account has one of the aliases already. */
	| { readonly kind: 'contact.insert'; readonly contact: Contact; readonly aliases: readonly Alias[] }
	/** Name, photo and lid where given; further aliases. An alias of another contact stays where it is. */
	| {
			readonly kind: 'contact.update';
			readonly id: string;
			readonly accountId: string;
			readonly name?: string;
			readonly photoUrl?: string;
			readonly lid?: string;
			readonly aliases?: readonly Alias[];
	  }
	/** `exists` where the instance has a chat with that contact. */
	| { readonly kind: 'chat.insert'; readonly chat: Chat }
	/**
	 * Commutative notes of what happened on a chat: the later time wins; `waitingSince` is kept if set, and not set while an attendance is open. Where it
	 * begins, the chat's `waitingAfter` becomes what its `lastMessageId` was before. `lastMessageId` alone is what the last one to be committed says.
	 */
	| ({ readonly kind: 'chat.touch'; readonly id: string } & ChatTouch)
	| { readonly kind: 'message.insert'; readonly message: Message }
	/** `message` where its status is no longer `from`. Writes status, timeline, failure and updatedAt. */
	| { readonly kind: 'message.advance'; readonly from: MessageStatus; readonly message: Message }
	/** `message` where its content is no longer `from`, as it was read. Writes the content and nothing else. */
	| { readonly kind: 'message.amend'; readonly id: string; readonly from: MessageContent; readonly content: MessageContent }
	/** Takes a queued message out of the queue. `message` where it is not queued. */
	| { readonly kind: 'message.delete'; readonly id: string }
	/** Deletes one that has left the queue; one that is in it stays. */
	| { readonly kind: 'message.erase'; readonly id: string }
	/**
	 * `attendance` where the chat has an open one, the number is taken, or the chat is not as it was `seen`. Sets the chat's `attendanceId`, clears its
	 * `waitingSince` and `waitingAfter`.
	 */
	| { readonly kind: 'attendance.insert'; readonly attendance: Attendance; readonly seen?: SeenChat }
	/** `attendance` where its version is not `attendance.version - 1`, or the chat is not as it was `seen`. Clears the chat's `attendanceId` when finished. */
	| { readonly kind: 'attendance.update'; readonly attendance: Attendance; readonly chatDepartmentId?: string; readonly seen?: SeenChat }
	/** `journal` where the instance has that observation. */
	| { readonly kind: 'journal.insert'; readonly entry: JournalEntry }
	| { readonly kind: 'journal.settle'; readonly id: string; readonly state: JournalState; readonly error?: string }
	/** A link. What it leads to is there, and was put or held just now. */
	| { readonly kind: 'media.insert'; readonly medium: StoredMedium }
	/** What a reserved link leads to. `missing` where there is no such link, or it leads somewhere already. */
	| { readonly kind: 'media.fill'; readonly id: string; readonly mimeType: string; readonly blob: Blob }
	/** These links of the account go with the message from now on; those that belong to another one stay where they are. */
	| { readonly kind: 'media.attach'; readonly ids: readonly string[]; readonly accountId: string; readonly messageId: string }
	/** The links of a message go, as they do where the message itself is deleted. */
	| { readonly kind: 'media.release'; readonly messageId: string }
	/** `document` where its version is not the expected one. */
	| DocumentPut
	| DocumentDelete;

export type InstanceUpdate = Partial<Pick<Instance, 'name' | 'pacing' | 'state'>>;

/** What a decision about a whole conversation was made on: no message may have been stored since. */
export interface SeenChat {
	readonly lastMessageId: string | undefined;
}

export interface ChatTouch {
	readonly lastMessageAt?: number;
	/** The message that is inserted in the same unit. */
	readonly lastMessageId?: string;
	readonly lastInboundAt?: number;
	readonly waitingSince?: number;
	readonly name?: string;
	readonly phone?: string;
	readonly thread?: Thread;
	readonly departmentId?: string;
}

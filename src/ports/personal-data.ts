/**
 * What is kept about one contact, and its erasure. What stays is what it counts for: the row of the contact and of its chats without anything that tells
 * who it was, out of all lists, and its attendances with their numbers and times.
 */
import type { Attendance } from '../domain/attendance.ts';
import type { Alias, Chat, Contact } from '../domain/message.ts';
import type { StoredDocument } from './documents.ts';
import type { Job } from './jobs.ts';

export interface AboutContact {
	readonly contact: Contact;
	readonly aliases: readonly Alias[];
	/** With each instance of the account, oldest first. */
	readonly chats: readonly Chat[];
}

/** Why a contact cannot be erased now: its attendance is open, a message to it is queued, a delivery about it is pending or being sent. */
export type ContactUse = 'attendance' | 'message' | 'delivery';

export interface PersonalData {
	/** Also of one that was erased: no aliases are left then. */
	about(contactId: string): Promise<AboutContact | undefined>;
	useOf(contactId: string): Promise<ContactUse | undefined>;
	/** Documents that hang on this, of all collections; by collection, time and id. */
	documentsOf(parentId: string, limit: number): Promise<readonly StoredDocument[]>;
	/** The next batch of a job of the kind `erase`, with its progress. Undefined where there is no such job. */
	erase(jobId: string, limit: number, at: number, rules: ErasureRules): Promise<ErasureStep | undefined>;
	/** Deletes media that the account uploaded before `before` and that belong to no message, up to `limit` links. Answers how many. */
	deleteUploads(accountId: string, before: number, limit: number): Promise<number>;
}

/** What of records that stay is personal is not the store's to know. */
export interface ErasureRules {
	readonly attendance: (attendance: Attendance) => Attendance;
	/** Documents of these collections stay, rewritten; found by the attendance's id, or by hanging on it. All others that hang on it go. */
	readonly rewrites: Readonly<Record<string, (value: unknown) => unknown>>;
	/** Reads an answer by idempotency key. Throws where no key of ours fits. */
	readonly unseal: (sealed: string) => string;
}

export interface ErasureStep {
	readonly job: Job;
	/** Something is being sent this moment: the next step finds it settled, a little later. */
	readonly isWaiting: boolean;
	/** They have something ready now: a delivery that others waited for went. */
	readonly webhookIds: readonly string[];
}

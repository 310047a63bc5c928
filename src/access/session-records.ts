/** What is kept of sessions and one-time links: by the hash of their secret, which only the cookie or the link has. */
import { type Collection, collection } from '../ports/documents.ts';

/** Whom it signs in, and what must still be so for that. */
export type SessionSubject =
	/** `proof`: made of the secret and the administrator's token, so that another token ends it, and the store alone tells nothing about either. */
	{ readonly kind: 'admin'; readonly proof: string } | { readonly kind: 'token'; readonly tokenId: string } | OperatorSubject;

export interface OperatorSubject {
	readonly kind: 'operator';
	readonly accountId: string;
	readonly operatorId: string;
	readonly generation: number;
	/** The e-mail or login, as it was written, of who signed in by password. */
	readonly name?: string;
}

export interface SessionRecord {
	readonly subject: SessionSubject;
	readonly expiresAt: number;
}

export interface LinkRecord extends SessionRecord {
	readonly usedAt?: number;
}

/** `at` is when it was last used, as far as that was noted. Hangs on whom it signs in. */
export const SESSIONS: Collection<SessionRecord> = collection<SessionRecord>('sessions');
/** `at` is when it was made. A used one stays until it is too old, so that it is used once. */
export const LINKS: Collection<LinkRecord> = collection<LinkRecord>('session-links');

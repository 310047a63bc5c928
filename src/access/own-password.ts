/** An operator changes their own password, in a session that they began with it. */
import { type Fault, RecadoError } from '../errors.ts';
import type { Directory } from '../messaging/directory-services.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Store } from '../ports/store.ts';
import type { Staff } from '../service-desk/staff-services.ts';
import { placeOf, triedAt } from './familiar-places.ts';
import type { PasswordChange } from './services.ts';
import { type OperatorSubject, SESSIONS, type SessionRecord } from './session-records.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export interface OwnPasswordParts {
	readonly store: Pick<Store, 'documents'>;
	readonly staff: Pick<Staff, 'hasPassword'>;
	readonly directory: Pick<Directory, 'updateOperator'>;
	readonly admin: { of(text: string): string };
	/** Those of signing in: whoever sits at somebody's open page guesses no more often than anybody else. */
	readonly limits: SignInLimits;
}

export interface OwnPasswordWish {
	readonly sessionId: string;
	readonly change: PasswordChange;
	/** Where the request came from. */
	readonly address: string;
}

const WRONG: Fault = { path: 'currentPassword', en: 'is not your current password', pt: 'não é a sua senha atual' };

/**
 * The session goes on with the generation that begins with the new password, in the commit that ends all others.
 * Throws unauthorized, session_without_password, sign_in_limited, password_wrong, conflict.
 */
export async function changeOwnPassword(parts: OwnPasswordParts, { sessionId, change, address }: OwnPasswordWish): Promise<void> {
	const { store, staff, directory, admin, limits } = parts;
	const { subject } = (await standingSession(parts, sessionId)).value;
	if (subject.kind !== 'operator' || subject.name === undefined) throw new RecadoError('session_without_password');
	const giveBack = limits.take(address, await triedAt(store.documents, placeOf(admin, subject.name, address)));
	if (!(await staff.hasPassword(subject, change.current))) throw new RecadoError('password_wrong', { faults: [WRONG] });
	giveBack();
	const { accountId, operatorId } = subject;
	await directory.updateOperator(accountId, operatorId, { password: change.next }, async (generation) => {
		const session = await standingSession(parts, sessionId);
		// The password that was right is not that of now: somebody else was quicker.
		if (generation !== subject.generation + 1) throw new RecadoError('conflict');
		const next: OperatorSubject = { ...subject, generation };
		return [SESSIONS.put({ ...session, value: { ...session.value, subject: next } }, session.version)];
	});
}

/** Throws unauthorized where somebody has signed out of it. */
async function standingSession({ store }: OwnPasswordParts, id: string): Promise<StoredDocument<SessionRecord>> {
	const session = await SESSIONS.get(store.documents, id);
	if (!session) throw new RecadoError('unauthorized');
	return session;
}

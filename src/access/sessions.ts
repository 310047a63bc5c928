/**
 * Sessions: what a browser has instead of a token. A random secret in a cookie, of which the hash is kept, stands for the administrator, an API token or an
 * operator, and ends with what it stands for: each request asks. What is known of one is remembered for a second, so that a page with many requests costs one look.
 */
import { RecadoError } from '../errors.ts';
import { commitChanges } from '../messaging/commit.ts';
import type { Directory } from '../messaging/directory-services.ts';
import { nameKey } from '../messaging/operator-profiles.ts';
import type { Idempotency } from '../messaging/services.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Credential } from '../ports/dialect.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { HashToken, Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { Staff, StaffMember } from '../service-desk/staff-services.ts';
import { placeOf, remember, triedAt } from './familiar-places.ts';
import { changeOwnPassword } from './own-password.ts';
import type { ApiTokens, PasswordChange, Session, SessionLink, Sessions, SignInOutcome, SignInWish } from './services.ts';
import { LINKS, type OperatorSubject, SESSIONS, type SessionRecord, type SessionSubject } from './session-records.ts';
import { SignInLimits } from './sign-in-limits.ts';

export interface SessionOptions {
	readonly sessionMs: number;
	/** Without a request. */
	readonly sessionIdleMs: number;
}

export interface AdminProof {
	isToken(token: string): boolean;
	/** The same for the same secret, while the administrator's token is the same. */
	of(secret: string): string;
}

export interface SessionParts {
	readonly store: Pick<Store, 'documents'> & { readonly accounts: Pick<Store['accounts'], 'account'> };
	readonly tokens: ApiTokens;
	readonly staff: Pick<Staff, 'standing' | 'whoFits' | 'byEmail' | 'hasPassword'>;
	readonly directory: Pick<Directory, 'updateOperator'>;
	readonly admin: AdminProof;
	readonly outbox: Outbox;
	readonly observer: Pick<Observer, 'background'>;
	readonly hash: HashToken;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly options: SessionOptions;
}

/** How long a one-time link waits to be opened. */
export const LINK_MS: number = 10 * 60_000;
/** So long a process goes by what it knows of a session: another one may have ended it. */
const KNOWN_MS = 1_000;
/** Beyond that many sessions what is known of them begins anew. */
const KNOWN_MAX = 10_000;
/** A use is noted this often, so that being idle is known to the minute. */
const USE_NOTED_MS = 60_000;

const SECRET = /^[\w-]{43}$/;
const ADMIN: Credential = { kind: 'admin', id: 'admin' };

/** A session as it was read, and who its operator was then. */
interface Standing {
	readonly kept: StoredDocument<SessionRecord>;
	readonly member: StaffMember | undefined;
}

interface Known {
	readonly standing: Promise<Standing | undefined>;
	readonly readAt: number;
	isNoted: boolean;
}

/** A sign-in that is right: what it makes, and what is to be committed with that. */
interface Entry {
	readonly subjectFor: (secret: string) => SessionSubject;
	readonly credential: Credential;
	readonly changes: readonly Change[];
}

type Found =
	| Entry
	| { readonly refused: readonly string[] }
	/** All that was asked for is right for each of them. */
	| { readonly several: readonly StaffMember[] };

export class SessionService implements Sessions {
	readonly #parts: SessionParts;
	readonly #limits: SignInLimits;
	readonly #known: Map<string, Known> = new Map();

	constructor(parts: SessionParts) {
		this.#parts = parts;
		this.#limits = new SignInLimits(parts.clock);
	}

	async signIn(wish: SignInWish, address: string): Promise<SignInOutcome> {
		const { ids, clock, outbox, options, admin, store } = this.#parts;
		const place = wish.way === 'password' ? placeOf(admin, wish.name, address) : undefined;
		const giveBack = this.#limits.take(address, place && (await triedAt(store.documents, place)));
		const found = await this.#entryOf(wish);
		if ('refused' in found) return { kind: 'refused', operatorIds: found.refused };
		if ('several' in found) {
			giveBack();
			throw await this.#ambiguous(found.several);
		}
		const secret = ids.nextToken();
		const subject = found.subjectFor(secret);
		const now = clock.now();
		const { id: parentId, accountId = '' } = found.credential;
		const value = { subject, expiresAt: now + options.sessionMs };
		const put = SESSIONS.put({ id: this.#idOf(secret), accountId, parentId, at: now, value }, 0);
		const familiar = place ? [remember(place, { accountId, parentId }, now)] : [];
		// Of two who open one link the later finds it used.
		if (await outbox.commit({ changes: [...found.changes, put, ...familiar], events: [] })) return { kind: 'refused', operatorIds: [] };
		giveBack();
		return { kind: 'signed-in', secret, session: this.#sessionOf(secret, value, found.credential) };
	}

	session(secret: string): Promise<Session | undefined> {
		return this.#look(secret, true);
	}

	peek(secret: string): Promise<Session | undefined> {
		return this.#look(secret, false);
	}

	async signOut(secret: string): Promise<void> {
		if (!SECRET.test(secret)) return;
		const id = this.#idOf(secret);
		await commitChanges(this.#parts, [SESSIONS.delete(id)]);
		this.#known.delete(id);
	}

	async changePassword(secret: string, change: PasswordChange, address: string): Promise<void> {
		if (!(await this.#look(secret, true))) throw new RecadoError('unauthorized');
		await changeOwnPassword({ ...this.#parts, limits: this.#limits }, { sessionId: this.#idOf(secret), change, address });
		// Of this session and those that end with it something else is true now.
		this.#known.clear();
	}

	async createLink(by: Credential | undefined, idempotency?: Idempotency<SessionLink>): Promise<SessionLink> {
		const { ids, clock } = this.#parts;
		if (by?.kind === 'operator') throw new RecadoError('forbidden');
		const code = ids.nextToken();
		const now = clock.now();
		const subject = by === undefined ? this.#adminFor(code) : tokenFor(by);
		const link = { code, expiresAt: now + LINK_MS };
		const value = { subject, expiresAt: link.expiresAt };
		const put = LINKS.put({ id: this.#idOf(code), accountId: by?.accountId ?? '', parentId: by?.id ?? ADMIN.id, at: now, value }, 0);
		await commitChanges(this.#parts, [put], { idempotency, result: link });
		return link;
	}

	async #entryOf(wish: SignInWish): Promise<Found> {
		switch (wish.way) {
			case 'token':
				return this.#byToken(wish.token);
			case 'password':
				return this.#byPassword(wish);
			case 'code':
				return this.#byCode(wish.code);
			case 'oidc':
				if (wish.isAdmin) return this.#asAdmin();
				return this.#as(await this.#parts.staff.byEmail(wish.email, wish.accountId), []);
		}
	}

	async #byToken(token: string): Promise<Found> {
		const { admin, tokens } = this.#parts;
		if (admin.isToken(token)) return this.#asAdmin();
		const credential = await tokens.credentialOf(token);
		return credential ? { subjectFor: () => tokenFor(credential), credential, changes: [] } : { refused: [] };
	}

	#asAdmin(): Entry {
		return { subjectFor: (secret) => this.#adminFor(secret), credential: ADMIN, changes: [] };
	}

	async #byPassword({ name, password, accountId }: Extract<SignInWish, { way: 'password' }>): Promise<Found> {
		const { operatorIds, fitting } = await this.#parts.staff.whoFits(name, password, accountId);
		// A login is of one operator in an account; an e-mail may be of several.
		const byLogin = fitting.filter(({ login }) => login !== undefined && nameKey(login) === nameKey(name));
		return this.#as(byLogin.length > 0 ? byLogin : fitting, operatorIds, { name });
	}

	/**
	 * The only one of these.
	 * @param operatorIds whom it is told of where there is none.
	 */
	#as(members: readonly StaffMember[], operatorIds: readonly string[], by: Pick<OperatorSubject, 'name'> = {}): Found {
		const [member, ...others] = members;
		if (!member) return { refused: operatorIds };
		if (others.length > 0) return { several: members };
		const { operator, tokenGeneration: generation } = member;
		const subject: OperatorSubject = { kind: 'operator', accountId: operator.accountId, operatorId: operator.id, generation, ...by };
		return { subjectFor: () => subject, credential: operatorCredential(member), changes: [] };
	}

	/** Names are told as well as ids: who has the password of an operator may read the name of their account. */
	async #ambiguous(members: readonly StaffMember[]): Promise<RecadoError> {
		const { accounts } = this.#parts.store;
		const ids = [...new Set(members.map(({ operator }) => operator.accountId))];
		const found = (await Promise.all(ids.map((id) => accounts.account(id)))).flatMap((one) => (one ? { id: one.id, name: one.name } : []));
		const told = found.map(({ id, name }) => `${name}: ${id}`).join(', ');
		return new RecadoError('sign_in_ambiguous', { details: { accounts: told }, accounts: found });
	}

	async #byCode(code: string): Promise<Found> {
		const { store, clock } = this.#parts;
		const link = SECRET.test(code) ? await LINKS.get(store.documents, this.#idOf(code)) : undefined;
		if (!link || link.value.usedAt !== undefined || link.value.expiresAt <= clock.now()) return { refused: [] };
		const { subject } = link.value;
		const credential = await this.#credentialOf(code, subject, undefined);
		if (!credential) return { refused: [] };
		const used = LINKS.put({ ...link, value: { ...link.value, usedAt: clock.now() } }, link.version);
		const subjectFor = (secret: string): SessionSubject => (subject.kind === 'admin' ? this.#adminFor(secret) : subject);
		return { subjectFor, credential, changes: [used] };
	}

	async #look(secret: string, isUse: boolean): Promise<Session | undefined> {
		if (!SECRET.test(secret)) return undefined;
		const { clock, options } = this.#parts;
		const id = this.#idOf(secret);
		const known = this.#know(id);
		const standing = await known.standing;
		// A session that is not there is not remembered: anybody can ask for such.
		if (!standing) this.#forget(id, known);
		if (!standing) return undefined;
		const { kept, member } = standing;
		const now = clock.now();
		if (kept.value.expiresAt <= now || kept.at + options.sessionIdleMs <= now) return undefined;
		const credential = await this.#credentialOf(secret, kept.value.subject, member);
		if (!credential) return undefined;
		if (isUse) await this.#noteUse(id, known, kept);
		return this.#sessionOf(secret, kept.value, credential);
	}

	/** What is remembered is the look, not what it found: one that began before a sign-out is forgotten with it. */
	#know(id: string): Known {
		const readAt = this.#parts.clock.now();
		const there = this.#known.get(id);
		if (there && readAt - there.readAt < KNOWN_MS) return there;
		if (this.#known.size >= KNOWN_MAX) this.#known.clear();
		const known: Known = { standing: this.#read(id), readAt, isNoted: false };
		this.#known.set(id, known);
		known.standing.catch(() => this.#forget(id, known));
		return known;
	}

	#forget(id: string, known: Known): void {
		if (this.#known.get(id) === known) this.#known.delete(id);
	}

	/** @param tried a generation that had ended: in the session in which an operator changes their password the next one may have begun since it was read. */
	async #read(id: string, tried?: number): Promise<Standing | undefined> {
		const { store, staff } = this.#parts;
		const kept = await SESSIONS.get(store.documents, id);
		if (!kept) return undefined;
		const { subject } = kept.value;
		if (subject.kind !== 'operator') return { kept, member: undefined };
		const member = await staff.standing(subject);
		return member || subject.generation === tried ? { kept, member } : this.#read(id, subject.generation);
	}

	/** @param member who its operator is; undefined where they are not any more. Undefined where what it rests on has ended. */
	async #credentialOf(secret: string, subject: SessionSubject, member: StaffMember | undefined): Promise<Credential | undefined> {
		switch (subject.kind) {
			case 'admin':
				return this.#parts.admin.of(secret) === subject.proof ? ADMIN : undefined;
			case 'token':
				return this.#parts.tokens.credentialById(subject.tokenId);
			case 'operator':
				return member && operatorCredential(member);
		}
	}

	/** Where another process noted it, or the session was ended meanwhile, nothing is written; whether it can be changes nothing for the request. */
	async #noteUse(id: string, known: Known, kept: StoredDocument<SessionRecord>): Promise<void> {
		const { outbox, clock, observer } = this.#parts;
		const at = clock.now();
		if (known.isNoted || at - kept.at < USE_NOTED_MS) return;
		known.isNoted = true;
		const put = SESSIONS.put({ ...kept, at }, kept.version);
		try {
			await outbox.commit({ changes: [put], events: [] });
			this.#forget(id, known);
		} catch (error) {
			observer.background('sessions.use', error);
		}
	}

	#sessionOf(secret: string, { expiresAt, subject }: SessionRecord, credential: Credential): Session {
		const isByPassword = subject.kind === 'operator' && subject.name !== undefined;
		return { credential, csrf: this.#parts.hash(`csrf ${secret}`), expiresAt, isByPassword };
	}

	#adminFor(secret: string): SessionSubject {
		return { kind: 'admin', proof: this.#parts.admin.of(secret) };
	}

	#idOf(secret: string): string {
		return this.#parts.hash(secret);
	}
}

function tokenFor({ id }: Credential): SessionSubject {
	return { kind: 'token', tokenId: id };
}

function operatorCredential({ operator: { id, name, accountId }, role }: StaffMember): Credential {
	return { kind: 'operator', id, name, accountId, role };
}

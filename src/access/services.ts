/**
 * Who may do what, and what is known of it: API tokens, partners with their accounts and subscriptions, the audit log, the personal data of contacts. The
 * services' shapes, apart from how they do it. All throw `RecadoError` with the codes named. Times are epoch milliseconds.
 */
import type { Account, Instance } from '../domain/account.ts';
import type { AccountCreated } from '../messaging/directory-services.ts';
import type { Idempotency } from '../messaging/services.ts';
import type { Credential, TokenScope } from '../ports/dialect.ts';
import type { Job } from '../ports/jobs.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { AboutContact } from '../ports/personal-data.ts';
import type { OpenId, OpenIdPerson } from './open-id.ts';

/** A token as it is told: never the token itself, which only its creation answers. */
export interface ApiToken {
	/** `tok_…` */
	readonly id: string;
	readonly name: string;
	/** The account whose things it may reach; undefined: those of all accounts (or, of a partner, its own ones). */
	readonly accountId?: string;
	/** Whose the accounts are that are made with it; tokens with `partner` or `integrator` have one. */
	readonly partnerId?: string;
	readonly scopes: readonly TokenScope[];
	/** Instead of the gateway's limit. */
	readonly requestsPerSecond?: number;
	readonly createdAt: number;
	/** Who made it: `admin`, or the id of a token. */
	readonly createdBy: string;
	readonly expiresAt?: number;
	readonly revokedAt?: number;
	/** Noted once a minute at most. */
	readonly lastUsedAt?: number;
}

export interface TokenWish {
	readonly name: string;
	readonly accountId?: string;
	/** A partner that has tokens already; undefined where its scopes ask for one: a new partner of the token's name. */
	readonly partnerId?: string;
	readonly scopes: readonly TokenScope[];
	readonly requestsPerSecond?: number;
	readonly expiresAt?: number;
	readonly createdBy: string;
}

export interface TokenCreated {
	readonly apiToken: ApiToken;
	/** Shown this once. */
	readonly token: string;
}

export interface ApiTokens {
	/** Throws not_there (account, partner) and invalid_request. */
	create(wish: TokenWish, idempotency?: Idempotency<TokenCreated>): Promise<TokenCreated>;
	/** It ends at once in this process, and within five seconds in the others. Again: as it is. Throws not_there. */
	revoke(id: string): Promise<ApiToken>;
	token(id: string): Promise<ApiToken | undefined>;
	/** Newest first. */
	list(filter: { readonly accountId?: string; readonly partnerId?: string }, page: PageRequest): Promise<Page<ApiToken>>;
	/** What a bearer of this token may do; undefined where it is none of ours, has expired or was revoked. Notes its use, later. */
	credentialOf(token: string): Promise<Credential | undefined>;
	/** The same of who proved some other way that they have the token with this id. */
	credentialById(id: string): Promise<Credential | undefined>;
}

/** Somebody who signed in: what they ask is asked by their credential. */
export interface Session {
	/** Of the administrator (`admin`), an API token or an operator, as it is now. */
	readonly credential: Credential;
	/** What requests that change something must carry, since a browser sends the cookie by itself. */
	readonly csrf: string;
	/** At the latest; it ends earlier with what it rests on, and where nobody uses it. */
	readonly expiresAt: number;
	/** An operator's, who signed in by password, and may change it. */
	readonly isByPassword: boolean;
}

/** Of who changes their own. */
export interface PasswordChange {
	readonly current: string;
	readonly next: string;
}

export type SignInWish =
	/** The administrator's token, or an API token. */
	| { readonly way: 'token'; readonly token: string }
	/** The e-mail or login of an operator; without an account it is looked for in all. */
	| { readonly way: 'password'; readonly name: string; readonly password: string; readonly accountId?: string }
	/** Of a one-time link. */
	| { readonly way: 'code'; readonly code: string }
	/** Of whom a provider of OpenID Connect says that it verified this e-mail. */
	| ({ readonly way: 'oidc' } & OpenIdPerson);

export type SignInOutcome =
	/** `secret` is for the cookie. It is kept as a hash. */
	| { readonly kind: 'signed-in'; readonly secret: string; readonly session: Session }
	/** `operatorIds`: whom the name is of. */
	| { readonly kind: 'refused'; readonly operatorIds: readonly string[] };

export interface SessionLink {
	/** Signs in once. */
	readonly code: string;
	readonly expiresAt: number;
}

export interface Sessions {
	/**
	 * @param address where the request came from: failures are counted by it, and by the name (apart from where that one signed in before).
	 * Throws sign_in_limited, and sign_in_ambiguous, with the accounts, where name and password are those of operators in several.
	 */
	signIn(wish: SignInWish, address: string): Promise<SignInOutcome>;
	/** Undefined where there is none, or where it ended, by itself or with what it rests on. Notes its use, once a minute. */
	session(secret: string): Promise<Session | undefined>;
	/** The same, and it is no use: who only watches is idle. */
	peek(secret: string): Promise<Session | undefined>;
	/** It ends at once in this process, and within a second in the others. */
	signOut(secret: string): Promise<void>;
	/**
	 * Changes the password of whose session it is. Their other sessions end, and their access tokens; this one goes on.
	 * @param address where the request came from: a wrong password counts as a failure to sign in, by the name that they signed in with.
	 * Throws unauthorized, session_without_password, sign_in_limited, password_wrong (with a fault of `currentPassword`), conflict.
	 */
	changePassword(secret: string, change: PasswordChange, address: string): Promise<void>;
	/** A code that signs in once as who makes it, undefined being the administrator. */
	createLink(by: Credential | undefined, idempotency?: Idempotency<SessionLink>): Promise<SessionLink>;
}

/** Whoever makes accounts through a partner API: of Z-API on demand, or as integrator of Plugchat. */
export interface Partner {
	/** `par_…` */
	readonly id: string;
	readonly name: string;
	readonly createdAt: number;
}

/** A partner that is asking, by one of its tokens: hand `credential` to the request (`request.credential`), and its id as the owner. */
export interface PartnerAsking extends Partner {
	readonly credential: Credential;
}

/** An account that belongs to a partner, with what the partner says of it. */
export interface PartnerAccount {
	readonly account: Account;
	readonly partnerId: string;
	/** The partner's own id of it. */
	readonly externalId?: string;
	readonly sessionName?: string;
	/** As the partner set it; true where it said nothing. */
	readonly active: boolean;
}

export interface PartnerAccountWish {
	readonly name: string;
	readonly externalId?: string;
	readonly sessionName?: string;
	/** Default: true. */
	readonly active?: boolean;
}

export interface PartnerAccountCreated extends AccountCreated {
	readonly owned: PartnerAccount;
}

export interface Partners {
	/** The partner (Z-API, on demand) whose token this is, bare; undefined where it is none, or lacks the scope `partner`. */
	partnerByToken(token: string): Promise<PartnerAsking | undefined>;
	/** The integrator (Plugchat) whose token this is, bare; undefined where it is none, or lacks the scope `integrator`. */
	integratorByToken(token: string): Promise<PartnerAsking | undefined>;
	/** An account that belongs to the partner, with its own tokens: one commit. */
	createAccount(
		partnerId: string,
		wish: PartnerAccountWish,
		idempotency?: Idempotency<PartnerAccountCreated>,
	): Promise<PartnerAccountCreated>;
	/** What is given is set. Throws not_there (account) where it is not this partner's. */
	updateAccount(partnerId: string, accountId: string, change: Partial<PartnerAccountWish>): Promise<PartnerAccount>;
	/** Undefined where it is not this partner's: others' accounts are not there for it. */
	account(partnerId: string, accountId: string): Promise<PartnerAccount | undefined>;
	/** Oldest first. */
	accounts(partnerId: string, page: PageRequest): Promise<Page<PartnerAccount>>;
	/** Of all accounts of the partner, oldest account first. */
	instances(partnerId: string): Promise<readonly Instance[]>;
	/** Undefined where its account is not this partner's. */
	instance(partnerId: string, instanceId: string): Promise<Instance | undefined>;
}

/** What somebody pays for: one of an account (Plugchat), one of each instance (Z-API). */
export interface Subscription {
	/** `sub_…` */
	readonly id: string;
	/** The id of the instance or account. */
	readonly subjectId: string;
	readonly accountId: string;
	/** `active` renews itself at `due`; `cancelled` holds until then. */
	readonly state: 'active' | 'cancelled';
	/** When it renews, or ends. */
	readonly due: number;
	readonly startedAt: number;
	readonly cancelledAt?: number;
	/** Operators paid for (Plugchat). */
	readonly quantity?: number;
	/** Calls are part of it (Z-API). */
	readonly withCalls?: boolean;
}

export interface SubscriptionWish {
	readonly quantity?: number;
	readonly withCalls?: boolean;
}

export interface Subscriptions {
	/** Undefined where nobody ever signed: nothing ends then. */
	subscription(subjectId: string): Promise<Subscription | undefined>;
	/** Signs, or takes back a cancellation, or changes what is given. `subject` is an instance or an account. */
	subscribe(subject: SubscriptionSubject, wish: SubscriptionWish): Promise<Subscription>;
	/** It holds until its `due`. Again: as it is. Throws subscription_missing. */
	cancel(subjectId: string): Promise<Subscription>;
	/** Throws subscription_over where it was cancelled and its time is over. Costs a map look-up, mostly; a change is seen within a minute. */
	requireRunning(subjectId: string): Promise<void>;
}

export interface SubscriptionSubject {
	readonly id: string;
	readonly accountId: string;
}

/** One thing that somebody did. Never secrets, never contents of messages. */
export interface AuditEntry {
	/** `aud_…` */
	readonly id: string;
	readonly at: number;
	/** Undefined where it concerns no account, or several. */
	readonly accountId?: string;
	readonly by: AuditActor;
	/** `POST` */
	readonly method: string;
	/** `/recado/v1/webhooks/:id`: of the route, not of the request, whose path may carry a token. */
	readonly route: string;
	readonly dialect: string;
	/** What its path named, tokens left out. */
	readonly ids: Readonly<Record<string, string>>;
	readonly status: number;
	/** Where it was refused. */
	readonly errorCode?: string;
	readonly requestId: string;
	/** Names of what the request's body gave. */
	readonly changed?: readonly string[];
	/** The settings that it changed, as the handler told them (`request.audited`). */
	readonly before?: unknown;
	readonly after?: unknown;
}

export interface AuditActor {
	/** `unknown`: who failed to sign in. */
	readonly kind: Credential['kind'] | 'unknown';
	/** Of the token, account, instance, application or operator; of the administrator: `admin`; of who failed to sign in: `unknown`. */
	readonly id: string;
	readonly name?: string;
}

export interface AuditFilter {
	readonly accountId?: string;
	readonly actorId?: string;
	readonly method?: string;
	readonly route?: string;
	/** Inclusive, exclusive. */
	readonly since?: number;
	readonly until?: number;
}

export interface Audit {
	/** Never waits and never fails: what the queue cannot take is counted and told in the log. */
	note(entry: Omit<AuditEntry, 'id' | 'at'>): void;
	/** Newest first. */
	list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}

export interface PersonalData {
	/** All that is kept about a contact, as pieces of one JSON text. Throws not_there (contact) before its first piece. */
	export(contactId: string): AsyncIterable<string>;
	/**
	 * A job that erases it. While one runs for the contact: that one. Throws not_there (contact), and personal_data_in_use where an attendance is open, a
	 * message is queued or a delivery about the contact is unsettled.
	 */
	erase(contactId: string): Promise<Job>;
	/** With its aliases and chats. Throws not_there (contact). */
	contact(contactId: string): Promise<AboutContact>;
	/** Media that an account uploaded, an hour ago or earlier, and that belong to no message. Answers how many links. Throws not_there (account). */
	deleteUploads(accountId: string): Promise<number>;
}

/** Which account something is of. */
export interface AccountsOfIds {
	/** Whether it is the id of something that is found by itself; what hangs on an account's path (departments, operators) is not. */
	isFindable(id: string): boolean;
	/** Undefined where it is not there, or of no account. */
	of(id: string): Promise<string | undefined>;
}

/** All of it, as the dialects get it. */
export interface Access {
	readonly accounts: AccountsOfIds;
	readonly tokens: ApiTokens;
	readonly sessions: Sessions;
	/** Undefined where no provider is configured. */
	readonly openId: OpenId | undefined;
	readonly partners: Partners;
	readonly subscriptions: Subscriptions;
	readonly audit: Audit;
	readonly personalData: PersonalData;
}

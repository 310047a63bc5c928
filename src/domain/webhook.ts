/** A webhook: an URL that wants certain events of an instance or an account, in one dialect. */
import type { AttemptErrorClass } from './attempt.ts';

export const DIALECT_NAMES: readonly ['recado', 'plugchat', 'z-api', 'instant-message'] = [
	'recado',
	'plugchat',
	'z-api',
	'instant-message',
];
export type DialectName = (typeof DIALECT_NAMES)[number];

/** How attempts are signed (Standard Webhooks): `v1` is HMAC-SHA256 with a shared secret, `v1a` is ed25519 with a key pair of ours. */
export const SIGNATURE_SCHEMES: readonly ['v1', 'v1a'] = ['v1', 'v1a'];
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number];

/** Which deliveries wait for each other. */
export type WebhookOrder = 'chat' | 'webhook' | 'none';

/**
 * What a webhook wants, by slot. A slot is what the dialect calls a kind of webhook (`sendingMessage`, `delivery`, ...; for our own dialect
 * the event types). Slots of one owner and dialect that point to the same URL are one webhook, so that what arrives there is ordered
 * across kinds.
 */
export type Subscriptions = Readonly<Record<string, Subscription>>;

export interface Subscription {
	/** The generation of the dialect it was registered through, where payloads differ by it (Plugchat `legacy`, `flat`, `app`). */
	readonly form?: string;
	/** Own messages are echoed too. */
	readonly sentByMe?: boolean;
}

export interface Webhook {
	/** `whk_…` */
	readonly id: string;
	readonly accountId: string;
	/** Undefined: all instances of the account. */
	readonly instanceId?: string;
	/** Instant Message: the application whose bodies these are. */
	readonly applicationId?: string;
	readonly dialect: DialectName;
	/** Registered through its dialect, where a slot has one URL, or by the management API, where as many as wanted may listen. */
	readonly origin: 'dialect' | 'management';
	readonly url: string;
	readonly subscriptions: Subscriptions;
	/** Sent with each attempt; never the reserved ones. Values are secrets and sealed. */
	readonly sealedHeaders?: string;
	/** Who we are to the receiver: the value of the `authorization` header, sealed. */
	readonly authorization?: { readonly scheme: 'basic' | 'bearer'; readonly sealed: string };
	readonly order: WebhookOrder;
	readonly enabled: boolean;
	/** Why it was disabled, for a person to read: `gone` after a 410, or what the person wrote who did it. */
	readonly disabledReason?: string;
	/** The signing secrets, sealed, newest first; the older ones sign too until `until`. */
	readonly secrets: readonly SealedSecret[];
	/** The key pairs of `v1a` (PKCS #8 and base64, sealed), as `secrets`; empty where it does not sign so. */
	readonly keyPairs: readonly SealedSecret[];
	/** What each attempt is signed with, `v1` first. */
	readonly signatures: readonly SignatureScheme[];
	/** The delays between attempts, milliseconds, the first one before the first attempt; undefined is the default schedule. */
	readonly scheduleMs?: readonly number[];
	/** A delivery that fails when it is older than this is dead; undefined is the default. */
	readonly patienceMs?: number;
	/** Attempts in flight at most; undefined is the default. */
	readonly concurrency?: number;
	/** Attempts begun in a second at most; undefined is as fast as they go. */
	readonly ratePerSecond?: number;
	/** Its circuit is open: kept, so that a restart does not spend attempts to find out again. */
	readonly failing?: WebhookFailing;
	/** It is being deleted: what waits is cancelled, or still delivered; then it is gone. It gets nothing new. */
	readonly ending?: WebhookEnding;
	readonly createdAt: number;
	readonly updatedAt: number;
}

export type WebhookEnding = 'cancel' | 'drain';

export interface WebhookFailing {
	readonly since: number;
	readonly errorClass: AttemptErrorClass;
}

export interface SealedSecret {
	readonly sealed: string;
	/** When it stops signing; undefined for the current one. */
	readonly until?: number;
}

/** Accounts and what belongs to them: instances, applications and the staff of the customer service. Times are epoch milliseconds. */

export interface Account {
	readonly id: string;
	readonly name: string;
	/** SHA-256, hex, of the Plugchat token, which acts on the account's first instance. */
	readonly tokenHash: string;
	/** SHA-256, hex, of the Z-API Client-Token. */
	readonly clientTokenHash: string;
	readonly clientTokenEnforced: boolean;
	readonly createdAt: number;
}

export type ChannelKind = 'simulator' | 'cloud-api' | 'whatsapp-web';

/** The random pause between two sends of one instance, in milliseconds. */
export interface Pacing {
	readonly minMs: number;
	readonly maxMs: number;
}

/**
 * An instance is `connected` or `disconnected`. It enters `connected` when its channel reports a session, and leaves it when the
 * channel reports the loss of the session (an event) or when a person disconnects it (no event: contracts, section d).
 * While disconnected its queue is kept; on connecting, the queue is worked off.
 */
export type ConnectionState = 'connected' | 'disconnected';

export interface Instance {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly channel: ChannelKind;
	/** Digits only. */
	readonly phone: string;
	/** SHA-256, hex, of the token in Z-API paths. */
	readonly tokenHash: string;
	readonly state: ConnectionState;
	readonly pacing: Pacing;
	readonly createdAt: number;
}

/** An instance seen through the Instant Message API. */
export interface Application {
	readonly id: string;
	readonly accountId: string;
	readonly instanceId: string;
	readonly name: string;
	/** The `jti` of the one JWT that is valid; another one revokes it. */
	readonly tokenId: string;
	readonly webhookId: string;
	readonly createdAt: number;
}

export interface Department {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly active: boolean;
	/** Chats fall back to it on `autoTransfer`; one a account, the first created unless changed. */
	readonly isDefault: boolean;
	readonly createdAt: number;
}

/** What an operator may see and do at the desk: everything; what is in their departments; what is theirs. */
export const OPERATOR_ROLES: readonly ['admin', 'supervisor', 'agent'] = ['admin', 'supervisor', 'agent'];
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

export interface Operator {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly active: boolean;
	readonly createdAt: number;
}

/**
 * A category of attendances. Where any category of the account has items, attendances are categorised with a list
 * (`attendanceCategories` of seed 002), otherwise with a single one (`attendanceCategory`).
 */
export interface Category {
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	readonly color: string;
	readonly items: readonly CategoryItem[];
	/** Used for an attendance closed without one; one a account, the first created unless changed. */
	readonly isDefault: boolean;
	readonly createdAt: number;
}

export interface CategoryItem {
	readonly id: string;
	readonly name: string;
}

/**
 * A dialect as the server mounts it: a plugin with its own routes, schemas and error form. Removing its folder and its line in `app.ts`
 * removes the dialect.
 */
import type { FastifyInstance } from 'fastify';
import type { OperatorRole } from '../domain/account.ts';
import type { RecadoError } from '../errors.ts';

export interface Dialect {
	readonly name: string;
	/** Path prefixes that are its own: an unknown path under them is answered in its error form. `/api`, `/instances`, ... */
	readonly prefixes: readonly string[];
	/**
	 * Adds its routes, with their full paths, to a scope of its own. The server has set up there: JSON bodies only (415 otherwise), validation by
	 * the routes' schemas with every fault named, 405 with `Allow` for the other methods of each path, `Idempotency-Key`, and error replies.
	 */
	register(scope: FastifyInstance): Promise<void> | void;
	/** The error in the dialect's own form. Status and headers (`Allow`, `Retry-After`) come from the error unless given here. */
	tellError(error: RecadoError, request: FailedRequest): ErrorReply;
}

export interface FailedRequest {
	readonly method: string;
	readonly path: string;
	readonly id: string;
	/** What its `Accept-Language` prefers of the two that errors are told in. */
	readonly language: 'en' | 'pt';
}

export interface ErrorReply {
	readonly status?: number;
	readonly contentType: string;
	readonly body: unknown;
}

/**
 * A request that may be repeated safely. A handler that creates hands it to the service, which commits the answer together with what it
 * created; the server has already answered where the key was known.
 */
export interface IdempotentRequest {
	readonly scope: string;
	readonly key: string;
	readonly fingerprint: string;
}

/**
 * What a token of ours may be for, a closed list. `admin` is all of our own API. `partner` opens the partner API of the Z-API dialect, `integrator` the one of
 * Plugchat's.
 */
export const TOKEN_SCOPES: readonly [
	'admin',
	'accounts:manage',
	'webhooks:manage',
	'messages:send',
	'messages:read',
	'attendances:manage',
	'personal-data:manage',
	'simulator:act',
	'partner',
	'integrator',
] = [
	'admin',
	'accounts:manage',
	'webhooks:manage',
	'messages:send',
	'messages:read',
	'attendances:manage',
	'personal-data:manage',
	'simulator:act',
	'partner',
	'integrator',
];
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** By what somebody asks: an account's token, an instance's, the JWT of an application or operator, the administrator's token, or an API token. */
export interface Credential {
	readonly kind: 'admin' | 'token' | 'account' | 'instance' | 'application' | 'operator';
	readonly id: string;
	readonly name?: string;
	/** The account whose things it may reach; undefined: of all. */
	readonly accountId?: string;
	/** Of operators. */
	readonly role?: OperatorRole;
	readonly partnerId?: string;
	/** Undefined: all of its dialect. */
	readonly scopes?: readonly TokenScope[];
	/** Instead of the gateway's limit. */
	readonly requestsPerSecond?: number;
}

export type OperatorsAdmitted = 'all' | 'admin';

/** What entries of the audit log say that was asked: `PATCH`, `/recado/v1/webhooks/:id`. */
export interface NotedRoute {
	readonly method: string;
	readonly route: string;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		/** A credential whose scopes lack it is refused (`scope_missing`), unless `admin` is among them. */
		readonly scope?: TokenScope;
		/** Whose token opens it: every operator's, or that of those whose role is admin. Missing: no operator's. */
		readonly operators?: OperatorsAdmitted;
		/** To a credential of one account it tells what is that account's, also where the request names nothing: such a request is not refused. */
		readonly tells?: 'own-account';
		/** Partners alone may ask for it. What it changes is in the audit log. */
		readonly isOfPartner?: true;
		/** Whoever asks is nobody yet: the handler itself tells the audit log, under this name. */
		readonly notedAs?: NotedRoute;
		/** The route's body may be missing, and the content type with it; its schema then takes null, too. */
		readonly isBodyOptional?: boolean;
	}
	interface FastifyInstance {
		/** All that can be in the audit log, of every dialect; known when all are mounted. */
		notedRoutes(): readonly NotedRoute[];
	}
	interface FastifyRequest {
		/** Set where the request carries an `Idempotency-Key`; the dialect's authentication must have set `owner` before. */
		idempotent: IdempotentRequest | undefined;
		/**
		 * Whose request this is, set by the dialect's authentication hook (`onRequest`): the account id (of Instant Message the application's, of Z-API the instance's), or
		 * `admin`. Scopes idempotency keys.
		 */
		owner: string;
		/** By what it was asked, set by the dialect's authentication hook. */
		credential: Credential | undefined;
		/** What a handler tells the audit log of the settings that it changed: no secrets, no contents of messages. */
		audited: { readonly before?: unknown; readonly after?: unknown } | undefined;
	}
}

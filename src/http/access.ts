/**
 * What the house asks of each request that a dialect has authenticated, before its body is read: the scope that its route names, and the rate of its credential.
 * And what it notes of each that changed something.
 */
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { RecadoError } from '../errors.ts';
import type { Credential, NotedRoute } from '../ports/dialect.ts';
import type { RateLimits } from './rate-limits.ts';

export interface AccessParts {
	readonly rates: RateLimits;
	readonly audit: AuditSink;
}

/** Takes what happened, without waiting. */
export interface AuditSink {
	note(entry: AuditNote): void;
}

export interface AuditNote {
	readonly accountId?: string;
	readonly by: { readonly kind: Credential['kind']; readonly id: string; readonly name?: string };
	readonly method: string;
	readonly route: string;
	readonly dialect: string;
	readonly ids: Readonly<Record<string, string>>;
	readonly status: number;
	readonly errorCode?: string;
	readonly requestId: string;
	readonly changed?: readonly string[];
	readonly before?: unknown;
	readonly after?: unknown;
}

export function guardAccess(app: FastifyInstance, { rates, audit }: AccessParts, dialectOf: (request: FastifyRequest) => string): void {
	app.decorateRequest('credential', undefined);
	app.decorateRequest('audited', undefined);
	tellNotedRoutes(app);
	// After every onRequest hook, so that the dialect has said who asks.
	app.addHook('preParsing', (request, _reply, _payload, done) => {
		const { credential, owner } = request;
		if (owner === '') return done();
		try {
			requireScope(credential, request);
			// The administrator is never shut out.
			if (owner !== 'admin') rates.take(credential?.id ?? owner, credential?.requestsPerSecond);
			done();
		} catch (error) {
			done(error as Error);
		}
	});
	app.addHook('onResponse', (request, reply, done) => {
		if (isNoted(request)) audit.note(noteOf(request, reply, dialectOf(request)));
		done();
	});
}

/** Throws scope_missing. */
function requireScope(credential: Credential | undefined, request: FastifyRequest): void {
	if (credential?.scopes === undefined) return;
	const { scope } = request.routeOptions.config;
	if (scope === undefined) return;
	if (credential.scopes.includes('admin') || credential.scopes.includes(scope)) return;
	throw new RecadoError('scope_missing', { details: { scope } });
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Webhook configuration in the dialects of others. */
const CONFIGURING = /\/update-(?:every-)?webhooks?|\/update-notify-sent-by-me/;

function isNoted(request: FastifyRequest): boolean {
	if (request.owner === '' || READING.has(request.method)) return false;
	const { url = '', config } = request.routeOptions;
	return manages(url, config);
}

/** What manages changes something and is no traffic: messages and what simulated phones do are kept as what they are. */
function manages(route: string, { scope, isOfPartner }: FastifyContextConfig): boolean {
	if (scope !== undefined) return scope !== 'messages:send' && scope !== 'simulator:act';
	return isOfPartner === true || CONFIGURING.test(route);
}

/** What is told of a route is complete when all of them are there: the hooks of its dialect come after this one. */
function tellNotedRoutes(app: FastifyInstance): void {
	const routes: RouteOptions[] = [];
	app.addHook('onRoute', (route) => void routes.push(route));
	app.decorate('notedRoutes', () => routes.flatMap(notesOf));
}

function notesOf({ method, url, config = {} }: RouteOptions): readonly NotedRoute[] {
	// Beside each route that reads is one that tells its head alone.
	if (method === 'HEAD') return [];
	if (config.notedAs) return [config.notedAs];
	if (!manages(url, config)) return [];
	return [method].flat().flatMap((one) => (READING.has(one) ? [] : [{ method: one, route: url }]));
}

function noteOf(request: FastifyRequest, reply: FastifyReply, dialect: string): AuditNote {
	const { credential, owner, audited, errorCode } = request;
	const ids = idsOf(request.params);
	const changed = keysOf(request.body);
	const accountId = credential?.accountId ?? accountNamed(request.body) ?? accountIn(ids) ?? (owner.startsWith('acc_') ? owner : undefined);
	return {
		...(accountId === undefined ? {} : { accountId }),
		by: actorOf(credential, owner),
		method: request.method,
		route: request.routeOptions.url ?? '',
		dialect,
		ids: owner.startsWith('ins_') ? { ...ids, instanceId: owner } : ids,
		status: reply.statusCode,
		requestId: request.id,
		...(errorCode === undefined ? {} : { errorCode }),
		...(changed.length === 0 ? {} : { changed }),
		...audited,
	};
}

const KINDS: Readonly<Record<string, Credential['kind']>> = { acc: 'account', ins: 'instance', app: 'application', opr: 'operator' };

function actorOf(credential: Credential | undefined, owner: string): AuditNote['by'] {
	if (!credential) return { kind: KINDS[owner.slice(0, 3)] ?? 'admin', id: owner };
	const { kind, id, name } = credential;
	return { kind, id, ...(name === undefined ? {} : { name }) };
}

/** Ids of ours alone: paths carry tokens and phone numbers, too. */
const OURS = /^[a-z]{3}_[0-9a-f]{32}$/;

function idsOf(params: unknown): Record<string, string> {
	const found = Object.entries(params ?? {}).filter(([, value]) => typeof value === 'string' && OURS.test(value));
	return Object.fromEntries(found);
}

/** Names of what a body gave: which settings, not to what. */
const KEYS_MAX = 30;
/** A key that somebody made up may say anything. */
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

function keysOf(body: unknown): readonly string[] {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
	return Object.keys(body)
		.filter((key) => KEY.test(key))
		.slice(0, KEYS_MAX);
}

/** By the name that says so alone: whatever else a body gives may look like an account of somebody else's. */
function accountNamed(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || !('accountId' in body)) return undefined;
	return accountIn({ accountId: String(body.accountId) });
}

function accountIn(ids: Readonly<Record<string, string>>): string | undefined {
	return Object.values(ids).find((id) => id.startsWith('acc_') && OURS.test(id));
}

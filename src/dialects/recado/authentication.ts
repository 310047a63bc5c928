/**
 * Who calls: the administrator, the bearer of an API token or of an operator's, or the session of one of them. A token of one account reaches what is that account's: each id that its request names is looked
 * up, and a request that names none is refused, so that no list and no route can forget to ask. What a route does not know counts for nothing: an id in a
 * query that nobody reads would open whatever the route does without it.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, AccountsOfIds, Session } from '../../access/services.ts';
import { RecadoError } from '../../errors.ts';
import type { Credential, TokenScope } from '../../ports/dialect.ts';
import type { ServiceDesk } from '../../service-desk/services.ts';
import { requireOwnPage, secretOf } from './session-cookie.ts';

export interface AuthenticationParts {
	/** Whether an `Authorization` header is the administrator's. */
	readonly isAdmin: (authorization: string | undefined) => boolean;
	readonly access: Pick<Access, 'accounts' | 'tokens' | 'sessions'>;
	readonly serviceDesk: { readonly staff: Pick<ServiceDesk['staff'], 'byToken'> };
	readonly publicUrl: () => string;
}

export function authenticate(scope: FastifyInstance, parts: AuthenticationParts): void {
	const { isAdmin, access } = parts;
	scope.addHook('onRequest', (request, _reply, done) => {
		if (isAdmin(request.headers.authorization)) {
			request.owner = 'admin';
			done();
		} else takeCredential(request, parts).then(() => done(), done);
	});
	scope.addHook('preHandler', (request, _reply, done) => {
		const accountId = request.credential?.accountId;
		if (accountId === undefined) done();
		else confine(request, accountId, access.accounts).then(() => done(), done);
	});
}

/** Whether who asked is still let in: of what stays open for long. It is no use of a session. */
export async function stillStands(request: FastifyRequest, parts: AuthenticationParts): Promise<boolean> {
	if (parts.isAdmin(request.headers.authorization)) return true;
	return (await credentialOf(request, parts, (secret) => parts.access.sessions.peek(secret))) !== undefined;
}

/** Throws unauthorized, csrf_missing, cross_site_refused, and forbidden for what is not open to an operator. */
async function takeCredential(request: FastifyRequest, parts: AuthenticationParts): Promise<void> {
	const credential = await credentialOf(request, parts, async (secret) => {
		const session = await parts.access.sessions.session(secret);
		if (session) requireOwnPage(request, session.csrf);
		return session;
	});
	if (!credential) throw new RecadoError('unauthorized');
	request.owner = credential.id;
	if (credential.kind === 'admin') return;
	request.credential = credential;
	const { operators } = request.routeOptions.config;
	if (credential.kind !== 'operator' || operators === 'all' || (operators === 'admin' && credential.role === 'admin')) return;
	throw new RecadoError('forbidden');
}

type SessionOfSecret = (secret: string) => Promise<Session | undefined>;

/** A header counts alone, whatever cookie a browser sends along: it is somebody's will. */
async function credentialOf(
	request: FastifyRequest,
	{ access, serviceDesk, publicUrl }: AuthenticationParts,
	sessionOf: SessionOfSecret,
): Promise<Credential | undefined> {
	const { authorization } = request.headers;
	if (authorization === undefined) {
		const secret = secretOf({ request, publicUrl: publicUrl() });
		return secret === undefined ? undefined : (await sessionOf(secret))?.credential;
	}
	const [, token] = /^Bearer +(\S+)\s*$/i.exec(authorization) ?? [];
	if (token === undefined) return undefined;
	const credential = await access.tokens.credentialOf(token);
	if (credential) return credential;
	const member = await serviceDesk.staff.byToken(token);
	if (!member) return undefined;
	const { id, name, accountId } = member.operator;
	return { kind: 'operator', id, name, accountId, role: member.role };
}

/** Throws not_found for what is another account's, account_unnamed where nothing is named and the route does not narrow what it tells by itself. */
async function confine(request: FastifyRequest, accountId: string, accounts: AccountsOfIds): Promise<void> {
	const { querystring, body } = request.routeOptions.schema ?? {};
	const named = [...idsIn(request.params), ...idsIn(request.query, namesIn(querystring)), ...idsIn(request.body, namesIn(body))];
	const ids = named.filter((id) => accounts.isFindable(id));
	if (ids.length === 0 && request.routeOptions.config.tells !== 'own-account') throw new RecadoError('account_unnamed');
	for (const id of ids) if ((await accounts.of(id)) !== accountId) throw new RecadoError('not_found');
}

/** The values of `id`, `…Id` and `…Ids`, where the name is one of these; all if missing. */
function idsIn(given: unknown, names?: ReadonlySet<string>): readonly string[] {
	if (typeof given !== 'object' || given === null) return [];
	return Object.entries(given).flatMap(([key, value]: readonly [string, unknown]) =>
		/^id$|Ids?$/.test(key) && names?.has(key) !== false ? [value].flat().filter((id): id is string => typeof id === 'string') : [],
	);
}

/** JSON Schema, as far as the routes' own go. */
interface Composed {
	readonly properties?: object;
	readonly allOf?: readonly unknown[];
	readonly anyOf?: readonly unknown[];
}

/** The names that a schema knows. */
function namesIn(schema: unknown): ReadonlySet<string> {
	if (typeof schema !== 'object' || schema === null) return new Set();
	const { properties = {}, allOf = [], anyOf = [] }: Composed = schema;
	return new Set([...Object.keys(properties), ...[...allOf, ...anyOf].flatMap((part) => [...namesIn(part)])]);
}

/** What a route of a resource asks of a token, by what it does; a route may say otherwise itself. */
export type ScopeOf = (method: string) => TokenScope;

export function alwaysOf(scope: TokenScope): ScopeOf {
	return () => scope;
}

export const ofMessages: ScopeOf = (method) => (method === 'GET' || method === 'HEAD' ? 'messages:read' : 'messages:send');

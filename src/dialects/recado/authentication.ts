/**
 * Who calls: the administrator, or the bearer of an API token or of an operator's. A token of one account reaches what is that account's: each id that its request names is looked
 * up, and a request that names none is refused, so that no list and no route can forget to ask. What a route does not know counts for nothing: an id in a
 * query that nobody reads would open whatever the route does without it.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, AccountsOfIds } from '../../access/services.ts';
import { RecadoError } from '../../errors.ts';
import type { TokenScope } from '../../ports/dialect.ts';
import type { ServiceDesk } from '../../service-desk/services.ts';

export interface AuthenticationParts {
	/** Whether an `Authorization` header is the administrator's. */
	readonly isAdmin: (authorization: string | undefined) => boolean;
	readonly access: Pick<Access, 'accounts' | 'tokens'>;
	readonly serviceDesk: { readonly staff: Pick<ServiceDesk['staff'], 'byToken'> };
}

export function authenticate(scope: FastifyInstance, parts: AuthenticationParts): void {
	const { isAdmin, access } = parts;
	scope.addHook('onRequest', (request, _reply, done) => {
		if (isAdmin(request.headers.authorization)) {
			request.owner = 'admin';
			done();
		} else takeToken(request, parts).then(() => done(), done);
	});
	scope.addHook('preHandler', (request, _reply, done) => {
		const accountId = request.credential?.accountId;
		if (accountId === undefined) done();
		else confine(request, accountId, access.accounts).then(() => done(), done);
	});
}

/** Throws unauthorized, and forbidden for what an operator's token does not open. */
async function takeToken(request: FastifyRequest, { access, serviceDesk }: AuthenticationParts): Promise<void> {
	const [, token] = /^Bearer +(\S+)\s*$/i.exec(request.headers.authorization ?? '') ?? [];
	if (token === undefined) throw new RecadoError('unauthorized');
	const credential = await access.tokens.credentialOf(token);
	if (credential) {
		request.owner = credential.id;
		request.credential = credential;
		return;
	}
	const member = await serviceDesk.staff.byToken(token);
	if (!member) throw new RecadoError('unauthorized');
	const { id, name, accountId } = member.operator;
	request.owner = id;
	request.credential = { kind: 'operator', id, name, accountId };
	const { operators } = request.routeOptions.config;
	if (operators !== 'all' && !(operators === 'admin' && member.role === 'admin')) throw new RecadoError('forbidden');
}

/** Throws not_found for what is another account's, account_unnamed where nothing is named. */
async function confine(request: FastifyRequest, accountId: string, accounts: AccountsOfIds): Promise<void> {
	const { querystring, body } = request.routeOptions.schema ?? {};
	const named = [...idsIn(request.params), ...idsIn(request.query, namesIn(querystring)), ...idsIn(request.body, namesIn(body))];
	const ids = named.filter((id) => accounts.isFindable(id));
	if (ids.length === 0) throw new RecadoError('account_unnamed');
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

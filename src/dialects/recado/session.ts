/** Sessions of the console: signing in and out, who one is, and links that sign in once. Whoever is about to sign in is nobody yet: these routes ask by themselves. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AuditActor, Session, SessionLink, SignInWish } from '../../access/services.ts';
import { RecadoError } from '../../errors.ts';
import { createOnce, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { faulty, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { cookieOf, refuseCrossSite, requireOwnPage, secretOf } from './session-cookie.ts';
import { sessionLinkView, sessionView } from './views/session.ts';

const tags = ['Session'];
export const SESSION: string = `${ROOT}/session`;
export const WORD_LENGTH_MAX = 200;
const TOKEN_LENGTH_MAX = 1_000;

const Word = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: WORD_LENGTH_MAX, description }));

const SignInBody = Type.Object(
	{
		token: Type.Optional(
			Type.String({ minLength: 1, maxLength: TOKEN_LENGTH_MAX, description: "The administrator's token, or an API token" }),
		),
		email: Word('The e-mail or login of an operator'),
		password: Word('Theirs'),
		accountId: Word('Of which account, where operators of several have that e-mail and password'),
		code: Word('Of a one-time link'),
	},
	strict,
);

export function sessionRoutes(scope: Scope, deps: RecadoDeps): void {
	signingIn(scope, deps);
	signingOut(scope, deps);
	scope.get(
		SESSION,
		{ schema: { tags, summary: 'Show who is signed in', security: [{ session: [] }], response: replies({ 200: ref('Session') }) } },
		async (request) => sessionView(await sessionOf(request, deps), deps.fileBytesMax),
	);
}

function signingIn(scope: Scope, deps: RecadoDeps): void {
	scope.post(
		SESSION,
		{
			config: { notedAs: { method: 'POST', route: SESSION } },
			schema: {
				tags,
				summary: 'Sign in',
				description:
					'With `token`, with `email` and `password`, or with `code`. The answer sets the cookie `recado_session` (over https `__Host-recado_session`): requests with it are those of who signed in. What changes something must carry `X-Recado-CSRF` with `csrf`, then. A request with an `Authorization` header goes by that alone. Where `email` and `password` are those of operators in several accounts, 409 `sign_in_ambiguous` has those `accounts`: the same with `accountId` signs in.',
				body: SignInBody,
				security: [],
				response: replies({ 201: ref('Session') }),
			},
		},
		async (request, reply) => {
			refuseCrossSite(request);
			const session = await enter(deps, request, reply, wishOf(request.body));
			if (!session) throw new RecadoError('unauthorized');
			return reply.code(201).send(sessionView(session, deps.fileBytesMax));
		},
	);
}

function signingOut(scope: Scope, { access, publicUrl }: RecadoDeps): void {
	scope.delete(
		SESSION,
		{
			config: { notedAs: { method: 'DELETE', route: SESSION } },
			schema: { tags, summary: 'Sign out', security: [], response: replies({ 204: Nothing }) },
		},
		async (request, reply) => {
			const bearer = { request, publicUrl: publicUrl() };
			const secret = secretOf(bearer);
			const session = secret === undefined ? undefined : await access.sessions.peek(secret);
			if (secret !== undefined && session) {
				requireOwnPage(request, session.csrf);
				await access.sessions.signOut(secret);
				note(access, request, { by: session.credential, status: 204, ids: {} });
			}
			return reply
				.header('set-cookie', cookieOf(bearer, '', 0))
				.code(204)
				.send();
		},
	);
}

/** Opened to who may do everything: the link signs in as whoever made it. */
export function sessionLinkRoutes(scope: Scope, { access, publicUrl }: RecadoDeps): void {
	scope.post(
		`${SESSION}/links`,
		{
			config: { isBodyOptional: true },
			schema: {
				tags,
				summary: 'Make a link that signs in once',
				description: 'As whoever makes it: the administrator, or an API token with the scope `admin`. It waits for ten minutes.',
				response: replies({ 201: ref('SessionLink') }),
			},
		},
		async (request, reply) => {
			const { status, body } = await createOnce(
				request,
				(link: SessionLink) => ({ status: 201, body: sessionLinkView(link, publicUrl()) }),
				(idempotency) => access.sessions.createLink(request.credential, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
}

/**
 * Signs in, sets the cookie, and notes it. Undefined where it was refused. Throws sign_in_limited, sign_in_ambiguous.
 */
export async function enter(
	{ access, publicUrl, clock }: RecadoDeps,
	request: FastifyRequest,
	reply: FastifyReply,
	wish: SignInWish,
): Promise<Session | undefined> {
	const outcome = await access.sessions.signIn(wish, request.ip);
	if (outcome.kind === 'refused') {
		const [operatorId] = outcome.operatorIds;
		const ids = operatorId === undefined ? {} : { operatorId };
		note(access, request, { by: STRANGER, status: 401, ids, way: wish.way });
		return undefined;
	}
	const { secret, session } = outcome;
	note(access, request, { by: session.credential, status: 201, ids: {}, way: wish.way });
	// Whoever signs in again is not to leave another session behind.
	const bearer = { request, publicUrl: publicUrl() };
	const before = secretOf(bearer);
	if (before !== undefined) await access.sessions.signOut(before);
	reply.header('set-cookie', cookieOf(bearer, secret, Math.floor((session.expiresAt - clock.now()) / 1_000)));
	return session;
}

/** Throws unauthorized, cross_site_refused. */
export async function sessionOf(request: FastifyRequest, { access, publicUrl }: RecadoDeps): Promise<Session> {
	const secret = secretOf({ request, publicUrl: publicUrl() });
	const session = secret === undefined ? undefined : await access.sessions.session(secret);
	if (!session) throw new RecadoError('unauthorized');
	requireOwnPage(request, session.csrf);
	return session;
}

type SignInGiven = Readonly<Partial<Record<'token' | 'email' | 'password' | 'accountId' | 'code', string>>>;

/** Throws invalid_request where it is not exactly one way. */
function wishOf({ token, email, password, accountId, code }: SignInGiven): SignInWish {
	const ways = [token, email ?? password ?? accountId, code].filter((way) => way !== undefined);
	if (ways.length === 1) {
		if (token !== undefined) return { way: 'token', token };
		if (code !== undefined) return { way: 'code', code };
		if (email !== undefined && password !== undefined) {
			return { way: 'password', name: email, password, ...(accountId === undefined ? {} : { accountId }) };
		}
	}
	throw faulty({
		path: '',
		en: 'must have token, or email and password, or code',
		pt: 'deve ter token, ou email e password, ou code',
	});
}

const STRANGER: AuditActor = { kind: 'unknown', id: 'unknown' };

interface Happened {
	readonly by: AuditActor & { readonly accountId?: string };
	readonly status: number;
	readonly ids: Readonly<Record<string, string>>;
	/** How somebody signed in. */
	readonly way?: SignInWish['way'];
	/** Default: that of sessions. */
	readonly route?: string;
	/** Where it was refused, of who is known. */
	readonly errorCode?: string;
}

/** These routes have no owner, so that the house notes nothing of them. */
export function note(access: RecadoDeps['access'], request: FastifyRequest, happened: Happened): void {
	const { by, status, ids, way, route = SESSION } = happened;
	const { kind, id, name, accountId } = by;
	const errorCode = kind === 'unknown' ? 'unauthorized' : happened.errorCode;
	access.audit.note({
		...(accountId === undefined ? {} : { accountId }),
		by: { kind, id, ...(name === undefined ? {} : { name }) },
		...{ method: request.method, route, dialect: 'recado', ids, status, requestId: request.id },
		...(errorCode === undefined ? {} : { errorCode }),
		...(way === undefined ? {} : { after: { way } }),
	});
}

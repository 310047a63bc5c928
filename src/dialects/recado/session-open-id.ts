/** Signing in by OpenID Connect: the browser is sent to the provider, and comes back into the console, signed in or with the reason why not. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { OpenIdPerson } from '../../access/open-id.ts';
import { RecadoError } from '../../errors.ts';
import { replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { enter, SESSION } from './session.ts';
import { flowCookieOf, flowOf } from './session-cookie.ts';

const tags = ['OpenID Connect'];
const OPEN_ID = `${SESSION}/oidc`;
const CALLBACK = `${OPEN_ID}/callback`;
const CONSOLE = '/';
const SIGN_IN = '/console/sign-in';

const AWAY = { description: 'Where the browser goes on', headers: { location: { type: 'string' } } };

export function openIdRoutes(scope: Scope, deps: RecadoDeps): void {
	methodsRoute(scope, deps);
	beginning(scope, deps);
	comingBack(scope, deps);
}

function methodsRoute(scope: Scope, { access }: RecadoDeps): void {
	scope.get(
		`${ROOT}/session/methods`,
		{
			schema: {
				tags: ['Session'],
				summary: 'Show how one can sign in',
				security: [],
				response: replies({
					200: Type.Object(
						{
							password: Type.Boolean({ description: 'As an operator' }),
							token: Type.Boolean({ description: 'As the administrator, or with an API token' }),
							oidc: Type.Boolean({ description: `By OpenID Connect, at \`${OPEN_ID}\`` }),
						},
						{ description: 'The ways' },
					),
				}),
			},
		},
		() => ({ password: true, token: true, oidc: access.openId !== undefined }),
	);
}

function beginning(scope: Scope, { access, publicUrl }: RecadoDeps): void {
	scope.get(
		OPEN_ID,
		{
			schema: {
				tags,
				summary: 'Sign in by OpenID Connect',
				description: `To be opened in a browser. It comes back to \`${CONSOLE}\`, signed in, or to \`${SIGN_IN}\` with \`failed\`: \`oidc\`, \`oidc-unknown\` (no operator has that e-mail), \`oidc-several\` (say which account).`,
				security: [],
				querystring: Type.Object(
					{ accountId: Type.Optional(Type.String({ maxLength: 200, description: 'Where one is an operator of several' })) },
					strict,
				),
				response: replies({ 302: AWAY }),
			},
		},
		async (request, reply) => {
			if (!access.openId) throw new RecadoError('not_found');
			const start = await access.openId.begin(`${publicUrl()}${CALLBACK}`, request.query.accountId);
			if (!start) return reply.redirect(`${SIGN_IN}?failed=oidc`);
			return reply.header('set-cookie', flowCookieOf({ request, publicUrl: publicUrl() }, start.flow)).redirect(start.url);
		},
	);
}

function comingBack(scope: Scope, deps: RecadoDeps): void {
	const { access, publicUrl } = deps;
	scope.get(
		CALLBACK,
		{
			config: { notedAs: { method: 'GET', route: SESSION } },
			schema: {
				tags,
				summary: 'Come back from the provider',
				description: 'Asked for by the browser alone, with what the provider put into its query.',
				security: [],
				response: replies({ 302: AWAY }),
			},
		},
		async (request, reply) => {
			if (!access.openId) throw new RecadoError('not_found');
			const bearer = { request, publicUrl: publicUrl() };
			const flow = flowOf(bearer);
			const answer = new URL(request.url, publicUrl());
			const person = flow === undefined ? undefined : await access.openId.finish(answer, flow);
			reply.header('set-cookie', flowCookieOf(bearer, ''));
			return reply.redirect(person ? await arrive(deps, request, reply, person) : `${SIGN_IN}?failed=oidc`);
		},
	);
}

/** Where the browser goes on. */
async function arrive(deps: RecadoDeps, request: FastifyRequest, reply: FastifyReply, person: OpenIdPerson): Promise<string> {
	try {
		const session = await enter(deps, request, reply, { way: 'oidc', ...person });
		return session ? CONSOLE : `${SIGN_IN}?failed=oidc-unknown`;
	} catch (error) {
		if (!(error instanceof RecadoError)) throw error;
		return `${SIGN_IN}?failed=${error.code === 'sign_in_ambiguous' ? 'oidc-several' : 'oidc'}`;
	}
}

/** Operators change their own password, as who is signed in by it: whoever has a token alone has no session, and is nobody here. */
import { Type } from 'typebox';
import { RecadoError } from '../../errors.ts';
import { Nothing, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { strict } from './inputs.ts';
import { Password } from './operators.ts';
import type { Scope } from './scope.ts';
import { note, SESSION, sessionOf, WORD_LENGTH_MAX } from './session.ts';
import { secretOf } from './session-cookie.ts';

const PASSWORD = `${SESSION}/password`;

export function sessionPasswordRoutes(scope: Scope, deps: RecadoDeps): void {
	const { access, publicUrl } = deps;
	scope.put(
		PASSWORD,
		{
			config: { notedAs: { method: 'PUT', route: PASSWORD } },
			// Who is nobody is told that, before what is wrong with the body.
			onRequest: async (request) => void (await sessionOf(request, deps)),
			schema: {
				tags: ['Session'],
				summary: 'Change one’s own password',
				description:
					'As an operator who signed in by it; of others 403 `session_without_password`. All other sessions of theirs end, and their access tokens; this one goes on. A wrong `currentPassword` (400 `password_wrong`) counts as a failure to sign in: too many are 429 `sign_in_limited`.',
				body: Type.Object({ currentPassword: Type.String({ minLength: 1, maxLength: WORD_LENGTH_MAX }), newPassword: Password }, strict),
				security: [{ session: [] }],
				response: replies({ 204: Nothing }),
			},
		},
		async (request, reply) => {
			const { credential } = await sessionOf(request, deps);
			const happened = { by: credential, ids: {}, route: PASSWORD };
			const secret = secretOf({ request, publicUrl: publicUrl() }) ?? '';
			const { currentPassword: current, newPassword: next } = request.body;
			try {
				await access.sessions.changePassword(secret, { current, next }, request.ip);
			} catch (error) {
				if (error instanceof RecadoError) note(access, request, { ...happened, status: error.status, errorCode: error.code });
				throw error;
			}
			note(access, request, { ...happened, status: 204 });
			return reply.code(204).send();
		},
	);
}

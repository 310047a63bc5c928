/** Who calls: the application whose JWT stands in `Authorization`, bare as documented or after `Bearer`. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Application, Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import type { Directory } from '../../messaging/directory-services.ts';

export interface Caller {
	readonly application: Application;
	readonly instance: Instance;
}

const CALLER = 'instantMessageCaller';

/** Lets only requests with a valid token reach the routes of this scope. */
export function authenticate(scope: FastifyInstance, directory: Pick<Directory, 'applicationByToken'>): void {
	scope.decorateRequest(CALLER);
	scope.addHook('onRequest', async (request) => {
		const token = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '').trim();
		const caller = token === '' ? undefined : await directory.applicationByToken(token);
		if (!caller) throw new RecadoError('unauthorized');
		// Not the account: its applications send from different phones, so an Idempotency-Key of one says nothing to another.
		request.owner = caller.application.id;
		request.setDecorator<Caller>(CALLER, caller);
	});
}

export function callerOf(request: FastifyRequest): Caller {
	return request.getDecorator<Caller>(CALLER);
}

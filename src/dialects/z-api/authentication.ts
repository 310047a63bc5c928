/**
 * Who calls: the path names an instance and its token; the header `Client-Token` is asked for once the account has activated it, and
 * ignored before.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import type { ZApiDeps } from './deps.ts';

const INSTANCE = 'zApiInstance';

/** What every path of the dialect begins with. */
export const INSTANCE_PATH = '/instances/:instanceId/token/:token';

export function authenticate(scope: FastifyInstance, deps: Pick<ZApiDeps, 'directory' | 'accounts'>): void {
	scope.decorateRequest(INSTANCE);
	scope.addHook<{ Params: { instanceId?: string; token?: string } }>('onRequest', async (request) => {
		const { instanceId, token } = request.params;
		const instance = instanceId && token ? await deps.directory.instanceByToken(instanceId, token) : undefined;
		const account = instance && (await deps.accounts.account(instance.accountId));
		if (instance === undefined || account === undefined) throw new RecadoError('unauthorized');
		if (account.clientTokenEnforced) {
			const clientToken = request.headers['client-token'];
			if (typeof clientToken !== 'string' || clientToken === '') throw new RecadoError('client_token_required');
			if (!deps.directory.hasClientToken(account, clientToken)) throw new RecadoError('client_token_wrong');
		}
		// The instance, not its account: two instances may well use the same Idempotency-Key.
		request.owner = instance.id;
		request.setDecorator(INSTANCE, instance);
	});
}

/** A request that has passed the hook, whatever its body. */
export type Authenticated = Pick<FastifyRequest, 'getDecorator'>;

export function instanceOf(request: Authenticated): Instance {
	return request.getDecorator<Instance>(INSTANCE);
}

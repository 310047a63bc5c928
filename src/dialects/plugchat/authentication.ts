/** Who calls: the header `Authorization` carries the account's token, bare (seeds 001, 002) or after `Bearer` (seed 000). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account, Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import type { Directory } from '../../messaging/services.ts';

const ACCOUNT = 'plugchatAccount';

export function authenticate(scope: FastifyInstance, directory: Directory): void {
	scope.decorateRequest(ACCOUNT);
	scope.addHook('onRequest', async (request) => {
		const token = request.headers.authorization?.replace(/^bearer\s+/i, '').trim();
		const account = token ? await directory.accountByToken(token) : undefined;
		if (account === undefined) throw new RecadoError('unauthorized');
		request.owner = account.id;
		request.setDecorator(ACCOUNT, account);
	});
}

/** A request that has passed the hook, whatever its body. */
export type Authenticated = Pick<FastifyRequest, 'getDecorator'>;

export function accountOf(request: Authenticated): Account {
	return request.getDecorator<Account>(ACCOUNT);
}

/** A Plugchat token acts on the account's first instance. Throws no_instance. */
export async function instanceOf(request: Authenticated, directory: Directory): Promise<Instance> {
	return directory.firstInstance(accountOf(request).id);
}

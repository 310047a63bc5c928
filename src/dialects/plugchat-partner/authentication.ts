/** Who calls: an integrator, by the header `Authorization: Bearer <token>`. Others' accounts are not there for them. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PartnerAccount, PartnerAsking } from '../../access/services.ts';
import { RecadoError } from '../../errors.ts';
import type { PlugchatPartnerDeps } from './deps.ts';

const INTEGRATOR = 'plugchatIntegrator';

/** What every path about one account begins with. */
export const ACCOUNT_PATH = '/integrator/account/:accountId';

export interface AccountPath {
	Params: { accountId: string };
}

export function authenticate(scope: FastifyInstance, { access }: Pick<PlugchatPartnerDeps, 'access'>): void {
	scope.decorateRequest(INTEGRATOR);
	scope.addHook('onRequest', async (request) => {
		const [, token] = /^bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '') ?? [];
		const integrator = token === undefined ? undefined : await access.partners.integratorByToken(token);
		if (integrator === undefined) throw new RecadoError('unauthorized');
		request.owner = integrator.id;
		request.credential = integrator.credential;
		request.setDecorator(INTEGRATOR, integrator);
	});
}

export function integratorOf(request: Pick<FastifyRequest, 'getDecorator'>): PartnerAsking {
	return request.getDecorator<PartnerAsking>(INTEGRATOR);
}

/** The account that the path names. Throws not_there where it is not the integrator's. */
export async function ownedAccount(
	request: Pick<FastifyRequest<AccountPath>, 'getDecorator' | 'params'>,
	{ access }: Pick<PlugchatPartnerDeps, 'access'>,
): Promise<PartnerAccount> {
	const owned = await access.partners.account(integratorOf(request).id, request.params.accountId);
	if (!owned) throw new RecadoError('not_there', { details: { what: 'account' } });
	return owned;
}

export async function ownedId(...asked: Parameters<typeof ownedAccount>): Promise<string> {
	return (await ownedAccount(...asked)).account.id;
}

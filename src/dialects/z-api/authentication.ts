/**
 * Who calls: the path names an instance and its token; the header `Client-Token` is asked for once the account has activated it, and
 * ignored before.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PartnerAsking } from '../../access/services.ts';
import type { Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import type { ZApiDeps } from './deps.ts';

const INSTANCE = 'zApiInstance';
const PARTNER = 'zApiPartner';

/** Of a route that a partner's token opens, as bearer; besides the instance's, where the path names one. */
export const OF_PARTNER: { readonly isOfPartner: true } = { isOfPartner: true };

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Answered also once what was subscribed for is over: it says so. */
		readonly tellsOfSubscription?: true;
	}
}

/** What every path of an instance begins with. */
export const INSTANCE_PATH = '/instances/:instanceId/token/:token';

export function authenticate(scope: FastifyInstance, deps: Pick<ZApiDeps, 'access' | 'directory' | 'accounts'>): void {
	scope.decorateRequest(INSTANCE);
	scope.decorateRequest(PARTNER);
	scope.addHook<{ Params: { instanceId?: string; token?: string } }>('onRequest', async (request) => {
		const { instanceId, token } = request.params;
		if (request.routeOptions.config.isOfPartner) await authenticatePartner(request, deps);
		if (request.routeOptions.config.isOfPartner && instanceId === undefined) return;
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
		request.credential ??= { kind: 'instance', id: instance.id, name: instance.name, accountId: account.id };
		request.setDecorator(INSTANCE, instance);
		if (!(request.routeOptions.config.isOfPartner || request.routeOptions.config.tellsOfSubscription)) await requireRunning(instance, deps);
	});
}

/** Of the account, as integrators sign for it, and of the instance, as it is signed for on demand. Throws subscription_over. */
async function requireRunning({ id, accountId }: Instance, { access }: Pick<ZApiDeps, 'access'>): Promise<void> {
	await access.subscriptions.requireRunning(accountId);
	await access.subscriptions.requireRunning(id);
}

/** Throws unauthorized. */
async function authenticatePartner(request: FastifyRequest, { access }: Pick<ZApiDeps, 'access'>): Promise<void> {
	const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
	const partner = token === undefined ? undefined : await access.partners.partnerByToken(token);
	if (partner === undefined) throw new RecadoError('unauthorized');
	request.owner = partner.id;
	request.credential = partner.credential;
	request.setDecorator(PARTNER, partner);
}

/** A request that has passed the hook, whatever its body. */
export type Authenticated = Pick<FastifyRequest, 'getDecorator'>;

export function instanceOf(request: Authenticated): Instance {
	return request.getDecorator<Instance>(INSTANCE);
}

/** Of a route that is a partner's. */
export function partnerOf(request: Authenticated): PartnerAsking {
	return request.getDecorator<PartnerAsking>(PARTNER);
}

/** What an account is signed for. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { ACCOUNT_PATH, type AccountPath, ownedId } from '../authentication.ts';
import type { PlugchatPartnerDeps } from '../deps.ts';

/** Documented. */
const OPERATORS_MIN = 2;

const SubscriptionBody = Type.Object({ operators: Type.Integer({ minimum: OPERATORS_MIN, description: 'How many' }) });

export function subscriptionRoutes(scope: FastifyInstance, deps: PlugchatPartnerDeps): void {
	const { access } = deps;
	scope.post<AccountPath & { Body: Static<typeof SubscriptionBody> }>(
		`${ACCOUNT_PATH}/subscription`,
		{ schema: { body: SubscriptionBody } },
		async (request) => {
			const accountId = await ownedId(request, deps);
			const wish = { quantity: request.body.operators };
			const { id, quantity, state } = await access.subscriptions.subscribe({ id: accountId, accountId }, wish);
			return { id, quantity, status: state };
		},
	);

	scope.post<AccountPath>(`${ACCOUNT_PATH}/cancel-subscription`, async (request) => {
		await access.subscriptions.cancel(await ownedId(request, deps));
		return { success: true };
	});
}

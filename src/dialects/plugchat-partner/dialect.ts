/**
 * The partner API of Plugchat: an integrator makes accounts and sets them up. What is made here is used through the Plugchat dialect.
 * Errors are `{"reason": "<sentence>"}` in English, the form of the one that is documented.
 */
import type { FastifyInstance } from 'fastify';
import type { RecadoError } from '../../errors.ts';
import type { Dialect } from '../../ports/dialect.ts';
import { authenticate } from './authentication.ts';
import type { PlugchatPartnerDeps } from './deps.ts';
import { describePlugchatPartner } from './open-api.ts';
import { accountRoutes } from './routes/accounts.ts';
import { departmentRoutes } from './routes/departments.ts';
import { operatorRoutes } from './routes/operators.ts';
import { satisfactionRoutes } from './routes/satisfaction.ts';
import { subscriptionRoutes } from './routes/subscriptions.ts';
import { uraRoutes } from './routes/ura.ts';

/** Documented, of an account that is another integrator's or nobody's. */
const NOT_THERE = 'entity not found';

const OF_PARTNER: { readonly isOfPartner: true } = { isOfPartner: true };

/** A subject each. */
const ROUTES: readonly ((scope: FastifyInstance, deps: PlugchatPartnerDeps) => void)[] = [
	accountRoutes,
	subscriptionRoutes,
	departmentRoutes,
	operatorRoutes,
	satisfactionRoutes,
	uraRoutes,
];

export function plugchatPartnerDialect(deps: PlugchatPartnerDeps): Dialect {
	return {
		name: 'plugchat-partner',
		prefixes: ['/integrator'],
		async register(scope) {
			await describePlugchatPartner(scope);
			scope.register((guarded, _options, done) => {
				authenticate(guarded, deps);
				guarded.addHook('onRoute', (route) => {
					route.config = { ...OF_PARTNER, ...route.config };
				});
				for (const routes of ROUTES) routes(guarded, deps);
				done();
			});
		},
		tellError: (error) => ({ contentType: 'application/json; charset=utf-8', body: { reason: reasonOf(error) } }),
	};
}

function reasonOf(error: RecadoError): string {
	return error.code === 'not_there' ? NOT_THERE : error.tell('en');
}

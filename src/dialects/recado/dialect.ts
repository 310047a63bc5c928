/** Our own dialect: the management API under `/recado/v1`, for the administrator. */
import type { FastifyInstance } from 'fastify';
import { RecadoError } from '../../errors.ts';
import type { Dialect } from '../../ports/dialect.ts';
import { accountRoutes } from './accounts.ts';
import { applicationRoutes } from './applications.ts';
import { attendanceRoutes } from './attendances.ts';
import { categoryRoutes } from './categories.ts';
import { deliveryRoutes } from './deliveries.ts';
import { departmentRoutes } from './departments.ts';
import type { RecadoDeps } from './deps.ts';
import { errorCatalogueRoutes } from './error-catalogue.ts';
import { eventRoutes } from './events.ts';
import { instanceRoutes } from './instances.ts';
import { jobRoutes } from './jobs.ts';
import { messageRoutes } from './messages.ts';
import { describeApi } from './open-api.ts';
import { operatorRoutes } from './operators.ts';
import type { Scope } from './scope.ts';
import { simulatorRoutes } from './simulator.ts';
import { tellProblem } from './views/problem.ts';
import { webhookRoutes } from './webhooks.ts';

/** Each adds the routes of one resource. */
const RESOURCES: readonly ((scope: Scope, deps: RecadoDeps) => void)[] = [
	accountRoutes,
	instanceRoutes,
	applicationRoutes,
	departmentRoutes,
	operatorRoutes,
	categoryRoutes,
	messageRoutes,
	attendanceRoutes,
	webhookRoutes,
	eventRoutes,
	deliveryRoutes,
	jobRoutes,
	simulatorRoutes,
];

export function recadoDialect(deps: RecadoDeps): Dialect {
	return {
		name: 'recado',
		prefixes: ['/recado'],
		tellError: tellProblem,
		async register(scope: FastifyInstance) {
			await describeApi(scope);
			errorCatalogueRoutes(scope.withTypeProvider());
			await scope.register(async (guarded) => {
				guarded.addHook('onRequest', (request, _reply, done) => {
					if (!deps.isAdmin(request.headers.authorization)) return done(new RecadoError('unauthorized'));
					request.owner = 'admin';
					done();
				});
				for (const add of RESOURCES) add(guarded.withTypeProvider(), deps);
			});
		},
	};
}

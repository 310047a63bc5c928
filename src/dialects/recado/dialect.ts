/** Our own dialect: the management API under `/recado/v1`, for the administrator, the bearers of API tokens, and operators at the desk. */
import type { FastifyInstance } from 'fastify';
import type { Dialect, OperatorsAdmitted } from '../../ports/dialect.ts';
import { accountRoutes } from './accounts.ts';
import { apiTokenRoutes } from './api-tokens.ts';
import { applicationRoutes } from './applications.ts';
import { attendanceRoutes } from './attendances.ts';
import { auditRoutes } from './audit.ts';
import { alwaysOf, authenticate, ofMessages, type ScopeOf } from './authentication.ts';
import { categoryRoutes } from './categories.ts';
import { chatNoteRoutes } from './chat-notes.ts';
import { contactRoutes } from './contacts.ts';
import { customButtonRoutes } from './custom-buttons.ts';
import { deliveryRoutes } from './deliveries.ts';
import { departmentRoutes } from './departments.ts';
import type { RecadoDeps } from './deps.ts';
import { deskRoutes } from './desk.ts';
import { deskChatRoutes } from './desk-chats.ts';
import { deskSettingRoutes } from './desk-settings.ts';
import { deskWritingRoutes } from './desk-writing.ts';
import { errorCatalogueRoutes } from './error-catalogue.ts';
import { eventRoutes } from './events.ts';
import { insightRoutes } from './insight.ts';
import { instanceQueueRoutes } from './instance-queue.ts';
import { instanceSettingRoutes } from './instance-settings.ts';
import { instanceRoutes } from './instances.ts';
import { jobRoutes } from './jobs.ts';
import { messageRoutes } from './messages.ts';
import { describeRecado } from './open-api.ts';
import { operatorRoutes } from './operators.ts';
import { quickReplyRoutes } from './quick-replies.ts';
import type { Scope } from './scope.ts';
import { sessionLinkRoutes, sessionRoutes } from './session.ts';
import { openIdRoutes } from './session-open-id.ts';
import { sessionPasswordRoutes } from './session-password.ts';
import { settingsRoutes } from './settings.ts';
import { simulatorRoutes } from './simulator.ts';
import { streamRoutes } from './stream.ts';
import { templateRoutes } from './templates.ts';
import { tellProblem } from './views/problem.ts';
import { webhookRoutes } from './webhooks.ts';
import { whatsappGroupRoutes } from './whatsapp-groups.ts';
import { whatsappPeopleRoutes } from './whatsapp-people.ts';

/**
 * Each adds the routes of one resource, which a token opens that has the scope. To operators those are open that ask for whom (`askerOf`); where a role cannot
 * narrow what is told, to admins alone.
 */
const RESOURCES: readonly (readonly [add: (scope: Scope, deps: RecadoDeps) => void, scopeOf: ScopeOf, operators?: OperatorsAdmitted])[] = [
	[accountRoutes, alwaysOf('accounts:manage')],
	[instanceRoutes, alwaysOf('accounts:manage')],
	[instanceSettingRoutes, alwaysOf('accounts:manage')],
	[instanceQueueRoutes, alwaysOf('accounts:manage')],
	[applicationRoutes, alwaysOf('accounts:manage')],
	[templateRoutes, alwaysOf('accounts:manage')],
	[departmentRoutes, alwaysOf('accounts:manage'), 'admin'],
	[operatorRoutes, alwaysOf('accounts:manage'), 'admin'],
	[categoryRoutes, alwaysOf('accounts:manage'), 'admin'],
	[messageRoutes, ofMessages],
	[attendanceRoutes, alwaysOf('attendances:manage'), 'admin'],
	[deskRoutes, alwaysOf('attendances:manage'), 'all'],
	[deskChatRoutes, alwaysOf('attendances:manage'), 'all'],
	[deskWritingRoutes, ofMessages, 'all'],
	[chatNoteRoutes, alwaysOf('attendances:manage'), 'all'],
	[quickReplyRoutes, alwaysOf('attendances:manage')],
	[deskSettingRoutes, alwaysOf('accounts:manage'), 'admin'],
	[customButtonRoutes, alwaysOf('accounts:manage'), 'admin'],
	[webhookRoutes, alwaysOf('webhooks:manage')],
	[eventRoutes, alwaysOf('webhooks:manage')],
	[deliveryRoutes, alwaysOf('webhooks:manage')],
	[jobRoutes, alwaysOf('webhooks:manage')],
	[insightRoutes, alwaysOf('webhooks:manage'), 'admin'],
	[streamRoutes, alwaysOf('webhooks:manage'), 'all'],
	[whatsappPeopleRoutes, ofMessages],
	[whatsappGroupRoutes, ofMessages],
	[simulatorRoutes, alwaysOf('simulator:act')],
	[apiTokenRoutes, alwaysOf('admin')],
	[sessionLinkRoutes, alwaysOf('admin')],
	[auditRoutes, alwaysOf('admin')],
	[settingsRoutes, alwaysOf('admin')],
	[contactRoutes, alwaysOf('personal-data:manage')],
];

export function recadoDialect(deps: RecadoDeps): Dialect {
	return {
		name: 'recado',
		prefixes: ['/recado'],
		tellError: tellProblem,
		async register(scope: FastifyInstance) {
			await describeRecado(scope);
			errorCatalogueRoutes(scope.withTypeProvider());
			// In a scope of its own: where schemas were added Fastify validates by itself.
			await scope.register(async (open) => {
				sessionRoutes(open.withTypeProvider(), deps);
				openIdRoutes(open.withTypeProvider(), deps);
				sessionPasswordRoutes(open.withTypeProvider(), deps);
			});
			await scope.register(async (guarded) => {
				authenticate(guarded, deps);
				for (const [add, scopeOf, operators] of RESOURCES) {
					await guarded.register(async (resource) => {
						resource.addHook('onRoute', (route) => {
							route.config = { scope: scopeOf(String(route.method)), ...(operators === undefined ? {} : { operators }), ...route.config };
						});
						add(resource.withTypeProvider(), deps);
					});
				}
			});
		},
	};
}

/**
 * The Plugchat dialect, three generations of it on one set of paths (see `forms.ts`): routes in. Payloads out are in `renderer.ts`.
 * Errors are `{"error": "<frase>"}` in Portuguese; Plugchat documents the statuses but no bodies.
 */
import type { Dialect } from '../../ports/dialect.ts';
import { authenticate } from './authentication.ts';
import type { PlugchatDeps } from './deps.ts';
import { attendanceRoutes } from './routes/attendances.ts';
import { departmentRoutes } from './routes/departments.ts';
import { instanceRoutes } from './routes/instance.ts';
import { legacyWebhookRoutes } from './routes/legacy-webhooks.ts';
import { messageRoutes } from './routes/messages.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export function plugchatDialect(deps: PlugchatDeps): Dialect {
	return {
		name: 'plugchat',
		prefixes: ['/api'],
		register(scope) {
			authenticate(scope, deps.directory);
			messageRoutes(scope, deps);
			instanceRoutes(scope, deps);
			webhookRoutes(scope, deps);
			legacyWebhookRoutes(scope, deps);
			attendanceRoutes(scope, deps);
			departmentRoutes(scope, deps);
		},
		tellError: (error) => ({ contentType: 'application/json; charset=utf-8', body: { error: error.tell('pt') } }),
	};
}

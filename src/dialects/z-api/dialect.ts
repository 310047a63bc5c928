/**
 * The Z-API dialect: routes in, all under the path of an instance and its token. Payloads out are in `renderer.ts`.
 * Errors are `{"error": "<sentence>"}` in English, the form of the documented ones ("Invalid phone", "null not allowed").
 */
import type { Dialect } from '../../ports/dialect.ts';
import { authenticate } from './authentication.ts';
import type { ZApiDeps } from './deps.ts';
import { instanceRoutes } from './routes/instance.ts';
import { mediaRoutes } from './routes/media.ts';
import { messageRoutes } from './routes/messages.ts';
import { queueRoutes } from './routes/queue.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export function zApiDialect(deps: ZApiDeps): Dialect {
	return {
		name: 'z-api',
		prefixes: ['/instances'],
		register(scope) {
			authenticate(scope, deps);
			messageRoutes(scope, deps);
			mediaRoutes(scope, deps);
			instanceRoutes(scope, deps);
			queueRoutes(scope, deps);
			webhookRoutes(scope, deps);
		},
		tellError: (error) => ({ contentType: 'application/json; charset=utf-8', body: { error: error.tell('en') } }),
	};
}

/**
 * The Plugchat dialect, three generations of it on one set of paths (see `forms.ts`): routes in. Payloads out are in `renderer.ts`.
 * Errors are `{"error": "<frase>"}` in Portuguese; Plugchat documents the statuses but no bodies.
 */
import type { FastifyInstance } from 'fastify';
import type { Dialect } from '../../ports/dialect.ts';
import { authenticate } from './authentication.ts';
import type { PlugchatDeps } from './deps.ts';
import { describePlugchat } from './open-api.ts';
import { attendanceRoutes } from './routes/attendances.ts';
import { chatRoutes } from './routes/chats.ts';
import { choiceRoutes } from './routes/choices.ts';
import { contactRoutes } from './routes/contacts.ts';
import { departmentRoutes } from './routes/departments.ts';
import { deskRoutes } from './routes/desk.ts';
import { groupRoutes } from './routes/groups.ts';
import { instanceRoutes } from './routes/instance.ts';
import { legacyWebhookRoutes } from './routes/legacy-webhooks.ts';
import { mediaRoutes } from './routes/media.ts';
import { messageRoutes } from './routes/messages.ts';
import { onDemandRoutes } from './routes/on-demand.ts';
import { participantRoutes } from './routes/participants.ts';
import { productRoutes } from './routes/products.ts';
import { queueRoutes } from './routes/queue.ts';
import { statusRoutes } from './routes/statuses.ts';
import { uponRoutes } from './routes/upon.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** A subject each. */
const ROUTES: readonly ((scope: FastifyInstance, deps: PlugchatDeps) => void)[] = [
	messageRoutes,
	mediaRoutes,
	choiceRoutes,
	uponRoutes,
	statusRoutes,
	chatRoutes,
	contactRoutes,
	groupRoutes,
	participantRoutes,
	productRoutes,
	queueRoutes,
	instanceRoutes,
	onDemandRoutes,
	webhookRoutes,
	legacyWebhookRoutes,
	attendanceRoutes,
	departmentRoutes,
	deskRoutes,
];

export function plugchatDialect(deps: PlugchatDeps): Dialect {
	return {
		name: 'plugchat',
		prefixes: ['/api'],
		async register(scope) {
			await describePlugchat(scope);
			scope.register((guarded, _options, done) => {
				authenticate(guarded, deps);
				for (const routes of ROUTES) routes(guarded, deps);
				done();
			});
		},
		tellError: (error) => ({ contentType: 'application/json; charset=utf-8', body: { error: error.tell('pt') } }),
	};
}

/**
 * The Z-API dialect: routes in, all under the path of an instance and its token. Payloads out are in `renderer.ts`.
 * Errors are `{"error": "<sentence>"}` in English, the form of the documented ones ("Invalid phone", "null not allowed").
 */
import type { FastifyInstance } from 'fastify';
import type { Dialect } from '../../ports/dialect.ts';
import { authenticate } from './authentication.ts';
import type { ZApiDeps } from './deps.ts';
import { missingRoutes } from './not-there.ts';
import { describeZApi } from './open-api.ts';
import { callRoutes } from './routes/calls.ts';
import { chatRoutes } from './routes/chats.ts';
import { commerceRoutes } from './routes/commerce.ts';
import { communityRoutes } from './routes/communities.ts';
import { contactRoutes } from './routes/contacts.ts';
import { groupRoutes } from './routes/groups.ts';
import { instanceRoutes } from './routes/instance.ts';
import { interactiveRoutes } from './routes/interactive.ts';
import { meRoute } from './routes/me.ts';
import { mediaRoutes } from './routes/media.ts';
import { messageRoutes } from './routes/messages.ts';
import { participantRoutes } from './routes/participants.ts';
import { partnerRoutes } from './routes/partner.ts';
import { eventRoutes, pollRoutes } from './routes/polls.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { profileRoutes } from './routes/profile.ts';
import { queueRoutes } from './routes/queue.ts';
import { statusRoutes } from './routes/statuses.ts';
import { uponRoutes } from './routes/upon.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** A subject each. */
const ROUTES: readonly ((scope: FastifyInstance, deps: ZApiDeps) => void)[] = [
	messageRoutes,
	mediaRoutes,
	interactiveRoutes,
	pollRoutes,
	eventRoutes,
	commerceRoutes,
	uponRoutes,
	chatRoutes,
	contactRoutes,
	groupRoutes,
	participantRoutes,
	communityRoutes,
	privacyRoutes,
	statusRoutes,
	callRoutes,
	instanceRoutes,
	profileRoutes,
	meRoute,
	partnerRoutes,
	queueRoutes,
	webhookRoutes,
	missingRoutes,
];

export function zApiDialect(deps: ZApiDeps): Dialect {
	return {
		name: 'z-api',
		prefixes: ['/instances'],
		async register(scope) {
			await describeZApi(scope);
			scope.register((guarded, _options, done) => {
				authenticate(guarded, deps);
				for (const routes of ROUTES) routes(guarded, deps);
				done();
			});
		},
		tellError: (error) => ({ contentType: 'application/json; charset=utf-8', body: { error: error.tell('en') } }),
	};
}

/**
 * The Instant Message API: a JWT per application, `/v1/messages`, `/v1/medias` and `/v1/whatsapp` in, *response* and *status* bodies out (see `renderer.ts`).
 * An application is one instance seen through this API, so every route acts on the instance that its token belongs to.
 */
// Teaches Fastify's schemas `summary` and `tags`, which the OpenAPI page shows.
import type {} from '@fastify/swagger';
import type { Directory, Templates } from '../../messaging/directory-services.ts';
import type { Erasing, Media, Messaging, WhatsApp } from '../../messaging/services.ts';
import type { ChatReads } from '../../ports/chats.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { MessageReads } from '../../ports/messages.ts';
import { authenticate } from './authentication.ts';
import { deletionRoute } from './deletion-route.ts';
import { tellError } from './errors.ts';
import { interactionsRoute } from './interactions-route.ts';
import { mediasRoutes, uploadRoute } from './medias-routes.ts';
import { messagesRoute } from './messages-route.ts';
import { describeInstantMessage } from './open-api.ts';
import { sendRoute } from './send-route.ts';
import { templatesRoute } from './templates-route.ts';
import { whatsAppRoutes } from './whatsapp-routes.ts';

export interface InstantMessageDeps {
	readonly directory: Pick<Directory, 'applicationByToken'>;
	readonly messaging: Pick<Messaging, 'send' | 'sendAll'>;
	readonly messages: Pick<MessageReads, 'list' | 'latestOfThreads'>;
	readonly chats: Pick<ChatReads, 'chat' | 'findByAlias' | 'chatsOf'>;
	readonly erasing: Erasing;
	readonly templates: Pick<Templates, 'find' | 'all'>;
	readonly media: Media;
	readonly whatsapp: WhatsApp;
	readonly clock: Clock;
	/** Where the gateway is reached from outside, without a slash at the end. */
	readonly publicUrl: () => string;
}

export function instantMessageDialect(deps: InstantMessageDeps): Dialect {
	return {
		name: 'instant-message',
		prefixes: ['/v1'],
		async register(scope) {
			await describeInstantMessage(scope);
			uploadRoute(scope, deps.media);
			scope.register((guarded, _options, done) => {
				authenticate(guarded, deps.directory);
				sendRoute(guarded, deps);
				messagesRoute(guarded, deps);
				interactionsRoute(guarded, deps.messages);
				deletionRoute(guarded, deps.erasing);
				mediasRoutes(guarded, deps);
				whatsAppRoutes(guarded, deps);
				templatesRoute(guarded, deps.templates);
				done();
			});
		},
		tellError,
	};
}

/**
 * The Instant Message API: a JWT per application, `/v1/messages` in, *response* and *status* bodies out (see `renderer.ts`).
 * An application is one instance seen through this API, so every route acts on the instance that its token belongs to.
 */
// Teaches Fastify's schemas `summary` and `tags`, which the OpenAPI page shows.
import type {} from '@fastify/swagger';
import type { Directory, Messaging } from '../../messaging/services.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Dialect } from '../../ports/dialect.ts';
import type { ChatReads, MessageReads } from '../../ports/store.ts';
import { authenticate } from './authentication.ts';
import { tellError } from './errors.ts';
import { interactionsRoute } from './interactions-route.ts';
import { messagesRoute } from './messages-route.ts';
import { sendRoute } from './send-route.ts';

export interface InstantMessageDeps {
	readonly directory: Pick<Directory, 'applicationByToken'>;
	readonly messaging: Pick<Messaging, 'send'>;
	readonly messages: Pick<MessageReads, 'list' | 'latestOfThreads'>;
	readonly chats: Pick<ChatReads, 'chat' | 'findByAlias'>;
	readonly clock: Clock;
}

export function instantMessageDialect(deps: InstantMessageDeps): Dialect {
	return {
		name: 'instant-message',
		prefixes: ['/v1'],
		register(scope): void {
			authenticate(scope, deps.directory);
			sendRoute(scope, deps.messaging);
			messagesRoute(scope, deps);
			interactionsRoute(scope, deps.messages);
		},
		tellError,
	};
}

/** Events: everything that happened, whether a webhook wanted it or not. */
import { Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event.ts';
import { pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found } from './found.ts';
import { IdParams, only, pageOfQuery, pageProperties, spanOfQuery, spanProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { eventView } from './views/event.ts';
import { oneOf } from './views/view.ts';

const tags = ['Events'];

const EventQuery = Type.Object(
	{
		accountId: Type.Optional(Type.String()),
		instanceId: Type.Optional(Type.String()),
		chatId: Type.Optional(Type.String()),
		type: Type.Optional(oneOf(EVENT_TYPES, 'All if missing')),
		...spanProperties,
		...pageProperties,
	},
	strict,
);

export function eventRoutes(scope: Scope, { store }: RecadoDeps): void {
	scope.get(
		`${ROOT}/events`,
		{ schema: { tags, summary: 'List events, newest first', querystring: EventQuery, response: replies({ 200: pageOf('Event') }) } },
		async (request) => {
			const filter = { ...only(request.query, ['accountId', 'instanceId', 'chatId', 'type']), ...spanOfQuery(request.query) };
			const page = await store.events.list(filter, pageOfQuery(request.query));
			return { items: page.items.map(eventView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/events/:id`,
		{ schema: { tags, summary: 'Show an event', params: IdParams, response: replies({ 200: ref('Event') }) } },
		async (request) => eventView(found('event', await store.events.event(request.params.id))),
	);
}

/** Deliveries: what became of each event for each webhook, with every attempt. */
import { Type } from 'typebox';
import type { DeliveryState } from '../../domain/delivery.ts';
import { pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found } from './found.ts';
import { IdParams, only, pageOfQuery, pageProperties, spanOfQuery, spanProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { deliveryDetailView, deliveryView } from './views/delivery.ts';
import { oneOf } from './views/view.ts';

const tags = ['Deliveries'];
export const DELIVERY_STATES: readonly DeliveryState[] = ['pending', 'sending', 'delivered', 'dead', 'cancelled'];

const DeliveryQuery = Type.Object(
	{
		accountId: Type.Optional(Type.String()),
		webhookId: Type.Optional(Type.String()),
		chatId: Type.Optional(Type.String()),
		eventId: Type.Optional(Type.String()),
		state: Type.Optional(oneOf(DELIVERY_STATES, 'All if missing; `dead` for those that were given up')),
		...spanProperties,
		...pageProperties,
	},
	strict,
);

export function deliveryRoutes(scope: Scope, { replays, store }: RecadoDeps): void {
	scope.get(
		`${ROOT}/deliveries`,
		{
			schema: {
				tags,
				summary: 'List deliveries, newest first',
				querystring: DeliveryQuery,
				response: replies({ 200: pageOf('Delivery') }),
			},
		},
		async (request) => {
			const filter = {
				...only(request.query, ['accountId', 'webhookId', 'chatId', 'eventId', 'state']),
				...spanOfQuery(request.query),
			};
			const page = await store.deliveries.list(filter, pageOfQuery(request.query));
			return { items: page.items.map(deliveryView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/deliveries/:id`,
		{ schema: { tags, summary: 'Show a delivery with its attempts', params: IdParams, response: replies({ 200: ref('DeliveryDetail') }) } },
		async (request) => {
			const delivery = found('delivery', await store.deliveries.delivery(request.params.id));
			return deliveryDetailView(delivery, await store.deliveries.attempts(delivery.id));
		},
	);
	scope.post(
		`${ROOT}/deliveries/:id/replay`,
		{
			schema: {
				tags,
				summary: 'Send a settled delivery again',
				description: 'The same bytes under the same `webhook-id`.',
				params: IdParams,
				response: replies({ 202: ref('Delivery') }),
			},
		},
		async (request, reply) => reply.code(202).send(deliveryView(await replays.replay(request.params.id))),
	);
	scope.post(
		`${ROOT}/deliveries/:id/discard`,
		{
			schema: {
				tags,
				summary: 'Cancel a delivery that is pending or dead',
				description: 'What waits for it in its chat goes on.',
				params: IdParams,
				response: replies({ 200: ref('Delivery') }),
			},
		},
		async (request) => deliveryView(await replays.discard(request.params.id)),
	);
}

/** Deliveries: what became of each event for each webhook, with every attempt. */
import { Type } from 'typebox';
import type { DeliveryState } from '../../domain/delivery.ts';
import { DELIVERIES_LOOKED_AT_MAX } from '../../ports/deliveries.ts';
import { ref, replies } from './answering.ts';
import { countDeliveries, DELIVERIES_COUNTED_MAX } from './delivery-count.ts';
import { filterOf, filterProperties } from './delivery-filter.ts';
import type { RecadoDeps } from './deps.ts';
import { found } from './found.ts';
import { IdParams, only, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { deliveryDetailView, deliveryView } from './views/delivery.ts';
import { oneOf } from './views/view.ts';

const tags = ['Deliveries'];
export const DELIVERY_STATES: readonly DeliveryState[] = ['pending', 'sending', 'delivered', 'dead', 'cancelled'];

const DeliveryQuery = Type.Object(
	{
		eventId: Type.Optional(Type.String()),
		state: Type.Optional(oneOf(DELIVERY_STATES, 'All if missing; `dead` for those that were given up')),
		...filterProperties,
		...pageProperties,
	},
	strict,
);

const STATE = DELIVERY_STATES.join('|');

const CountQuery = Type.Object(
	{
		states: Type.Optional(
			Type.String({
				pattern: `^(${STATE})(,(${STATE}))*$`,
				description: `Any of ${DELIVERY_STATES.join(', ')}, with commas between them; all if missing`,
			}),
		),
		...filterProperties,
	},
	strict,
);

export function deliveryRoutes(scope: Scope, deps: RecadoDeps): void {
	const { replays, store } = deps;
	scope.get(
		`${ROOT}/deliveries`,
		{
			schema: {
				tags,
				summary: 'List deliveries, newest first',
				description: `What no index knows (an instance, an event type, a text) is looked for in ${DELIVERIES_LOOKED_AT_MAX} deliveries a page, newest first: a page may be short or empty and have a \`next\`, with which one goes on.`,
				querystring: DeliveryQuery,
				response: replies({ 200: ref('DeliveryPage') }),
			},
		},
		async (request) => {
			const filter = { ...only(request.query, ['eventId', 'state']), ...(await filterOf(deps, request.query)) };
			const { items, next, scanned } = await store.deliveries.list(filter, pageOfQuery(request.query));
			return { items: items.map(deliveryView), next, scanned };
		},
	);
	scope.get(
		`${ROOT}/deliveries/count`,
		{
			schema: {
				tags,
				summary: 'Count deliveries, before a job takes them',
				description: `Counts up to ${DELIVERIES_COUNTED_MAX}, newest first; what no index knows is looked for as in the list.`,
				querystring: CountQuery,
				response: replies({ 200: ref('DeliveryCount') }),
			},
		},
		async (request) => {
			const states = DELIVERY_STATES.filter((state) => request.query.states?.split(',').includes(state) ?? true);
			return await countDeliveries(store.deliveries, await filterOf(deps, request.query), states);
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

/** `PUT .../update-webhook-*`, `update-every-webhooks` and `update-notify-sent-by-me`. '' and null remove a webhook. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { SlotOwner, SlotWish } from '../../../delivery/services.ts';
import { ValueBody, WebhookUrl } from '../../callbacks/webhook-body.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { ZAPI_SLOTS, type ZApiSlot } from '../slots.ts';

/**
 * By the last part of the path; `receive` is a second spelling in the same documents. `received-delivery` is `received` with the echo of
 * own messages switched on, so `received` switches it off.
 */
const CALLS: Readonly<Record<string, { readonly slot: ZApiSlot; readonly sentByMe?: true }>> = {
	delivery: { slot: 'delivery' },
	received: { slot: 'received' },
	receive: { slot: 'received' },
	'received-delivery': { slot: 'received', sentByMe: true },
	'message-status': { slot: 'messageStatus' },
	disconnected: { slot: 'disconnected' },
	connected: { slot: 'connected' },
	'chat-presence': { slot: 'chatPresence' },
};

const EveryBody = Type.Object({ value: WebhookUrl, notifySentByMe: Type.Optional(Type.Boolean()) });
const NotifyBody = Type.Object({ notifySentByMe: Type.Boolean() });

export function webhookRoutes(scope: FastifyInstance, { webhooks }: ZApiDeps): void {
	for (const [ending, { slot, ...subscription }] of Object.entries(CALLS)) {
		scope.put<{ Body: ValueBody }>(`${INSTANCE_PATH}/update-webhook-${ending}`, { schema: { body: ValueBody } }, async (request) => {
			await webhooks.assignSlots(ownerOf(request), { [slot]: { url: request.body.value, ...subscription } });
			return { value: true };
		});
	}

	scope.put<{ Body: Static<typeof EveryBody> }>(
		`${INSTANCE_PATH}/update-every-webhooks`,
		{ schema: { body: EveryBody } },
		async (request) => {
			await webhooks.assignSlots(ownerOf(request), everySlot(request.body));
			return { value: true };
		},
	);

	scope.put<{ Body: Static<typeof NotifyBody> }>(
		`${INSTANCE_PATH}/update-notify-sent-by-me`,
		{ schema: { body: NotifyBody } },
		async (request) => {
			await webhooks.setSentByMe(ownerOf(request), 'received' satisfies ZApiSlot, request.body.notifySentByMe);
			return { value: true };
		},
	);
}

function ownerOf(request: Pick<FastifyRequest, 'getDecorator'>): SlotOwner {
	const instance = instanceOf(request);
	return { accountId: instance.accountId, instanceId: instance.id, dialect: 'z-api' };
}

function everySlot({ value, notifySentByMe }: Static<typeof EveryBody>): Readonly<Record<string, SlotWish>> {
	return Object.fromEntries(
		Object.keys(ZAPI_SLOTS).map((slot) => [slot, slot === 'received' && notifySentByMe ? { url: value, sentByMe: true } : { url: value }]),
	);
}

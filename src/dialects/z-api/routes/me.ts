/** `GET me`: the instance as its owner set it up, with the URL of each webhook. */
import type { FastifyInstance } from 'fastify';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { webhookUrls } from '../views/webhook-urls.ts';
import { paymentStatus } from './partner.ts';

export function meRoute(scope: FastifyInstance, { instanceSettings, webhooks, access }: ZApiDeps): void {
	scope.get<{ Params: { token: string } }>(`${INSTANCE_PATH}/me`, { config: { tellsOfSubscription: true } }, async (request) => {
		const instance = instanceOf(request);
		const { autoReadMessage, callRejectAuto, callRejectMessage } = await instanceSettings.get(instance);
		const subscription = await access.subscriptions.subscription(instance.id);
		const { sentByMe, receivedAndDeliveryCallbackUrl: _both, ...urls } = webhookUrls(webhooks, instance);
		return {
			id: instance.id,
			// Whoever asks has it; we keep its hash alone.
			token: request.params.token,
			name: instance.name,
			// 0: it has no end.
			due: subscription?.due ?? 0,
			connected: instance.state === 'connected',
			paymentStatus: paymentStatus(subscription),
			created: new Date(instance.createdAt).toISOString(),
			...urls,
			receiveCallbackSentByMe: sentByMe,
			callRejectAuto,
			callRejectMessage: callRejectMessage === '' ? null : callRejectMessage,
			autoReadMessage,
			// Z-API documents the member and no call that sets it.
			initialDataCallbackUrl: null,
		};
	});
}

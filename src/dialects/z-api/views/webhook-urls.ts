/** Where an instance's webhooks go, by the names that Z-API has for them; null where there is none. */
import type { Webhooks } from '../../../delivery/services.ts';
import type { Instance } from '../../../domain/account.ts';
import type { ZApiSlot } from '../slots.ts';

export interface WebhookUrls {
	readonly connectedCallbackUrl: string | null;
	readonly deliveryCallbackUrl: string | null;
	readonly disconnectedCallbackUrl: string | null;
	readonly messageStatusCallbackUrl: string | null;
	readonly presenceChatCallbackUrl: string | null;
	readonly receivedCallbackUrl: string | null;
	/** The same one, where own messages go there, too. */
	readonly receivedAndDeliveryCallbackUrl: string | null;
	readonly sentByMe: boolean;
}

/** Of those that were set through the dialect: the management API may add any number more. */
export function webhookUrls(webhooks: Pick<Webhooks, 'list'>, instance: Instance): WebhookUrls {
	const listed = webhooks
		.list({ accountId: instance.accountId, instanceId: instance.id, dialect: 'z-api' })
		.filter(({ origin }) => origin === 'dialect');
	const holder = (slot: ZApiSlot) => listed.find(({ subscriptions }) => subscriptions[slot] !== undefined);
	const urlOf = (slot: ZApiSlot): string | null => holder(slot)?.url ?? null;
	const sentByMe = holder('received')?.subscriptions['received']?.sentByMe ?? false;
	return {
		connectedCallbackUrl: urlOf('connected'),
		deliveryCallbackUrl: urlOf('delivery'),
		disconnectedCallbackUrl: urlOf('disconnected'),
		messageStatusCallbackUrl: urlOf('messageStatus'),
		presenceChatCallbackUrl: urlOf('chatPresence'),
		receivedCallbackUrl: urlOf('received'),
		receivedAndDeliveryCallbackUrl: sentByMe ? urlOf('received') : null,
		sentByMe,
	};
}

/** The DeliveryCallback of seeds 000 and 003: a message was handed to WhatsApp. With `error` it tells that it could not be. */
import { zaapIdOf } from './ids.ts';
import type { Told } from './told.ts';

export function deliveryCallback(told: Told): Readonly<Record<string, unknown>> {
	return {
		phone: told.with.phone,
		zaapId: zaapIdOf(told.message),
		messageId: told.message.whatsappId,
		type: 'DeliveryCallback',
		instanceId: told.instance.id,
	};
}

/** The provider's words. */
export function deliveryError(told: Told): string {
	return told.message.failure?.reason ?? 'The message could not be sent';
}

/** Plugchat's DeliveryCallback, and the failure that has a slot of its own. */
import { deliveryCallback, deliveryError } from '../../callbacks/delivery.ts';
import { given } from '../../callbacks/given.ts';
import { zaapIdOf } from '../../callbacks/ids.ts';
import type { Told } from '../../callbacks/told.ts';

/** Seed 000: with `instanceId`, without `customId`. */
export function sentCallback(told: Told): object {
	return deliveryCallback(told);
}

/** Seed 001: `customId` where the caller gave one, no `instanceId`. */
export function sentCallbackLegacy(told: Told): object {
	return given({
		phone: told.with.phone,
		customId: told.message.customId,
		zaapId: zaapIdOf(told.message),
		messageId: told.message.whatsappId,
		type: 'DeliveryCallback',
	});
}

/** Plugchat documents no body for it; this is its DeliveryCallback with the `error` of its sibling Z-API. */
export function failedCallback(told: Told): object {
	return { ...deliveryCallback(told), error: deliveryError(told) };
}

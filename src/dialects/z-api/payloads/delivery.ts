/**
 * Z-API's DeliveryCallback. Success is as seed 003 prints it, without `momment`; failure is on the newer pages alone, which have it
 * (contracts: z-api `delivery-error.json`), and goes to the same slot.
 */
import { deliveryCallback, deliveryError } from '../../callbacks/delivery.ts';
import type { Told } from '../../callbacks/told.ts';

export function deliveredCallback(told: Told): object {
	return deliveryCallback(told);
}

export function undeliveredCallback(told: Told): object {
	return { ...deliveryCallback(told), momment: told.at, error: deliveryError(told) };
}

/**
 * What kind of chat a `phone` names: people are digits, the others carry an ending (contracts: `phone` of ReceivedCallback).
 */

export interface AddressKind {
	readonly isGroup: boolean;
	readonly isNewsletter: boolean;
	readonly isBroadcast: boolean;
}

export function addressKind(phone: string): AddressKind {
	return { isGroup: phone.endsWith('-group'), isNewsletter: phone.endsWith('@newsletter'), isBroadcast: phone.endsWith('-broadcast') };
}

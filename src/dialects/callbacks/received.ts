/**
 * The envelope of a ReceivedCallback as Z-API and today's Plugchat write it (contracts: z-api and plugchat `received-text.json`).
 * `senderLid`, `senderPhoto` and `photo` are documented as strings, so they are '' where unknown.
 */
import { addressKind } from './address.ts';
import type { Told } from './told.ts';

/**
 * Everything but the content. `waitingMessage` (documented: "content not available yet") is true for a kind that this gateway cannot tell
 * of: the receiver learns that a message came, without a content member it has never heard of.
 */
export function receivedEnvelope(told: Told): Readonly<Record<string, unknown>> {
	const { message, instance } = told;
	const address = addressKind(told.with.phone);
	return {
		isStatusReply: false,
		senderLid: told.with.lid ?? '',
		connectedPhone: instance.phone,
		waitingMessage: message.content.kind === 'unknown',
		isEdit: false,
		isGroup: address.isGroup,
		isNewsletter: address.isNewsletter,
		instanceId: instance.id,
		messageId: message.whatsappId,
		phone: told.with.phone,
		fromMe: message.fromMe,
		momment: told.at,
		status: receivedStatus(told),
		chatName: told.with.chatName,
		senderPhoto: senderOf(told).photo,
		senderName: senderOf(told).name,
		participantPhone: null,
		participantLid: null,
		photo: told.with.photoUrl ?? '',
		broadcast: address.isBroadcast,
		type: 'ReceivedCallback',
	};
}

/** An own message is SENT when it is echoed, a customer's is RECEIVED. */
export function receivedStatus(told: Told): 'SENT' | 'RECEIVED' {
	return told.message.fromMe ? 'SENT' : 'RECEIVED';
}

/** Of our own number the gateway knows no profile: its number stands for its name, as WhatsApp shows a person without one. */
export function senderOf(told: Told): { readonly name: string; readonly photo: string } {
	if (told.message.fromMe) return { name: told.instance.phone, photo: '' };
	return { name: told.with.senderName, photo: told.with.photoUrl ?? '' };
}

/** Which message this one answers: there only where it does. */
export function replyMember(told: Told): Readonly<Record<string, string>> {
	return told.message.replyTo === undefined ? {} : { referenceMessageId: told.message.replyTo };
}

/** Plugchat's ReceivedCallback: today's envelope, and the shorter one of 2022 for webhooks registered through the legacy calls. */
import { addressKind } from '../../callbacks/address.ts';
import { contentMember } from '../../callbacks/contents.ts';
import { receivedEnvelope, receivedStatus, replyMember, senderOf } from '../../callbacks/received.ts';
import type { Told } from '../../callbacks/told.ts';
import { plugchatMedia } from './media.ts';

export function receivedCallback(told: Told): object {
	return { ...receivedEnvelope(told), ...contentMember(told, plugchatMedia), ...replyMember(told) };
}

/** The shape of 2022 (contracts: plugchat `received-text-legacy.json`). A kind without a documented member comes as the bare envelope. */
export function receivedCallbackLegacy(told: Told): object {
	const sender = senderOf(told);
	return {
		instanceId: told.instance.id,
		messageId: told.message.whatsappId,
		phone: told.with.phone,
		fromMe: told.message.fromMe,
		momment: told.at,
		status: receivedStatus(told),
		chatName: told.with.chatName,
		senderPhoto: sender.photo,
		senderName: sender.name,
		participantPhone: null,
		photo: told.with.photoUrl ?? '',
		broadcast: addressKind(told.with.phone).isBroadcast,
		type: 'ReceivedCallback',
		...contentMember(told, plugchatMedia),
		...replyMember(told),
	};
}

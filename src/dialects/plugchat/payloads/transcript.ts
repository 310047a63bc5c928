/** The `chat` of an attendance: its messages keyed by message id, oldest first, inbound and outbound ones in the seed's two shapes. */
import type { EventOf, InstanceRef } from '../../../domain/event.ts';
import type { MessageStatus } from '../../../domain/message.ts';
import { addressKind } from '../../callbacks/address.ts';
import { type ContentWriters, contentMember } from '../../callbacks/contents.ts';
import { textAlone } from '../../callbacks/texts.ts';
import type { Told } from '../../callbacks/told.ts';
import { plugchatMedia } from './media.ts';

export const TRANSCRIPT_CONTENTS: ContentWriters = { ...plugchatMedia, text: textAlone };

/** PENDING is the documented word for what WhatsApp has not taken, which is also where a message that failed stayed. */
export const OUTBOUND_STATUS: Readonly<Record<MessageStatus, string>> = {
	queued: 'PENDING',
	sent: 'SENT',
	received: 'RECEIVED',
	read: 'READ',
	played: 'PLAYED',
	failed: 'PENDING',
};

export function transcript(event: EventOf<'attendance.started'> | EventOf<'attendance.finished'>): Readonly<Record<string, object>> {
	return Object.fromEntries(
		event.data.transcript.map(({ message }) => {
			const told: Told = { message, with: event.data.with, instance: event.instance satisfies InstanceRef, at: message.createdAt };
			return [message.whatsappId, message.fromMe ? outboundEntry(told) : inboundEntry(told)];
		}),
	);
}

function inboundEntry(told: Told): object {
	const address = addressKind(told.with.phone);
	return {
		broadcast: address.isBroadcast,
		chatName: told.with.chatName,
		forwarded: false,
		fromMe: false,
		instanceId: told.instance.id,
		isGroup: address.isGroup,
		messageId: told.message.whatsappId,
		momment: told.at,
		phone: told.with.phone,
		photo: told.with.photoUrl ?? '',
		senderName: told.with.senderName,
		status: 'RECEIVED',
		...contentMember(told, TRANSCRIPT_CONTENTS),
		type: 'ReceivedCallback',
		waitingMessage: told.message.content.kind === 'unknown',
	};
}

function outboundEntry(told: Told): object {
	return {
		fromMe: true,
		isAutomaticMessage: told.message.origin === 'automatic',
		messageId: told.message.whatsappId,
		momment: told.at,
		phone: told.with.phone,
		status: OUTBOUND_STATUS[told.message.status],
		...contentMember(told, TRANSCRIPT_CONTENTS),
	};
}

/** The MessageStatusCallback, alike in Z-API and today's Plugchat but for the word for "read on our side". */
import type { EventOf } from '../../domain/event.ts';
import { addressKind } from './address.ts';

/** What became of an outgoing message, or `readByUs` where we read an incoming one. */
export function statusWord(event: EventOf<'message.status'>, readByUs: string): string {
	if (!event.data.message.fromMe && event.data.status === 'read') return readByUs;
	return event.data.status.toUpperCase();
}

export function messageStatusCallback(event: EventOf<'message.status'>, status: string): Readonly<Record<string, unknown>> {
	const { phone } = event.data.with;
	return {
		instanceId: event.instance.id,
		status,
		ids: [event.data.message.whatsappId],
		momment: event.at,
		// 0 is the phone itself; the channels do not tell which linked device it was.
		phoneDevice: 0,
		phone,
		type: 'MessageStatusCallback',
		isGroup: addressKind(phone).isGroup,
	};
}

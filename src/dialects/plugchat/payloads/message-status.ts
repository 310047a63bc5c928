/** Plugchat's MessageStatusCallback: today's, and the one of 2022, which names the step to the phone differently. */
import type { EventOf } from '../../../domain/event.ts';
import { messageStatusCallback, statusWord } from '../../callbacks/message-status.ts';

const READ_BY_US = 'READ-SELF';

export function statusCallback(event: EventOf<'message.status'>): object {
	return messageStatusCallback(event, statusWord(event, READ_BY_US));
}

export function statusCallbackLegacy(event: EventOf<'message.status'>): object {
	const word = statusWord(event, READ_BY_US);
	return {
		status: word === 'RECEIVED' ? 'MESSAGE_RECEIVED' : word,
		ids: [event.data.message.whatsappId],
		momment: event.at,
		phone: event.data.with.phone,
		type: 'MessageStatusCallback',
	};
}

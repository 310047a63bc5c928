/** The PresenceChatCallback: a customer is there, types, records or goes. */
import type { EventOf } from '../../domain/event.ts';

export function presenceCallback(event: EventOf<'chat.presence'>): Readonly<Record<string, unknown>> {
	return {
		type: 'PresenceChatCallback',
		phone: event.data.with.phone,
		status: event.data.status.toUpperCase(),
		lastSeen: event.data.lastSeenAt ?? null,
	};
}

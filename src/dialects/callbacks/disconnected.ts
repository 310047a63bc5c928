/** The DisconnectedCallback: the one callback whose `momment` is in seconds. */
import type { EventOf } from '../../domain/event.ts';

export function disconnectedCallback(event: EventOf<'instance.disconnected'>): Readonly<Record<string, unknown>> {
	return {
		momment: Math.floor(event.at / 1000),
		error: event.data.reason,
		disconnected: true,
		type: 'DisconnectedCallback',
	};
}

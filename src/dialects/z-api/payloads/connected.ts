/** Z-API's ConnectedCallback. The documented `momment` is no plausible time; like most callbacks this one uses milliseconds. */
import type { EventOf } from '../../../domain/event.ts';

export function connectedCallback(event: EventOf<'instance.connected'>): object {
	return {
		type: 'ConnectedCallback',
		connected: true,
		momment: event.at,
		instanceId: event.instance.id,
		phone: event.instance.phone,
	};
}

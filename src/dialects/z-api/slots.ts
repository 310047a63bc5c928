/** The webhooks of a Z-API instance, by the names that this dialect's routes register them under. */
import { presenceCallback } from '../callbacks/chat-presence.ts';
import { disconnectedCallback } from '../callbacks/disconnected.ts';
import { messageStatusCallback, statusWord } from '../callbacks/message-status.ts';
import type { Slot } from '../callbacks/slots.ts';
import { isEcho, toldOfReceived, toldOfSent } from '../callbacks/told.ts';
import { connectedCallback } from './payloads/connected.ts';
import { deliveredCallback, undeliveredCallback } from './payloads/delivery.ts';
import { receivedCallback } from './payloads/received.ts';

export type ZApiSlot = 'delivery' | 'received' | 'messageStatus' | 'disconnected' | 'connected' | 'chatPresence';

export const ZAPI_SLOTS: Readonly<Record<ZApiSlot, Slot>> = {
	delivery: {
		on: {
			'message.sent': (event) => deliveredCallback(toldOfSent(event)),
			'message.failed': (event) => undeliveredCallback(toldOfSent(event)),
		},
	},
	received: {
		on: {
			'message.received': (event, { sentByMe }) =>
				isEcho(event.data.message) && !sentByMe ? undefined : receivedCallback(toldOfReceived(event)),
		},
		echo: { 'message.sent': (event) => receivedCallback(toldOfSent(event)) },
	},
	messageStatus: { on: { 'message.status': (event) => messageStatusCallback(event, statusWord(event, 'READ_BY_ME')) } },
	disconnected: { on: { 'instance.disconnected': (event) => ({ ...disconnectedCallback(event), instanceId: event.instance.id }) } },
	connected: { on: { 'instance.connected': connectedCallback } },
	chatPresence: { on: { 'chat.presence': (event) => ({ ...presenceCallback(event), instanceId: event.instance.id }) } },
};

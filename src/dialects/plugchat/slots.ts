/** The webhooks of a Plugchat account, by the keys of seeds 000 and 002, and `chatPresence`, which only the legacy calls register. */

import type { Subscription } from '../../domain/webhook.ts';
import { presenceCallback } from '../callbacks/chat-presence.ts';
import { disconnectedCallback } from '../callbacks/disconnected.ts';
import type { Slot } from '../callbacks/slots.ts';
import type { Told } from '../callbacks/told.ts';
import { isEcho, toldOfReceived, toldOfSent } from '../callbacks/told.ts';
import { hasForm, isLegacy } from './forms.ts';
import { finishedBody, finishedBodyOf2022, startedBody, startedPage } from './payloads/attendance.ts';
import { failedCallback, sentCallback, sentCallbackLegacy } from './payloads/delivery.ts';
import { statusCallback, statusCallbackLegacy } from './payloads/message-status.ts';
import { receivedCallback, receivedCallbackLegacy } from './payloads/received.ts';

export const INTEGRATION_SLOTS: readonly [
	'finishAttendance',
	'startAttendance',
	'receiveMessage',
	'sendingMessage',
	'messageDeliveryError',
	'messageStatus',
	'whenDisconnecting',
] = [
	'finishAttendance',
	'startAttendance',
	'receiveMessage',
	'sendingMessage',
	'messageDeliveryError',
	'messageStatus',
	'whenDisconnecting',
];

export type IntegrationSlot = (typeof INTEGRATION_SLOTS)[number];
export type PlugchatSlot = IntegrationSlot | 'chatPresence';

export const PLUGCHAT_SLOTS: Readonly<Record<PlugchatSlot, Slot>> = {
	sendingMessage: {
		on: {
			'message.sent': (event, subscription) =>
				isLegacy(subscription) ? sentCallbackLegacy(toldOfSent(event)) : sentCallback(toldOfSent(event)),
		},
	},
	messageDeliveryError: { on: { 'message.failed': (event) => failedCallback(toldOfSent(event)) } },
	receiveMessage: {
		on: {
			'message.received': (event, subscription) =>
				isEcho(event.data.message) && !subscription.sentByMe ? undefined : received(toldOfReceived(event), subscription),
		},
		echo: { 'message.sent': (event, subscription) => received(toldOfSent(event), subscription) },
	},
	messageStatus: {
		on: { 'message.status': (event, subscription) => (isLegacy(subscription) ? statusCallbackLegacy(event) : statusCallback(event)) },
	},
	whenDisconnecting: {
		on: {
			'instance.disconnected': (event, subscription) => ({
				...disconnectedCallback(event),
				...(isLegacy(subscription) ? {} : { instanceId: event.instance.id }),
			}),
		},
	},
	startAttendance: {
		on: { 'attendance.started': (event, subscription) => (hasForm(subscription, 'app-page') ? startedPage(event) : startedBody(event)) },
	},
	finishAttendance: {
		on: {
			'attendance.finished': (event, subscription) => (hasForm(subscription, '2022-04') ? finishedBodyOf2022(event) : finishedBody(event)),
		},
	},
	chatPresence: { on: { 'chat.presence': presenceCallback } },
};

function received(told: Told, subscription: Subscription): object {
	return isLegacy(subscription) ? receivedCallbackLegacy(told) : receivedCallback(told);
}

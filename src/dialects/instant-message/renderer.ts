/**
 * The two bodies of seed 004. *response*: a customer wrote to the instance of the application, through whichever API it is answered.
 * *status*: an outgoing message of that instance was sent, delivered or read. Nothing else is documented, so nothing else is told.
 */
import type { EventOf, EventType } from '../../domain/event.ts';
import type { MessageStep } from '../../domain/message.ts';
import { isPerson } from '../../domain/phone.ts';
import type { Subscriptions, Webhook } from '../../domain/webhook.ts';
import type { Renderer } from '../../ports/renderer.ts';
import { digitsOf, e164, isoTime, type MessageRecord, writeRecord } from './record.ts';

/** The slots of a webhook of this dialect, each with the one event that fills it. */
const SLOTS: Readonly<Record<string, EventType>> = { response: 'message.received', status: 'message.status' };

/** `played` has no word here. */
const STATUS_WORDS: Readonly<Record<Exclude<MessageStep, 'queued'>, string | undefined>> = {
	sent: 'sent',
	received: 'delivered',
	read: 'read',
	played: undefined,
};

export const instantMessageRenderer: Renderer = {
	dialect: 'instant-message',
	render(event, webhook) {
		if (event.type === 'message.received' && webhook.subscriptions['response']) return responseBodies(event, webhook);
		if (event.type === 'message.status' && webhook.subscriptions['status']) return statusBodies(event, webhook);
		return [];
	},
	subscriptionsFor(events): Subscriptions {
		const wanted = Object.entries(SLOTS).filter(([, type]) => events.includes(type));
		return Object.fromEntries(wanted.map(([slot]) => [slot, {}]));
	},
	eventsOf(subscriptions) {
		return Object.entries(SLOTS).flatMap(([slot, type]) => (subscriptions[slot] ? [type] : []));
	},
};

function responseBodies(event: EventOf<'message.received'>, webhook: Webhook): readonly string[] {
	const { message, with: customer } = event.data;
	// A group is no customer, and what WhatsApp itself notes in a chat is no answer of theirs.
	if (message.fromMe || !isPerson(customer.phone) || message.content.kind === 'notice') return [];
	return [
		JSON.stringify({
			event: { messageId: digitsOf(event.id), type: 'response' },
			clientData: { number: e164(customer.phone), name: customer.senderName, timeLastMessage: isoTime(message.createdAt) },
			message: recordOf(event, webhook),
		}),
	];
}

function statusBodies(event: EventOf<'message.status'>, webhook: Webhook): readonly string[] {
	const status = STATUS_WORDS[event.data.status];
	if (!event.data.message.fromMe || status === undefined || !isPerson(event.data.with.phone)) return [];
	return [
		JSON.stringify({
			event: { messageId: digitsOf(event.id), type: 'status', status },
			message: recordOf(event, webhook),
		}),
	];
}

/**
 * `event.messageId` differs from `message.messageId` in the document, so it is the event's own id; `message.status` is `stored` in both
 * documented bodies, whatever `event.status` says.
 */
function recordOf(event: EventOf<'message.received'> | EventOf<'message.status'>, webhook: Webhook): MessageRecord {
	return writeRecord(event.data.message, {
		appId: webhook.applicationId ?? '',
		instancePhone: event.instance.phone,
		customerPhone: event.data.with.phone,
		status: 'stored',
		form: 'webhook',
	});
}

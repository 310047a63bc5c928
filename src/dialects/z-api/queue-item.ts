/** A queued message as `queue` lists it: capitalised keys, all of them documented. */
import type { Message } from '../../domain/message.ts';
import { queuedFields } from '../callbacks/queued.ts';

/** The members that `GET queue` and `POST queue` share. Nobody is on trial here; a wait for typing is part of the delay, as no channel shows it yet. */
export function queueItem(message: Message, phone: string): Readonly<Record<string, unknown>> {
	const fields = queuedFields(message, phone);
	return {
		_id: fields.ZaapId,
		DelayMessage: delaySeconds(message),
		IsTrial: false,
		InstanceId: message.instanceId,
		DelayTyping: 0,
		...fields,
	};
}

/** What `POST queue` tells besides; its times end in an offset, not in Z. */
export function queueItemWithDate(message: Message, phone: string): Readonly<Record<string, unknown>> {
	return {
		...queueItem(message, phone),
		CreatedAt: new Date(message.createdAt).toISOString().replace('Z', '+00:00'),
		Beta: false,
	};
}

/** -1 where the caller asked for none. */
function delaySeconds(message: Message): number {
	if (message.dueAt === undefined || message.isScheduled) return -1;
	const seconds = Math.round((message.dueAt - message.createdAt) / 1000);
	return seconds > 0 ? seconds : -1;
}

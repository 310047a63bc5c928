/** A queued message as `queue` lists it: capitalised keys, all of them documented. */
import type { Message } from '../../domain/message.ts';
import { zaapIdOf } from '../callbacks/ids.ts';

/** The members that `GET queue` and `POST queue` share. Nobody is on trial here, and the gateway shows no typing before a message. */
export function queueItem(message: Message, phone: string): Readonly<Record<string, unknown>> {
	const zaapId = zaapIdOf(message);
	return {
		_id: zaapId,
		DelayMessage: delaySeconds(message),
		Message: textOf(message),
		IsTrial: false,
		InstanceId: message.instanceId,
		Phone: phone,
		ZaapId: zaapId,
		DelayTyping: 0,
		MessageId: message.whatsappId,
		Created: message.createdAt,
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

/** The words in it: there is one `Message` for all kinds. */
function textOf({ content }: Message): string {
	if (content.kind === 'text') return content.text;
	return 'caption' in content ? (content.caption ?? '') : '';
}

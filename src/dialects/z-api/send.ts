/** What all `send-*` calls of Z-API share: hand the message over, answer its ids. */
import type { FastifyRequest } from 'fastify';
import type { Message } from '../../domain/message.ts';
import type { Messaging, SendContent } from '../../messaging/services.ts';
import { given } from '../callbacks/given.ts';
import { zaapIdOf } from '../callbacks/ids.ts';
import type { SendFields } from '../callbacks/send-fields.ts';
import { type Authenticated, instanceOf } from './authentication.ts';

/** `messageId` of a reaction names what is reacted to, so the callers say themselves what is answered. */
export interface SendWish {
	readonly phone: string;
	readonly delayMessage?: SendFields['delayMessage'];
	/** Seconds that somebody seems to type before. */
	readonly delayTyping?: number;
	readonly replyTo?: string | undefined;
	readonly content: SendContent;
	/** What the request calls a medium within the content, by its place there. */
	readonly fieldAt?: (place: string) => string;
}

export type SendingRequest = Authenticated & Pick<FastifyRequest, 'idempotent'>;

/** `answer`: what is told of the message; a few calls tell less than the ids of all others. */
export async function send(
	messaging: Messaging,
	request: SendingRequest,
	wish: SendWish,
	answer: (message: Message) => object = idsOf,
): Promise<object> {
	const message = await messaging.send({
		instance: instanceOf(request),
		phone: wish.phone,
		content: wish.content,
		origin: 'api',
		...given({
			replyTo: wish.replyTo,
			fieldAt: wish.fieldAt,
			delayMs: delayMs(wish),
			idempotency: request.idempotent && {
				request: request.idempotent,
				answer: (made: Message) => ({ status: 200, body: answer(made) }),
			},
		}),
	});
	return answer(message);
}

function delayMs({ delayMessage = 0, delayTyping = 0 }: SendWish): number | undefined {
	const seconds = delayMessage + delayTyping;
	return seconds === 0 ? undefined : seconds * 1000;
}

/** `id` repeats `messageId`, as documented. */
export function idsOf(message: Message): object {
	return { zaapId: zaapIdOf(message), messageId: message.whatsappId, id: message.whatsappId };
}

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
	readonly replyTo?: string | undefined;
	readonly content: SendContent;
}

export async function send(
	messaging: Messaging,
	request: Authenticated & Pick<FastifyRequest, 'idempotent'>,
	wish: SendWish,
): Promise<object> {
	const message = await messaging.send({
		instance: instanceOf(request),
		phone: wish.phone,
		content: wish.content,
		origin: 'api',
		...given({
			replyTo: wish.replyTo,
			delayMs: wish.delayMessage === undefined ? undefined : wish.delayMessage * 1000,
			idempotency: request.idempotent && {
				request: request.idempotent,
				answer: (made: Message) => ({ status: 200, body: answer(made) }),
			},
		}),
	});
	return answer(message);
}

/** `id` repeats `messageId`, as documented. */
function answer(message: Message): object {
	return { zaapId: zaapIdOf(message), messageId: message.whatsappId, id: message.whatsappId };
}

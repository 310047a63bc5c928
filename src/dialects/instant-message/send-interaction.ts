/** `POST /v1/messages` with `type: "interaction"`: anything may be said to a customer who wrote within the last 24 hours. */
import type { FastifyRequest } from 'fastify';
import type { Message } from '../../domain/message.ts';
import { parsePhone } from '../../domain/phone.ts';
import { RecadoError } from '../../errors.ts';
import type { Media, Messaging } from '../../messaging/services.ts';
import type { ChatReads } from '../../ports/chats.ts';
import type { Clock } from '../../ports/clock.ts';
import { callerOf } from './authentication.ts';
import { findChat, windowOf } from './chat-window.ts';
import { readContent } from './read-content.ts';
import { e164, type MessageRecord, writeRecord } from './record.ts';
import type { InteractionBody } from './send-body.ts';

export interface InteractionDeps {
	readonly messaging: Pick<Messaging, 'send'>;
	readonly media: Pick<Media, 'get'>;
	readonly chats: Pick<ChatReads, 'findByAlias'>;
	readonly clock: Clock;
}

export async function sendInteraction(
	deps: InteractionDeps,
	request: FastifyRequest,
	body: InteractionBody,
): Promise<{ readonly messages: readonly MessageRecord[] }> {
	const caller = callerOf(request);
	const { application, instance } = caller;
	// Groups and newsletters have addresses of other forms, which other APIs take: here are customers alone.
	const phone = parsePhone(body.contact.phone);
	if (phone === undefined) throw new RecadoError('invalid_phone');
	const content = await readContent(deps.media, caller, body);
	const chat = (await findChat(deps.chats, caller, phone))?.chat;
	if (!windowOf(chat, deps.clock.now()).isOpen) throw new RecadoError('window_closed', { details: { phone: e164(phone) } });
	const answer = (message: Message): { readonly messages: readonly MessageRecord[] } => ({
		messages: [writeRecord(message, { appId: application.id, instancePhone: instance.phone, customerPhone: phone, status: 'stored' })],
	});
	const message = await deps.messaging.send({
		instance,
		phone,
		content,
		origin: 'api',
		...(body.contextId === undefined ? {} : { contextId: body.contextId }),
		...(request.idempotent && {
			idempotency: { request: request.idempotent, answer: (made: Message) => ({ status: 200, body: answer(made) }) },
		}),
	});
	return answer(message);
}

/** `POST /v1/messages`: queues one message of an open conversation (`type: "interaction"`). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Message } from '../../domain/message.ts';
import { parsePhone } from '../../domain/phone.ts';
import type { Messaging } from '../../messaging/services.ts';
import { callerOf } from './authentication.ts';
import { badParameter } from './errors.ts';
import { readContent } from './read-content.ts';
import { writeRecord } from './record.ts';

/** WhatsApp takes no more. */
const TEXT_LENGTH_MAX = 65_536;

const InteractionBody = Type.Object({
	provider: Type.Enum(['whatsapp']),
	type: Type.Enum(['interaction', 'new'], { description: 'new (templates) is not offered yet' }),
	contact: Type.Object({ phone: Type.String({ description: 'E.164 with "+"' }) }),
	message: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
	mediaType: Type.Optional(Type.Enum(['text', 'image', 'video', 'audio', 'document', 'location'])),
	mediaData: Type.Optional(
		Type.Object({
			link: Type.Optional(Type.String()),
			id: Type.Optional(Type.String()),
			caption: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
			filename: Type.Optional(Type.String()),
		}),
	),
	location: Type.Optional(
		Type.Object({
			latitude: Type.Number(),
			longitude: Type.Number(),
			name: Type.Optional(Type.String()),
			address: Type.Optional(Type.String()),
		}),
	),
	contextId: Type.Optional(Type.String({ maxLength: 256, description: 'Told again in every webhook of the conversation' })),
});

export function sendRoute(scope: FastifyInstance, messaging: Pick<Messaging, 'send'>): void {
	scope.post<{ Body: Static<typeof InteractionBody> }>(
		'/v1/messages',
		{
			schema: { summary: 'Send a text, a medium or a location', tags: ['instant-message'], body: InteractionBody },
			preValidation: refuseTemplates,
		},
		async (request) => {
			const { application, instance } = callerOf(request);
			const { body } = request;
			const answer = (message: Message): unknown => ({
				messages: [
					writeRecord(message, {
						appId: application.id,
						instancePhone: instance.phone,
						customerPhone: parsePhone(body.contact.phone) ?? body.contact.phone,
						status: 'stored',
					}),
				],
			});
			const message = await messaging.send({
				instance,
				phone: body.contact.phone,
				content: readContent(body),
				origin: 'api',
				...(body.contextId === undefined ? {} : { contextId: body.contextId }),
				...(request.idempotent && {
					idempotency: { request: request.idempotent, answer: (made: Message) => ({ status: 200, body: answer(made) }) },
				}),
			});
			return answer(message);
		},
	);
}

/** A template has other members than an interaction: told before those of an interaction are missed. */
function refuseTemplates(
	request: FastifyRequest<{ Body: { readonly type?: unknown } | null | undefined }>,
	_reply: FastifyReply,
	done: (error?: Error) => void,
): void {
	if (request.body?.type !== 'new') done();
	else
		done(
			badParameter(
				'type',
				'new (templates) is not offered yet; use interaction',
				'"new" (templates) ainda não é aceito; use "interaction"',
			),
		);
}

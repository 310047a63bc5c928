/** `POST /api/whatsapp/send-*`: accepted and queued; the answer names the message by our id and by WhatsApp's. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Message } from '../../../domain/message.ts';
import type { SendContent } from '../../../messaging/services.ts';
import { documentType } from '../../callbacks/document-type.ts';
import { given } from '../../callbacks/given.ts';
import { zaapIdOf } from '../../callbacks/ids.ts';
import { captionText, messageText, sendFields } from '../../callbacks/send-fields.ts';
import { type Authenticated, instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

/** `customId` is documented for the webhook it comes back in (seed 001), not for the calls; every call takes it. */
const fields = { ...sendFields, customId: Type.Optional(Type.String({ maxLength: 256 })) };
const source = Type.String({ minLength: 1, description: 'https URL or Base64 data URI' });

const Fields = Type.Object(fields);
const TextBody = Type.Object({ ...fields, message: messageText });
const ImageBody = Type.Object({ ...fields, image: source, caption: captionText });
const AudioBody = Type.Object({ ...fields, audio: source });
const VideoBody = Type.Object({ ...fields, video: source, caption: captionText });
const DocumentBody = Type.Object({ ...fields, document: source, fileName: Type.Optional(Type.String()) });

export function messageRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	// The second spellings are printed in the same documents (contracts, pathVariants).
	for (const path of ['/api/whatsapp/send-text', '/api/whatsapp/reply-message']) {
		scope.post<{ Body: Static<typeof TextBody> }>(path, { schema: { body: TextBody } }, async (request) => {
			return send(deps, request, request.body, { kind: 'text', text: request.body.message });
		});
	}

	scope.post<{ Body: Static<typeof ImageBody> }>('/api/whatsapp/send-image', { schema: { body: ImageBody } }, async (request) => {
		const { image, caption } = request.body;
		return send(deps, request, request.body, {
			kind: 'medium',
			medium: 'image',
			field: 'image',
			source: image,
			...given({ caption }),
		});
	});

	for (const path of ['/api/whatsapp/send-audio', '/api/whatsapp/send-text/send-audio']) {
		scope.post<{ Body: Static<typeof AudioBody> }>(path, { schema: { body: AudioBody } }, async (request) => {
			return send(deps, request, request.body, { kind: 'medium', medium: 'audio', field: 'audio', source: request.body.audio });
		});
	}

	scope.post<{ Body: Static<typeof VideoBody> }>('/api/whatsapp/send-video', { schema: { body: VideoBody } }, async (request) => {
		const { video, caption } = request.body;
		return send(deps, request, request.body, {
			kind: 'medium',
			medium: 'video',
			field: 'video',
			source: video,
			...given({ caption }),
		});
	});

	for (const path of ['/api/whatsapp/send-document/:extension', '/api/whatsapp/send-document']) {
		scope.post<{ Body: Static<typeof DocumentBody>; Params: { extension?: string } }>(
			path,
			{ schema: { body: DocumentBody } },
			async (request) => {
				const { document, fileName } = request.body;
				return send(deps, request, request.body, {
					kind: 'medium',
					medium: 'document',
					field: 'document',
					source: document,
					...documentType(request.params.extension, fileName),
				});
			},
		);
	}
}

async function send(
	deps: PlugchatDeps,
	request: Authenticated & Pick<FastifyRequest, 'idempotent'>,
	body: Static<typeof Fields>,
	content: SendContent,
): Promise<object> {
	const message = await deps.messaging.send({
		instance: await instanceOf(request, deps.directory),
		phone: body.phone,
		content,
		origin: 'api',
		...given({
			replyTo: body.messageId,
			customId: body.customId,
			delayMs: body.delayMessage === undefined ? undefined : body.delayMessage * 1000,
			idempotency: request.idempotent && {
				request: request.idempotent,
				answer: (made: Message) => ({ status: 200, body: answer(made) }),
			},
		}),
	});
	return answer(message);
}

function answer(message: Message): object {
	return { zaapId: zaapIdOf(message), messageId: message.whatsappId };
}

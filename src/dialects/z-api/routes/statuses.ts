/** Statuses: what all contacts see for a day, and answers to those of others. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Message } from '../../../domain/message.ts';
import type { SendContent } from '../../../messaging/services.ts';
import { zaapIdOf } from '../../callbacks/ids.ts';
import { captionText, messageText, STATUS_CHAT } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { type SendingRequest, send } from '../send.ts';

const source = Type.String({ minLength: 1, description: 'https URL or Base64 data URI' });
const TextBody = Type.Object({ message: messageText });
const ImageBody = Type.Object({ image: source, caption: captionText });
const VideoBody = Type.Object({ video: source, caption: captionText });

const statusMessageId = Type.String({ minLength: 1, description: 'WhatsApp id of the status' });
const ReplyTextBody = Type.Object({ phone: Type.String(), message: messageText, statusMessageId });
const ReplyGifBody = Type.Object({ phone: Type.String(), gif: source, statusMessageId });
const ReplyStickerBody = Type.Object({ phone: Type.String(), sticker: source, statusMessageId });

export function statusRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	postingRoutes(scope, deps);
	replyRoutes(scope, deps);
}

function postingRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	/** A status has no `id`, as documented. */
	const answer = (made: Message): object => ({ zaapId: zaapIdOf(made), messageId: made.whatsappId });
	const post = (request: SendingRequest, content: SendContent): Promise<object> =>
		send(messaging, request, { phone: STATUS_CHAT, content }, answer);

	scope.post<{ Body: Static<typeof TextBody> }>(`${INSTANCE_PATH}/send-text-status`, { schema: { body: TextBody } }, (request) =>
		post(request, { kind: 'text', text: request.body.message }),
	);
	scope.post<{ Body: Static<typeof ImageBody> }>(`${INSTANCE_PATH}/send-image-status`, { schema: { body: ImageBody } }, (request) =>
		post(request, { kind: 'medium', medium: 'image', field: 'image', source: request.body.image, ...captionOf(request.body) }),
	);
	scope.post<{ Body: Static<typeof VideoBody> }>(`${INSTANCE_PATH}/send-video-status`, { schema: { body: VideoBody } }, (request) =>
		post(request, { kind: 'medium', medium: 'video', field: 'video', source: request.body.video, ...captionOf(request.body) }),
	);
}

function replyRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ReplyTextBody> }>(
		`${INSTANCE_PATH}/reply-status-text`,
		{ schema: { body: ReplyTextBody } },
		(request) => {
			const { phone, message, statusMessageId: id } = request.body;
			return send(messaging, request, { phone, content: { kind: 'text', text: message, context: { statusReply: { whatsappId: id } } } });
		},
	);
	scope.post<{ Body: Static<typeof ReplyGifBody> }>(`${INSTANCE_PATH}/reply-status-gif`, { schema: { body: ReplyGifBody } }, (request) => {
		const { phone, gif, statusMessageId: id } = request.body;
		const context = { statusReply: { whatsappId: id } };
		return send(messaging, request, {
			phone,
			content: { kind: 'medium', medium: 'video', look: 'gif', field: 'gif', source: gif, context },
		});
	});
	scope.post<{ Body: Static<typeof ReplyStickerBody> }>(
		`${INSTANCE_PATH}/reply-status-sticker`,
		{ schema: { body: ReplyStickerBody } },
		(request) => {
			const { phone, sticker, statusMessageId: id } = request.body;
			const context = { statusReply: { whatsappId: id } };
			return send(messaging, request, {
				phone,
				content: { kind: 'medium', medium: 'sticker', field: 'sticker', source: sticker, context },
			});
		},
	);
}

function captionOf({ caption }: { readonly caption?: string }): { readonly caption?: string } {
	return caption === undefined ? {} : { caption };
}

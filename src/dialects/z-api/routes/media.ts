/** `POST .../send-image`, `-sticker`, `-video`, `-gif`, `-ptv`, `-audio` and `send-document/{extension}`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { documentType } from '../../callbacks/document-type.ts';
import { given } from '../../callbacks/given.ts';
import { captionText, sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { missing } from '../faults.ts';
import { send } from '../send.ts';

const source = Type.String({ minLength: 1, description: 'https URL or Base64 data URI' });
const caption = captionText;
const viewOnce = Type.Optional(Type.Boolean());

const ImageBody = Type.Object({ ...sendFields, image: source, caption, viewOnce });
/** Media are fetched before the answer; whoever asks for less waits no longer than for others. */
const asynchronous = { async: Type.Optional(Type.Boolean()) };

const AudioBody = Type.Object({
	...sendFields,
	...asynchronous,
	delayTyping: Type.Optional(Type.Number({ minimum: 0, maximum: 15, description: 'Seconds' })),
	audio: source,
	viewOnce,
	waveform: Type.Optional(Type.Boolean({ description: 'Shown as a voice note' })),
});
const VideoBody = Type.Object({ ...sendFields, ...asynchronous, video: source, caption, viewOnce });
const GifBody = Type.Object({ ...sendFields, gif: source, caption });
const PtvBody = Type.Object({ ...sendFields, ptv: source });
const StickerBody = Type.Object({ ...sendFields, sticker: source, stickerAuthor: Type.Optional(Type.String()) });
const DocumentBody = Type.Object({
	...sendFields,
	document: source,
	fileName: Type.Optional(Type.String()),
	caption,
	editDocumentMessageId: Type.Optional(
		Type.String({ minLength: 1, description: 'WhatsApp id of a document of ours, whose caption is this one from now on' }),
	),
});

export function mediaRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	pictureRoutes(scope, deps);
	filmRoutes(scope, deps);
	audioRoute(scope, deps);
	documentRoutes(scope, deps);
}

function pictureRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ImageBody> }>(`${INSTANCE_PATH}/send-image`, { schema: { body: ImageBody } }, async (request) => {
		const { image, caption, viewOnce, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'image', field: 'image', source: image, ...given({ caption, viewOnce }) },
		});
	});

	scope.post<{ Body: Static<typeof StickerBody> }>(`${INSTANCE_PATH}/send-sticker`, { schema: { body: StickerBody } }, async (request) => {
		const { sticker, stickerAuthor: author, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'sticker', field: 'sticker', source: sticker, ...given({ author }) },
		});
	});
}

function filmRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof VideoBody> }>(`${INSTANCE_PATH}/send-video`, { schema: { body: VideoBody } }, async (request) => {
		const { video, caption, viewOnce, messageId, async: _async, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'video', field: 'video', source: video, ...given({ caption, viewOnce }) },
		});
	});

	scope.post<{ Body: Static<typeof GifBody> }>(`${INSTANCE_PATH}/send-gif`, { schema: { body: GifBody } }, async (request) => {
		const { gif, caption, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'video', look: 'gif', field: 'gif', source: gif, ...given({ caption }) },
		});
	});

	scope.post<{ Body: Static<typeof PtvBody> }>(`${INSTANCE_PATH}/send-ptv`, { schema: { body: PtvBody } }, async (request) => {
		const { ptv, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'video', look: 'ptv', field: 'ptv', source: ptv },
		});
	});
}

function audioRoute(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof AudioBody> }>(`${INSTANCE_PATH}/send-audio`, { schema: { body: AudioBody } }, async (request) => {
		const { audio, viewOnce, waveform: voiceNote, messageId, async: _async, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'audio', field: 'audio', source: audio, ...given({ viewOnce, voiceNote }) },
		});
	});
}

function documentRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	for (const path of [`${INSTANCE_PATH}/send-document/:extension`, `${INSTANCE_PATH}/send-document`]) {
		scope.post<{ Body: Static<typeof DocumentBody>; Params: { extension?: string } }>(
			path,
			{ schema: { body: DocumentBody } },
			async (request) => {
				const { document, fileName, caption, messageId, editDocumentMessageId, ...fields } = request.body;
				if (editDocumentMessageId !== undefined) {
					// WhatsApp lets one change the caption alone, so the file is not fetched.
					const act = { kind: 'edit', content: { kind: 'text', text: caption ?? missing('caption') } } as const;
					return send(messaging, request, { ...fields, content: { kind: 'upon', whatsappId: editDocumentMessageId, act } });
				}
				return send(messaging, request, {
					...fields,
					replyTo: messageId,
					content: {
						kind: 'medium',
						medium: 'document',
						field: 'document',
						source: document,
						...documentType(request.params.extension, fileName),
						...given({ caption }),
					},
				});
			},
		);
	}
}

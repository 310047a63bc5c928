/** `POST /api/whatsapp/send-image`, `-audio`, `-video`, `-sticker` and `send-document/{extension}`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { documentType } from '../../callbacks/document-type.ts';
import { given } from '../../callbacks/given.ts';
import { captionText } from '../../callbacks/send-fields.ts';
import type { PlugchatDeps } from '../deps.ts';
import { mediumSource, plugchatFields, send } from '../send.ts';

const ImageBody = Type.Object({ ...plugchatFields, image: mediumSource, caption: captionText });
const AudioBody = Type.Object({ ...plugchatFields, audio: mediumSource });
const VideoBody = Type.Object({ ...plugchatFields, video: mediumSource, caption: captionText });
const StickerBody = Type.Object({ ...plugchatFields, sticker: mediumSource });
const DocumentBody = Type.Object({ ...plugchatFields, document: mediumSource, fileName: Type.Optional(Type.String()) });

/** Audio and stickers have a second spelling in the same documents (contracts, pathVariants). */
export function mediaRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.post<{ Body: Static<typeof ImageBody> }>('/api/whatsapp/send-image', { schema: { body: ImageBody } }, (request) => {
		const { image: source, caption } = request.body;
		return send(deps, request, request.body, { kind: 'medium', medium: 'image', field: 'image', source, ...given({ caption }) });
	});

	for (const path of ['/api/whatsapp/send-audio', '/api/whatsapp/send-text/send-audio']) {
		scope.post<{ Body: Static<typeof AudioBody> }>(path, { schema: { body: AudioBody } }, (request) =>
			send(deps, request, request.body, { kind: 'medium', medium: 'audio', field: 'audio', source: request.body.audio }),
		);
	}

	scope.post<{ Body: Static<typeof VideoBody> }>('/api/whatsapp/send-video', { schema: { body: VideoBody } }, (request) => {
		const { video: source, caption } = request.body;
		return send(deps, request, request.body, { kind: 'medium', medium: 'video', field: 'video', source, ...given({ caption }) });
	});

	for (const path of ['/api/whatsapp/send-sticker', '/api/whatsapp/send-text/send-sticker']) {
		scope.post<{ Body: Static<typeof StickerBody> }>(path, { schema: { body: StickerBody } }, (request) =>
			send(deps, request, request.body, { kind: 'medium', medium: 'sticker', field: 'sticker', source: request.body.sticker }),
		);
	}

	for (const path of ['/api/whatsapp/send-document/:extension', '/api/whatsapp/send-document']) {
		scope.post<{ Body: Static<typeof DocumentBody>; Params: { extension?: string } }>(
			path,
			{ schema: { body: DocumentBody } },
			async (request) => {
				const { document: source, fileName } = request.body;
				const type = documentType(request.params.extension, fileName);
				return send(deps, request, request.body, { kind: 'medium', medium: 'document', field: 'document', source, ...type });
			},
		);
	}
}

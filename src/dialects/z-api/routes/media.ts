/** `POST .../send-image`, `send-audio`, `send-video` and `send-document/{extension}`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import { documentType } from '../../callbacks/document-type.ts';
import { given } from '../../callbacks/given.ts';
import { captionText, sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { send } from '../send.ts';

const source = Type.String({ minLength: 1, description: 'https URL or Base64 data URI' });
const caption = captionText;
const viewOnce = Type.Optional(Type.Boolean());

const ImageBody = Type.Object({ ...sendFields, image: source, caption, viewOnce });
const AudioBody = Type.Object({ ...sendFields, audio: source, viewOnce });
const VideoBody = Type.Object({ ...sendFields, video: source, caption, viewOnce });
const DocumentBody = Type.Object({
	...sendFields,
	document: source,
	fileName: Type.Optional(Type.String()),
	caption,
	editDocumentMessageId: Type.Optional(Type.String()),
});

export function mediaRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ImageBody> }>(`${INSTANCE_PATH}/send-image`, { schema: { body: ImageBody } }, async (request) => {
		const { image, caption, viewOnce, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'image', field: 'image', source: image, ...given({ caption, viewOnce }) },
		});
	});

	scope.post<{ Body: Static<typeof AudioBody> }>(`${INSTANCE_PATH}/send-audio`, { schema: { body: AudioBody } }, async (request) => {
		const { audio, viewOnce, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'audio', field: 'audio', source: audio, ...given({ viewOnce }) },
		});
	});

	scope.post<{ Body: Static<typeof VideoBody> }>(`${INSTANCE_PATH}/send-video`, { schema: { body: VideoBody } }, async (request) => {
		const { video, caption, viewOnce, messageId, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'medium', medium: 'video', field: 'video', source: video, ...given({ caption, viewOnce }) },
		});
	});

	for (const path of [`${INSTANCE_PATH}/send-document/:extension`, `${INSTANCE_PATH}/send-document`]) {
		scope.post<{ Body: Static<typeof DocumentBody>; Params: { extension?: string } }>(
			path,
			{ schema: { body: DocumentBody } },
			async (request) => {
				const { document, fileName, caption, messageId, editDocumentMessageId, ...fields } = request.body;
				// An edit that were taken for a new message would reach the customer twice.
				if (editDocumentMessageId) throw new RecadoError('kind_unsupported', { details: { kind: 'edits (editDocumentMessageId)' } });
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

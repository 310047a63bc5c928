/**
 * `GET /media/:id`: media that came to us as bytes, for whoever knows the unguessable id (phones and receivers fetch them without credentials).
 * They are strangers' bytes on our origin: only types that cannot carry a script are shown inline, everything else is a download.
 */
import type { FastifyInstance } from 'fastify';
import { RecadoError } from '../errors.ts';
import type { MediaReads, StoredMedium } from '../ports/store.ts';

const INLINE_TYPES: RegExp = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)(;|$)/;
/** RFC 9110, section 8.3: type/subtype and parameters, nothing that could end the header. */
const MEDIA_TYPE: RegExp = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w.+-]+=("[^"\r\n]*"|[\w.+-]+))*$/;

interface MediaRequest {
	Params: { id: string };
}

export function registerMedia(scope: FastifyInstance, media: MediaReads): void {
	scope.get<MediaRequest>('/media/:id', async (request, reply) => {
		const medium = await media.medium(request.params.id);
		if (!medium) throw new RecadoError('not_there', { details: { what: 'medium' } });
		const etag = `"${medium.id}"`;
		reply.headers({
			etag,
			// What an id stands for never changes.
			'cache-control': 'public, max-age=31536000, immutable',
			'content-security-policy': "default-src 'none'; sandbox",
			'cross-origin-resource-policy': 'cross-origin',
		});
		if (request.headers['if-none-match'] === etag) return reply.code(304).send();
		const type = MEDIA_TYPE.test(medium.mimeType) ? medium.mimeType : 'application/octet-stream';
		reply.header('content-disposition', disposition(medium, INLINE_TYPES.test(type) ? 'inline' : 'attachment'));
		return reply.type(type).send(Buffer.from(medium.bytes.buffer, medium.bytes.byteOffset, medium.bytes.byteLength));
	});
}

/** RFC 6266 with the encoding of RFC 8187: any name, in ASCII. */
function disposition(medium: StoredMedium, kind: 'inline' | 'attachment'): string {
	if (medium.fileName === undefined) return kind;
	const encoded = encodeURIComponent(medium.fileName.toWellFormed()).replace(
		/['()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	return `${kind}; filename*=UTF-8''${encoded}`;
}

/**
 * `GET /media/:id`: media for whoever knows the unguessable id (phones and receivers fetch them without credentials), until the link expires or its message
 * is deleted; then, as for an id that never was, 404: who guesses learns nothing. They are strangers' bytes on our origin: only types that cannot carry
 * a script are shown inline, everything else is a download; and what a page could take as its script or style sheet is served as a type that is neither,
 * which no browser runs then.
 */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { RecadoError } from '../errors.ts';
import type { Blob, Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaReads, StoredMedium } from '../ports/media.ts';
import { rangeOf } from './byte-range.ts';

const INLINE_TYPES: RegExp = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)(;|$)/;
/** RFC 9110, section 8.3: type/subtype and parameters, in ASCII, nothing that could end the header. */
const MEDIA_TYPE: RegExp = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *; *[\w.+-]+=("[ !#-~]*"|[\w.+-]+))*$/;
/** https://mimesniff.spec.whatwg.org/#javascript-mime-type, and style sheets. */
const RUN_BY_PAGES: RegExp = /^((text|application)\/(x-)?(java|ecma|j|live)script[\d.]*|text\/css) *(;|$)/i;
const OCTETS = 'application/octet-stream';
/** What an id stands for never changes, but it may be deleted: nobody keeps it for longer, and caches that others share not at all. */
const CACHED_SECONDS_MAX = 86_400;

export interface MediaParts {
	readonly media: MediaReads;
	readonly blobs: Pick<Blobs, 'open'>;
	readonly clock: Clock;
}

interface MediaRequest {
	Params: { id: string };
}

/** One whose bytes are there. */
type Filled = StoredMedium & { readonly blob: Blob };

export function registerMedia(scope: FastifyInstance, { media, blobs, clock }: MediaParts): void {
	scope.get<MediaRequest>('/media/:id', { exposeHeadRoute: false }, async (request, reply) => {
		const medium = await found(media, request.params.id, clock.now());
		const etag = describe(reply, medium, clock.now());
		if (request.headers['if-none-match'] === etag) return reply.code(304).send();
		const { sha256, size } = medium.blob;
		const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
		const range = isSame ? rangeOf(request.headers.range, size) : undefined;
		if (range === 'none') return reply.code(416).header('content-range', `bytes */${size}`).send();
		const bytes = await blobs.open(sha256, range);
		if (!bytes) throw missing();
		const stream = bytes instanceof Readable ? bytes : Readable.from(bytes, { objectMode: false });
		if (!range) return reply.header('content-length', size).send(stream);
		reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
		return reply.header('content-length', range.last - range.first + 1).send(stream);
	});
	scope.head<MediaRequest>('/media/:id', async (request, reply) => {
		const medium = await found(media, request.params.id, clock.now());
		const etag = describe(reply, medium, clock.now());
		if (request.headers['if-none-match'] === etag) return reply.code(304).send();
		return reply.header('content-length', medium.blob.size).send();
	});
}

async function found(media: MediaReads, id: string, now: number): Promise<Filled> {
	const medium = await media.medium(id);
	if (!medium?.blob || medium.expiresAt <= now) throw missing();
	return { ...medium, blob: medium.blob };
}

function missing(): RecadoError {
	return new RecadoError('not_there', { details: { what: 'medium' } });
}

/** Answers its entity tag. */
function describe(reply: FastifyReply, medium: Filled, now: number): string {
	const type = MEDIA_TYPE.test(medium.mimeType) && !RUN_BY_PAGES.test(medium.mimeType) ? medium.mimeType : OCTETS;
	const etag = `"${medium.blob.sha256}"`;
	const seconds = Math.min(CACHED_SECONDS_MAX, Math.floor((medium.expiresAt - now) / 1_000));
	reply.type(type).headers({
		etag,
		'accept-ranges': 'bytes',
		'cache-control': `private, max-age=${seconds}, immutable`,
		'content-disposition': disposition(medium, INLINE_TYPES.test(type) ? 'inline' : 'attachment'),
		'content-security-policy': "default-src 'none'; sandbox",
		'cross-origin-resource-policy': 'cross-origin',
		'x-content-type-options': 'nosniff',
	});
	return etag;
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

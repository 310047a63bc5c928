/** Bodies of any type as streams, for routes that take media as they are. */
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusedMedium } from './errors.ts';

/** RFC 9110, section 8.3: type/subtype and parameters. */
const MEDIA_TYPE: RegExp = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w.+-]+=("[^"\r\n]*"|[\w.+-]+))*$/;

/** Call before the routes of the scope are added. */
export function takeBytes(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** The body of the request. Throws the documented refusal where there is none. */
export async function bytesOf(request: FastifyRequest): Promise<AsyncIterable<Uint8Array>> {
	const stream = request.body as Readable | undefined | null;
	// What is refused half way is still answered: the connection is not broken off.
	const chunks: AsyncIterator<Uint8Array> | undefined = stream?.iterator({ destroyOnReturn: false });
	const first = await chunks?.next();
	if (!chunks || !first || first.done) {
		throw refusedMedium('send the medium as the body of the request', 'É necessário enviar a mídia no corpo da requisição');
	}
	return continued(first.value, chunks);
}

async function* continued(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield first;
	yield* { [Symbol.asyncIterator]: () => rest };
}

/** Throws the documented refusal where the header is missing or names no type. */
export function mimeTypeOf(request: FastifyRequest): string {
	const type = request.headers['content-type']?.trim().toLowerCase() ?? '';
	if (!MEDIA_TYPE.test(type)) throw refusedMedium('the header Content-Type is required', 'É necessário informar o header Content-Type');
	return type;
}

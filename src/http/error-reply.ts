/** The one place that turns whatever was thrown into a reply: a `RecadoError` first, then the form of the dialect whose path it is. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Dialect } from '../ports/dialect.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** The error that it was answered with, for the log. */
		errorCode: string | undefined;
	}
}

const WRONG_LENGTH: Fault = { path: '', en: 'its length is not the Content-Length', pt: 'o tamanho não é o do Content-Length' };
const UNREADABLE: Fault = { path: '', en: 'it cannot be read', pt: 'não pode ser lido' };

/** Any thrown value as an error of the catalogue: the server's own errors by their code, everything unexpected as `internal`. */
export function toRecadoError(thrown: unknown, bodyBytesMax: number): RecadoError {
	if (thrown instanceof RecadoError) return thrown;
	const { code, statusCode } = readError(thrown);
	switch (code) {
		case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
			return new RecadoError('unsupported_media_type', { cause: thrown });
		case 'FST_ERR_CTP_BODY_TOO_LARGE':
			return new RecadoError('body_too_large', { details: { limit: bodyBytesMax }, cause: thrown });
		case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
			return new RecadoError('invalid_json', { faults: [WRONG_LENGTH], cause: thrown });
		case 'FST_ERR_MAX_PARAM_LENGTH':
			return new RecadoError('uri_too_long', { cause: thrown });
		case 'FST_ERR_BAD_URL':
		case 'FST_ERR_NOT_FOUND':
			return new RecadoError('not_found', { cause: thrown });
		default:
	}
	if (statusCode === 404) return new RecadoError('not_found', { cause: thrown });
	// A fault of the caller that the server or a plugin found while reading. Its words are English and of the framework: they stay in the cause.
	if (statusCode >= 400 && statusCode < 500) return new RecadoError('invalid_json', { faults: [UNREADABLE], cause: thrown });
	return new RecadoError('internal', { cause: thrown });
}

function readError(thrown: unknown): { readonly code: string; readonly statusCode: number } {
	if (!(thrown instanceof Error)) return { code: '', statusCode: 500 };
	const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
	const statusCode = 'statusCode' in thrown && typeof thrown.statusCode === 'number' ? thrown.statusCode : 500;
	return { code, statusCode };
}

export interface ErrorTelling {
	readonly observer: Observer;
	readonly tellError: Dialect['tellError'];
}

/** Replies with the error. What is our own fault is logged with its stack; the caller gets the request id. */
export function replyWithError(telling: ErrorTelling, error: RecadoError, request: FastifyRequest, reply: FastifyReply): void {
	request.errorCode = error.code;
	if (error.code === 'internal' || error.code === 'secret_unreadable') {
		const route = request.routeOptions.url ?? '(unknown)';
		telling.observer.requestFailed({ requestId: request.id, method: request.method, route }, error.cause ?? error);
	}
	const told = telling.tellError(error, {
		method: request.method,
		path: pathOf(request),
		id: request.id,
		language: languageOf(request.headers['accept-language']),
	});
	const allow = error.details['allow'];
	if (error.code === 'method_not_allowed' && allow !== undefined) reply.header('allow', String(allow));
	if (error.code === 'unauthorized') reply.header('www-authenticate', 'Bearer');
	if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
	reply
		.code(told.status ?? error.status)
		.type(told.contentType)
		.send(typeof told.body === 'string' ? told.body : JSON.stringify(told.body));
}

/** RFC 9110, section 12.5.4, as far as two languages need it: the one that is named first. */
function languageOf(accepted: string | undefined): 'en' | 'pt' {
	const tags = (accepted ?? '').split(',').map((tag) => tag.trim().toLowerCase());
	return tags.find((tag) => /^(pt|en)\b/.test(tag))?.startsWith('pt') ? 'pt' : 'en';
}

/** The path that was asked for, as the router reads it: without its query, doubled slashes as one. */
export function pathOf(request: { readonly url: string }): string {
	const end = request.url.indexOf('?');
	const path = end === -1 ? request.url : request.url.slice(0, end);
	return path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
}

/**
 * Bodies are JSON and nothing else. A route that takes a body (its schema has one) demands the content type even when nothing was sent, so that
 * a caller who forgot the header hears about the header; a route that takes none ignores whatever comes.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Fault, RecadoError } from '../errors.ts';

/** `application/json`, with parameters or without. */
const JSON_TYPE: RegExp = /^\s*application\/json\s*(;|$)/i;

/** The parser's own words are English, and name no place in the body. */
const MALFORMED: Fault = {
	path: '',
	en: 'it is malformed, or has a forbidden key (__proto__, constructor)',
	pt: 'está malformado, ou tem uma chave proibida (__proto__, constructor)',
};

export function takeJsonBodiesOnly(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	// Refuses `__proto__` and `constructor.prototype` as keys: whoever merges a body into something cannot be poisoned.
	const parse = app.getDefaultJsonParser('error', 'error');
	app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
		if (!takesBody(request)) return done(null, undefined);
		// Fastify's parser has nothing to say of nothing; an empty body is none, and validation names what is missing.
		if (body.trim() === '') return done(null, undefined);
		void parse(request, body, (error, value) => {
			if (error) done(new RecadoError('invalid_json', { faults: [MALFORMED], cause: error }));
			else done(null, value);
		});
	});
	// Reached by routes without a body only: the hook below has refused the others. The limit of size holds here too.
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
	app.addHook('preParsing', (request, _reply, _payload, done) => {
		const isJson = JSON_TYPE.test(request.headers['content-type'] ?? '');
		if (isJson || !takesBody(request) || mayBeMissing(request)) done();
		else done(new RecadoError('unsupported_media_type'));
	});
}

function takesBody(request: FastifyRequest): boolean {
	return request.routeOptions.schema?.body !== undefined;
}

/** Nothing was sent, and that is fine here. */
function mayBeMissing(request: FastifyRequest): boolean {
	if (request.routeOptions.config.isBodyOptional !== true) return false;
	return request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
}

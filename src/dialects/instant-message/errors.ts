/**
 * Errors in the form of this API, in Portuguese: `{"message": "…"}`, of media `{"error": "…"}`. Bad parameters have the documented words, which say little, so
 * `details` (our only addition to the documented bodies) names each fault.
 */
import { RecadoError, tellFault } from '../../errors.ts';
import type { Dialect, ErrorReply } from '../../ports/dialect.ts';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** Where the documentation answers 422 for bad parameters instead of 400. */
const UNPROCESSABLE_PATH = /^\/v1\/messages\/interactions\/?(\?|$)/;

const MEDIAS_PATH = /^\/v1\/medias(\/|\?|$)/;

export const tellError: Dialect['tellError'] = (error, request): ErrorReply => {
	if (MEDIAS_PATH.test(request.path) && error.status !== 401)
		return { contentType: CONTENT_TYPE, body: { error: faultsOf(error).join('; ') } };
	if (error.status !== 400) return { contentType: CONTENT_TYPE, body: { message: error.tell('pt') } };
	const reply = { contentType: CONTENT_TYPE, body: { message: 'Parâmetros incorretos', details: faultsOf(error) } };
	return UNPROCESSABLE_PATH.test(request.path) ? { ...reply, status: 422 } : reply;
};

function faultsOf(error: RecadoError): readonly string[] {
	return error.faults.length > 0 ? error.faults.map((fault) => tellFault(fault, 'pt')) : [error.tell('pt')];
}

/** What a route throws when a request has the right types but makes no sense. */
export function badParameter(path: string, en: string, pt: string): RecadoError {
	return new RecadoError('invalid_request', { faults: [{ path, en, pt }] });
}

/** Of media: the documented words say it all. */
export function refusedMedium(en: string, pt: string): RecadoError {
	return badParameter('', en, pt);
}

/**
 * `Idempotency-Key` on requests that create: asking twice is asking once. The first answer is committed together with what it created (by the
 * service, in the same write unit); here a known key is answered again and an unknown one is handed on to the handler.
 */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RecadoError } from '../errors.ts';
import type { IdempotentRequest } from '../ports/dialect.ts';
import type { IdempotencyReads, IdempotencyRecord } from '../ports/idempotency.ts';
import type { Sealer } from '../ports/secrets.ts';
import { canonicalJson } from './canonical-json.ts';

const KEY_LENGTH_MAX = 255;

export interface IdempotencyParts {
	readonly idempotency: IdempotencyReads;
	readonly sealer: Pick<Sealer, 'unseal'>;
}

/** Most requests have none, and are not held up by it. */
export function hasKey(request: FastifyRequest): boolean {
	return request.headers['idempotency-key'] !== undefined;
}

/** Answers a repetition and says so; otherwise notes the key on the request. Throws idempotency_mismatch, invalid_request. */
export async function answerIfKnown(
	parts: IdempotencyParts,
	dialect: string,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<boolean> {
	const key = keyOf(request);
	// Without an owner keys of strangers would meet: an unauthenticated route has none.
	if (key === undefined || request.owner === '') return false;
	const idempotent: IdempotentRequest = {
		scope: `${dialect}:${request.owner}:${request.method} ${request.routeOptions.url ?? ''}`,
		key,
		fingerprint: fingerprintOf(request),
	};
	if (await answerAgain(parts, idempotent, reply)) return true;
	request.idempotent = idempotent;
	return false;
}

/** Answers what the first request with this key was answered, if it was. Throws idempotency_mismatch. */
export async function answerAgain(parts: IdempotencyParts, request: IdempotentRequest, reply: FastifyReply): Promise<boolean> {
	const record = await parts.idempotency.find(request.scope, request.key);
	if (!record) return false;
	if (record.fingerprint !== request.fingerprint) throw new RecadoError('idempotency_mismatch');
	send(reply, record, parts.sealer.unseal(record.sealedBody));
	return true;
}

function send(reply: FastifyReply, record: IdempotencyRecord, body: string): void {
	reply.code(record.status).header('idempotency-replayed', 'true').type('application/json; charset=utf-8').send(body);
}

function keyOf(request: FastifyRequest): string | undefined {
	if (request.method !== 'POST') return undefined;
	const key = request.headers['idempotency-key'];
	if (key === undefined) return undefined;
	if (typeof key === 'string' && key.length > 0 && key.length <= KEY_LENGTH_MAX) return key;
	throw new RecadoError('invalid_request', {
		faults: [
			{ path: 'Idempotency-Key', en: `must have 1 to ${KEY_LENGTH_MAX} characters`, pt: `deve ter de 1 a ${KEY_LENGTH_MAX} caracteres` },
		],
	});
}

function fingerprintOf(request: FastifyRequest): string {
	return createHash('sha256')
		.update(canonicalJson({ params: request.params, body: request.body ?? null }))
		.digest('hex');
}

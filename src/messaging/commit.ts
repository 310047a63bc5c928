/** Deciding and committing: where something changed under a decision, it is made again on what is there now. */
import { RecadoError } from '../errors.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotentRequest } from '../ports/dialect.ts';
import type { IdempotencyRecord } from '../ports/idempotency.ts';
import type { Decision, Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Answer, Idempotency } from './services.ts';

/**
 * A conflict needs two decisions about one thing at one moment. Several processes that want the next number of one account meet many in a row, and each time
 * one of them gets it; that many is a fault, not bad luck.
 */
export const DECISIONS_MAX = 100;

export interface Decided<T> {
	/** Undefined: nothing to do. */
	readonly decision?: Decision;
	readonly result: T;
}

/**
 * @param decide reads and decides; called again after a conflict, with the number of conflicts so far.
 * Throws idempotency_raced where the request's key was used meanwhile, conflict where deciding again does not help.
 */
export async function commitDecided<T>(outbox: Outbox, decide: (conflicts: number) => Promise<Decided<T>>): Promise<T> {
	for (let conflicts = 0; conflicts < DECISIONS_MAX; conflicts += 1) {
		const { decision, result } = await decide(conflicts);
		if (!decision) return result;
		const conflict = await outbox.commit(decision);
		if (!conflict) return result;
		if (conflict.what === 'idempotency') throw new RecadoError('idempotency_raced');
	}
	throw new RecadoError('conflict');
}

/** Commits changes that depend on nothing: a conflict is the caller's to hear of. Throws idempotency_raced, conflict. */
export async function commitChanges<T>(
	parts: { readonly outbox: Outbox; readonly sealer: Sealer; readonly clock: Clock },
	changes: readonly Change[],
	answered?: { readonly idempotency: Idempotency<T> | undefined; readonly result: T },
): Promise<void> {
	const record = answered ? recordAnswer(answered.idempotency, answered.result, { sealer: parts.sealer, now: parts.clock.now() }) : {};
	const conflict = await parts.outbox.commit({ changes, events: [], ...record });
	if (conflict) throw new RecadoError(conflict.what === 'idempotency' ? 'idempotency_raced' : 'conflict');
}

/** The record of the first answer, to be committed with what it tells of. */
export function recordAnswer<T>(
	idempotency: Idempotency<T> | undefined,
	result: T,
	parts: { readonly sealer: Sealer; readonly now: number },
): { idempotency?: IdempotencyRecord } {
	if (!idempotency) return {};
	return { idempotency: recordOf(idempotency.request, idempotency.answer(result), parts) };
}

function recordOf(request: IdempotentRequest, answer: Answer, { sealer, now }: { sealer: Sealer; now: number }): IdempotencyRecord {
	const { scope, key, fingerprint } = request;
	return { scope, key, fingerprint, status: answer.status, sealedBody: sealer.seal(JSON.stringify(answer.body)), createdAt: now };
}

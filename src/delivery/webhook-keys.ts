/** The secrets and key pairs of a webhook: made, and rotated with an overlap in which the old ones sign beside the new. */
import type { SealedSecret, Webhook } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { Ids } from '../ports/clock.ts';
import type { Sealer } from '../ports/secrets.ts';
import { keyPairFromBytes, secretFromBytes } from './signing.ts';

/** Secrets that are valid at a time, and key pairs: each adds a signature to every attempt. Where there are so many, a rotation is refused. */
const VALID_MAX = 4;

interface Tools {
	readonly sealer: Sealer;
	readonly ids: Ids;
}

export function newSecret({ ids }: Pick<Tools, 'ids'>): string {
	return secretFromBytes(Buffer.from(ids.nextToken(), 'base64url'));
}

export function newKeyPair({ sealer, ids }: Tools): SealedSecret {
	return { sealed: sealer.seal(keyPairFromBytes(Buffer.from(ids.nextToken(), 'base64url'))) };
}

/** The webhook with a new secret, and a new key pair where it has one. Throws webhook_rotated_too_often. */
export function rotateKeys(
	webhook: Webhook,
	tools: Tools,
	moment: { readonly now: number; readonly overlapMs: number },
): { webhook: Webhook; secret: string } {
	const secret = newSecret(tools);
	const secrets = [{ sealed: tools.sealer.seal(secret) }, ...stillValid(webhook.secrets, moment)];
	const keyPairs = webhook.keyPairs.length === 0 ? [] : [newKeyPair(tools), ...stillValid(webhook.keyPairs, moment)];
	return { secret, webhook: { ...webhook, secrets, keyPairs, updatedAt: moment.now } };
}

function stillValid(
	keys: readonly SealedSecret[],
	{ now, overlapMs }: { readonly now: number; readonly overlapMs: number },
): SealedSecret[] {
	const older = keys
		.map(({ sealed, until }) => ({ sealed, until: Math.min(until ?? Number.POSITIVE_INFINITY, now + overlapMs) }))
		.filter(({ until }) => until > now);
	if (older.length < VALID_MAX) return older;
	const firstEnd = new Date(Math.min(...older.map(({ until }) => until))).toISOString();
	throw new RecadoError('webhook_rotated_too_often', { details: { limit: VALID_MAX, until: firstEnd } });
}

/** What goes over the wire for one attempt: the body as committed, the signature of this moment, and the webhook's own headers. */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { AUTHORIZATION } from './own-headers.ts';
import { sign } from './signing.ts';
import { signingKeysAt, type WebhookEntry } from './webhook-registry.ts';

const SECRET = '[secret]';
const USER_AGENT = 'Recado (+webhooks)';

export interface AttemptMoment {
	/** Decides which keys sign. */
	readonly now: number;
	/** What the receiver compares with its own clock. */
	readonly wall: number;
	/** The span of this attempt; undefined where nobody traces. */
	readonly traceparent?: string | undefined;
}

export function attemptHeaders(
	entry: WebhookEntry,
	delivery: ClaimedDelivery,
	{ now, wall, traceparent }: AttemptMoment,
): Record<string, string> {
	return {
		...entry.headers,
		...(entry.authorization === undefined ? {} : { [AUTHORIZATION]: entry.authorization }),
		'content-type': 'application/json',
		'user-agent': USER_AGENT,
		...sign(signingKeysAt(entry, now), delivery.id, wall, delivery.body),
		'recado-event': delivery.eventType,
		'recado-attempt': String(delivery.attempts + 1),
		...(delivery.isReplay ? { 'recado-replay': 'true' } : {}),
		...(traceparent === undefined ? {} : { traceparent }),
	};
}

/** The same for the record: the values of the webhook's own headers are secrets. */
export function recordedHeaders(entry: WebhookEntry, sent: Readonly<Record<string, string>>): Record<string, string> {
	const recorded = { ...sent };
	for (const name of Object.keys(entry.headers)) if (name in recorded) recorded[name] = SECRET;
	if (AUTHORIZATION in recorded) recorded[AUTHORIZATION] = SECRET;
	return recorded;
}

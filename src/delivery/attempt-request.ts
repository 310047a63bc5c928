/** What goes over the wire for one attempt: the body as committed, the signature of this moment, and the webhook's own headers. */
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { sign } from './signing.ts';
import { signingKeysAt, type WebhookEntry } from './webhook-registry.ts';

/** Headers that no webhook may set for itself: ours, and those that carry HTTP itself (RFC 9110, section 7.6.1). */
const RESERVED: ReadonlySet<string> = new Set([
	'webhook-id',
	'webhook-timestamp',
	'webhook-signature',
	'recado-event',
	'recado-attempt',
	'recado-replay',
	'content-type',
	'content-length',
	'content-encoding',
	'host',
	'connection',
	'keep-alive',
	'transfer-encoding',
	'te',
	'trailer',
	'upgrade',
	'expect',
	'proxy-authorization',
	'user-agent',
]);

export function isReservedHeader(name: string): boolean {
	return RESERVED.has(name.toLowerCase());
}

/** Name and value as HTTP can carry them (RFC 9110, section 5): nothing that ends a line and begins another header. */
export function isCarriableHeader(name: string, value: string): boolean {
	return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

const USER_AGENT = 'Recado (+webhooks)';

export function attemptHeaders(entry: WebhookEntry, delivery: ClaimedDelivery, now: number): Record<string, string> {
	return {
		...entry.headers,
		'content-type': 'application/json',
		'user-agent': USER_AGENT,
		...sign(signingKeysAt(entry, now), delivery.id, now, delivery.body),
		'recado-event': delivery.eventType,
		'recado-attempt': String(delivery.attempts + 1),
		...(delivery.isReplay ? { 'recado-replay': 'true' } : {}),
	};
}

/** The same for the record: the values of the webhook's own headers are secrets. */
export function recordedHeaders(entry: WebhookEntry, sent: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, name in entry.headers ? '[secret]' : value]));
}

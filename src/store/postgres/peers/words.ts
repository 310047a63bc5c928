/**
 * What processes tell each other, as words of a notification: who tells it, then word by word what. A word that is not known is of a newer version
 * and concerns nobody here.
 */
import type { News } from '../../../ports/peers.ts';

export const NEWS_CHANNEL = 'recado_news';

/** What is told beside the news of the port: among the peers themselves. */
export type Tidings =
	| News
	/** Somebody joined, left or was taken over. */
	| { readonly kind: 'members' }
	/** There are errands for the member with this token. */
	| { readonly kind: 'errands'; readonly token: number }
	/** The errand with this id has its result. */
	| { readonly kind: 'answered'; readonly errandId: number };

/** PostgreSQL takes fewer than 8000 bytes (`NOTIFY_PAYLOAD_MAX_LENGTH`). */
const PAYLOAD_BYTES_MAX = 7_500;

export function toWord(tidings: Tidings): string {
	switch (tidings.kind) {
		case 'webhook':
		case 'due':
			return `${tidings.kind}:${tidings.webhookId}`;
		case 'queue':
			return `queue:${tidings.instanceId}`;
		case 'errands':
			return `errands:${tidings.token}`;
		case 'answered':
			return `answered:${tidings.errandId}`;
		default:
			return tidings.kind;
	}
}

function fromWord(word: string): Tidings | undefined {
	const [kind = '', rest = ''] = word.split(':', 2);
	switch (kind) {
		case 'webhook':
		case 'due':
			return { kind, webhookId: rest };
		case 'queue':
			return { kind, instanceId: rest };
		case 'errands':
			return { kind, token: Number(rest) };
		case 'answered':
			return { kind, errandId: Number(rest) };
		case 'look':
		case 'instances':
		case 'chores':
		case 'members':
			return { kind };
		default:
			return undefined;
	}
}

/** As many payloads as it takes. */
export function toPayloads(teller: string, words: Iterable<string>): string[] {
	const payloads: string[] = [];
	let payload = teller;
	for (const word of words) {
		if (payload !== teller && Buffer.byteLength(payload) + 1 + Buffer.byteLength(word) > PAYLOAD_BYTES_MAX) {
			payloads.push(payload);
			payload = teller;
		}
		payload += ` ${word}`;
	}
	return payload === teller ? payloads : [...payloads, payload];
}

export function fromPayload(payload: string): { readonly teller: string; readonly tidings: readonly Tidings[] } {
	const [teller = '', ...words] = payload.split(' ');
	return { teller, tidings: words.map(fromWord).filter((tidings) => tidings !== undefined) };
}

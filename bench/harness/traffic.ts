/**
 * What the generator posts: a text of a customer, which the gateway passes on in the dialect of Z-API as a body of about 600 bytes. Chats
 * have numbers; each is one customer, that is one phone.
 */

/** A mobile number of Brazil: 13 digits. */
export function phoneOf(chat: number): string {
	return `55449${String(10_000_000 + chat)}`;
}

export function messageBody(chat: number, text: string = PLAIN_TEXT): string {
	return JSON.stringify({ from: phoneOf(chat), name: CUSTOMER_NAME, text });
}

export const CUSTOMER_NAME = 'Maria da Silva';
export const PLAIN_TEXT = 'Quero saber do meu pedido, por favor.';

/** A text that says when it was meant to be sent: read again by `sentAt`. */
export function timedText(epochMs: number): string {
	return `${TIMED_PREFIX}${epochMs.toFixed(3)} ${PLAIN_TEXT}`;
}

export function sentAt(body: string): number | undefined {
	const start = body.indexOf(TIMED_PREFIX);
	return start < 0 ? undefined : Number.parseFloat(body.slice(start + TIMED_PREFIX.length, start + TIMED_PREFIX.length + 20));
}

/** A text that says its place among those of its chat: read again by `placeOf`. */
export function numberedText(place: number): string {
	return `${NUMBERED_PREFIX}${place} ${PLAIN_TEXT}`;
}

export function placeOf(body: string): number | undefined {
	const start = body.indexOf(NUMBERED_PREFIX);
	return start < 0 ? undefined : Number.parseInt(body.slice(start + NUMBERED_PREFIX.length, start + NUMBERED_PREFIX.length + 12), 10);
}

/** The customer's number in a body of Z-API. */
export function chatIn(body: string): string | undefined {
	return /"phone":"(\d+)"/.exec(body)?.[1];
}

/** What is asked of an engine: the gateway, the ceiling or a peer, each a process of its own. */
export type EngineOrder =
	| {
			readonly kind: 'start';
			/** Its own. */
			readonly directory: string;
			readonly ca: string;
			/** Where to deliver to; of the gateway one webhook each, none where the directory has them. */
			readonly urls: readonly string[];
			/** Of the gateway: further options, by their variables. */
			readonly options?: Readonly<Record<string, string>>;
	  }
	/** Whether everything that was accepted is delivered and that is on record. */
	| { readonly kind: 'idle' };

/** What a generator needs to write to an engine. */
export interface EngineReady {
	readonly origin: string;
	readonly paths: readonly string[];
	readonly headers: Readonly<Record<string, string>>;
}

/** The body of a request, as read. */
export interface Written {
	readonly from: string;
	readonly name: string;
	readonly text: string;
}

/** What engines without a dialect of their own deliver: the same members as the gateway's body, and as many bytes. */
export function payloadOf({ from, name, text }: Written): string {
	return JSON.stringify({
		isStatusReply: false,
		senderLid: '81896604192873@lid',
		connectedPhone: '5544920000000',
		waitingMessage: false,
		isEdit: false,
		isGroup: false,
		isNewsletter: false,
		instanceId: 'ins_019aa0000000700080000000000000000',
		messageId: '3EB019AA5C1B4F0D3A1C00',
		phone: from,
		fromMe: false,
		momment: Date.now(),
		status: 'RECEIVED',
		chatName: name,
		senderPhoto: '',
		senderName: name,
		participantPhone: null,
		participantLid: null,
		photo: '',
		broadcast: false,
		type: 'ReceivedCallback',
		text: { message: text },
	});
}

const TIMED_PREFIX = 'sent@';
const NUMBERED_PREFIX = 'place#';

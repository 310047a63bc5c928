/**
 * What a webhook's body tells about, whatever dialect it is written in, in a few words for one line on a terminal. A body that is not
 * recognised is shown as such, never dropped.
 */
import { isObject, type Json, parseObject } from './json.ts';

export interface Recognised {
	/** `sent`, `RECEIVED`, `received text "Hi"`, `attendance started #12`. */
	readonly what: string;
	/** Digits of the customer, where the body tells them. */
	readonly phone?: string;
}

/** The members of a ReceivedCallback that are named after what was received, as far as the contracts list them. */
const RECEIVED_KINDS: readonly string[] = [
	'image',
	'audio',
	'video',
	'document',
	'location',
	'contact',
	'sticker',
	'reaction',
	'buttonsResponseMessage',
	'listResponseMessage',
	'poll',
	'order',
	'product',
];

const TEXT_SHOWN_MAX = 60;

/** Reads a body of any dialect. */
export function recognise(body: string): Recognised {
	const payload = parseObject(body);
	if (payload === undefined) return { what: 'a body that is no JSON object' };
	return callback(payload) ?? attendance(payload) ?? instantMessage(payload) ?? ownEvent(payload) ?? { what: 'a body of no known dialect' };
}

/** Plugchat and Z-API: `type` ends in Callback. */
function callback(payload: Json): Recognised | undefined {
	const phone = digits(payload['phone']);
	switch (payload['type']) {
		case 'DeliveryCallback':
			return { what: payload['error'] === undefined ? 'sent' : `delivery error: ${shown(payload['error'])}`, ...phone };
		case 'ReceivedCallback':
			return { what: `${payload['fromMe'] === true ? 'sent by me' : 'received'} ${receivedContent(payload)}`, ...phone };
		case 'MessageStatusCallback':
			return { what: shown(payload['status']), ...phone };
		case 'ConnectedCallback':
			return { what: 'connected', ...phone };
		case 'DisconnectedCallback':
			return { what: 'disconnected', ...phone };
		case 'PresenceChatCallback':
			return { what: `presence ${shown(payload['status'])}`, ...phone };
		default:
			return undefined;
	}
}

function receivedContent(payload: Json): string {
	const text = payload['text'];
	if (isObject(text)) return `text ${quoted(text['message'])}`;
	return RECEIVED_KINDS.find((kind) => payload[kind] !== undefined) ?? 'message';
}

function attendance(payload: Json): Recognised | undefined {
	const about = payload['attendance'];
	if (!isObject(about)) return undefined;
	const step = about['status'] === 'FINISH' ? 'finished' : 'started';
	const customer = isObject(about['customer']) ? about['customer'] : {};
	return { what: `attendance ${step} #${shown(about['attendanceNumber'])}`, ...digits(customer['phone']) };
}

function instantMessage(payload: Json): Recognised | undefined {
	const { event, message, clientData } = payload;
	if (!isObject(event) || !isObject(message)) return undefined;
	if (event['type'] === 'status') return { what: shown(event['status']), ...digits(message['to']) };
	if (event['type'] !== 'response') return undefined;
	const kind = message['mediaType'];
	const content = kind === undefined || kind === 'text' ? `text ${quoted(message['message'])}` : shown(kind);
	return { what: `received ${content}`, ...digits(isObject(clientData) ? clientData['number'] : undefined) };
}

/** Our own dialect: the event's type says it. */
function ownEvent(payload: Json): Recognised | undefined {
	const { type, data } = payload;
	if (typeof type !== 'string' || !isObject(data)) return undefined;
	const contact = isObject(data['contact']) ? data['contact'] : {};
	return { what: [printable(type), ownDetail(type, data)].join(' ').trimEnd(), ...digits(contact['phone']) };
}

function ownDetail(type: string, data: Json): string {
	if (type === 'message.status' || type === 'chat.presence') return shown(data['status']);
	const content = isObject(data['message']) ? data['message']['content'] : undefined;
	if (type !== 'message.received' || !isObject(content)) return '';
	return content['kind'] === 'text' ? `text ${quoted(content['text'])}` : shown(content['kind']);
}

function digits(value: unknown): { readonly phone?: string } {
	const phone = typeof value === 'string' ? value.replace(/^\+/, '') : '';
	return phone === '' ? {} : { phone: printable(phone) };
}

function quoted(value: unknown): string {
	const text = shown(value);
	return `"${text.length > TEXT_SHOWN_MAX ? `${text.slice(0, TEXT_SHOWN_MAX - 1)}…` : text}"`;
}

function shown(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? printable(String(value)) : '?';
}

/** What comes from outside must not move the cursor or break the line. */
function printable(text: string): string {
	return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

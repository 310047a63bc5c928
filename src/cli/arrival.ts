/** One webhook that arrived at the local receiver, and how it is told: as one readable line or as one JSON object. */
import type { Paint } from './paint.ts';
import type { Recognised } from './recognise.ts';

export interface Arrival {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly path: string;
	readonly webhookId?: string;
	readonly recognised: Recognised;
	readonly signature: SignatureState;
	/** Why a bad signature is bad. */
	readonly signatureReason?: string;
	/** Its webhook-id came before: a retry or a replay. */
	readonly isDuplicate: boolean;
	/** What was answered. */
	readonly status: number;
	readonly body: string;
}

/** `unchecked`: no secret is known for it. */
export type SignatureState = 'ok' | 'bad' | 'unchecked';

const WHAT_COLUMNS = 36;
const PHONE_COLUMNS = 13;
/** The end of an id, which is its random part. */
const ID_CHARACTERS_SHOWN = 6;

export interface LineStyle {
	readonly paint: Paint;
	/** What the line begins with after the time: the path, or a name for it. */
	readonly label: string;
}

/** `12:00:01.123  plugchat  sent  5544999999999  …a1b2c3  signature ok`. */
export function arrivalLine(arrival: Arrival, { paint, label }: LineStyle): string {
	const { what, phone } = arrival.recognised;
	const parts = [
		paint('dim', timeOfDay(arrival.at)),
		paint('cyan', label),
		paint('bold', what.padEnd(WHAT_COLUMNS)),
		(phone ?? '').padEnd(PHONE_COLUMNS),
		paint('dim', arrival.webhookId === undefined ? 'no webhook-id' : `…${arrival.webhookId.slice(-ID_CHARACTERS_SHOWN)}`),
		signatureWords(arrival, paint),
		...(arrival.isDuplicate ? [paint('yellow', 'again (same webhook-id)')] : []),
		...(arrival.status >= 200 && arrival.status < 300 ? [] : [paint('yellow', `answered ${arrival.status}`)]),
	];
	return parts.join('  ');
}

function signatureWords(arrival: Arrival, paint: Paint): string {
	switch (arrival.signature) {
		case 'ok':
			return paint('green', 'signature ok');
		case 'bad':
			return paint('red', `signature BAD: ${arrival.signatureReason ?? 'unknown reason'}`);
		case 'unchecked':
			return paint('dim', 'signature unchecked');
	}
}

/** Local time with milliseconds. */
export function timeOfDay(at: number): string {
	const date = new Date(at);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** For scripts: one object a line, with the whole body. */
export function arrivalJson(arrival: Arrival): string {
	const { at, recognised, ...rest } = arrival;
	return JSON.stringify({ at: new Date(at).toISOString(), ...recognised, ...rest });
}

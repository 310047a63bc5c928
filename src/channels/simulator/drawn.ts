/** Ids, codes and tokens of the simulated network: drawn from a seed and from what they are for, so that the same history has the same ones. */
import { hash } from 'node:crypto';

type DrawnFor = readonly (number | string)[];

/** Decimal digits; the first is no zero. */
export function drawnDigits(length: number, ...drawnFor: DrawnFor): string {
	const first = 10n ** BigInt(length - 1);
	return `${first + (BigInt(`0x${digest(drawnFor, 'hex')}`) % (9n * first))}`;
}

/** Upper-case hex digits, 64 at most. */
export function drawnHex(length: number, ...drawnFor: DrawnFor): string {
	return digest(drawnFor, 'hex').slice(0, length).toUpperCase();
}

/** Letters, digits, `_` and `-`, 43 at most. */
export function drawnCode(length: number, ...drawnFor: DrawnFor): string {
	return digest(drawnFor, 'base64url').slice(0, length);
}

function digest(drawnFor: DrawnFor, encoding: 'hex' | 'base64url'): string {
	return hash('sha256', drawnFor.join('\n'), encoding);
}

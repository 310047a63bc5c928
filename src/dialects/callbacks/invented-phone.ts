/** A number for an instance that is made without one: of an area that Anatel gave to nobody, so that it is never somebody's. */
import type { Random } from '../../ports/clock.ts';

const FREE_AREA = '5500';
const DIGITS = 9;

export function inventedPhone(random: Random): string {
	const number = Math.floor(random.next() * 10 ** DIGITS);
	return `${FREE_AREA}${String(number).padStart(DIGITS, '0')}`;
}

/** References that WhatsApp gives to orders and payments: eleven capital letters and digits (contracts: `reviewAndPay`, `pixKeyMessage`). */
import type { Random } from '../../ports/clock.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LENGTH = 11;

export function newReference(random: Random): string {
	return Array.from({ length: LENGTH }, () => ALPHABET[Math.floor(random.next() * ALPHABET.length)]).join('');
}

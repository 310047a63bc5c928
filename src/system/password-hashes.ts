/** Passwords as scrypt hashes (RFC 7914), each with a salt of its own and its parameters, so that those can be raised one day. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Passwords } from '../ports/secrets.ts';

/** OWASP's recommendation (2^17, 8, 1): 128 MiB and some tenths of a second for each guess. */
const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 1;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export const passwordHashes: Passwords = {
	async hash(password) {
		const salt = randomBytes(SALT_BYTES);
		const key = await derive(password, salt, COST);
		return ['scrypt', COST, salt.toString('base64url'), key.toString('base64url')].join('$');
	},

	async fits(password, hash) {
		const [scheme, cost, salt = '', expected = ''] = hash.split('$');
		if (scheme !== 'scrypt') return false;
		const key = await derive(password, Buffer.from(salt, 'base64url'), Number(cost));
		const wanted = Buffer.from(expected, 'base64url');
		return wanted.length === key.length && timingSafeEqual(wanted, key);
	},
};

function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
	// Node.js refuses what needs more than 32 MiB unless it is told.
	const options = { N: cost, r: BLOCK_SIZE, p: PARALLELIZATION, maxmem: 2 * 128 * cost * BLOCK_SIZE };
	return new Promise((resolve, reject) => {
		scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
	});
}

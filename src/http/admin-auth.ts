/** The administrator's token, compared by hashes of equal length so that the time it takes tells nothing about it. */
import { hash, timingSafeEqual } from 'node:crypto';

/** Answers whether an `Authorization` header carries the administrator's token as `Bearer`. */
export function createAdminAuth(adminToken: string): (authorization: string | undefined) => boolean {
	const expected = sha256(adminToken);
	return (authorization) => {
		const given = /^Bearer +(\S+)\s*$/i.exec(authorization ?? '')?.[1];
		return given !== undefined && timingSafeEqual(sha256(given), expected);
	};
}

function sha256(text: string): Buffer {
	return hash('sha256', text, 'buffer');
}

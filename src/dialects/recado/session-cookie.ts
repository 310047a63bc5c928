/** The cookie of a session, and what must be true of a request that is asked with it: a browser sends it by itself, whoever wrote the page. */
import { timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { FLOW_MS } from '../../access/open-id.ts';
import { RecadoError } from '../../errors.ts';

const NAME = 'recado_session';
export const CSRF_HEADER = 'x-recado-csrf';
/** What changes nothing (RFC 9110, section 9.2.1). */
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The secret that the request's cookie has. */
export function secretOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
	return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[NAME];
}

/** @param seconds how long the browser keeps it; 0 takes it away. */
export function cookieOf(secret: string, seconds: number, publicUrl: string): string {
	return stringifySetCookie({
		...{ name: NAME, value: secret, path: '/', httpOnly: true, sameSite: 'strict', maxAge: seconds },
		// A browser would not send it back over plain http.
		secure: publicUrl.startsWith('https:'),
	});
}

/** What a sign-in by OpenID Connect must know when it comes back. */
export const FLOW_COOKIE = 'recado_oidc';

/** @param flow '' takes it away. The provider's page leads back to ours, which a strict cookie would not survive. */
export function flowCookieOf(flow: string, path: string, publicUrl: string): string {
	return stringifySetCookie({
		...{ name: FLOW_COOKIE, value: flow, path, httpOnly: true, sameSite: 'lax', maxAge: flow === '' ? 0 : FLOW_MS / 1_000 },
		secure: publicUrl.startsWith('https:'),
	});
}

/** `Sec-Fetch-Site` is set by browsers alone and cannot be set by a page. Throws cross_site_refused. */
export function refuseCrossSite({ headers }: Pick<FastifyRequest, 'headers'>): void {
	if (headers['sec-fetch-site'] === 'cross-site') throw new RecadoError('cross_site_refused');
}

/** Throws cross_site_refused; csrf_missing where something changes and the page did not show that it knows the session. */
export function requireOwnPage(request: Pick<FastifyRequest, 'method' | 'headers'>, csrf: string): void {
	refuseCrossSite(request);
	if (READING.has(request.method)) return;
	const given = Buffer.from(String(request.headers[CSRF_HEADER] ?? ''));
	const wanted = Buffer.from(csrf);
	if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new RecadoError('csrf_missing');
}

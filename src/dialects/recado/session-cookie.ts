/** The cookie of a session, and what must be true of a request that is asked with it: a browser sends it by itself, whoever wrote the page. */
import { timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { FLOW_MS } from '../../access/open-id.ts';
import { RecadoError } from '../../errors.ts';

/** Of the session, and of what a sign-in by OpenID Connect must know when it comes back. */
type CookieName = 'recado_session' | 'recado_oidc';
/**
 * A browser takes a cookie with this prefix from this very host over https alone (RFC 6265bis, section 4.1.3.2): a sibling host, or somebody on the way of a
 * plain request, cannot sign a person in as somebody else. Over plain http it takes none.
 */
const OWN_HOST = '__Host-';
export const CSRF_HEADER = 'x-recado-csrf';
/** What changes nothing (RFC 9110, section 9.2.1). */
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who may have a cookie, and by which way. */
export interface CookieBearer {
	readonly request: Pick<FastifyRequest, 'headers' | 'protocol'>;
	/** Where the gateway is for others: a proxy need not say that it was asked over https. */
	readonly publicUrl: string;
}

/** The secret that the request's cookie has. */
export function secretOf(bearer: CookieBearer): string | undefined {
	return cookieIn(bearer, 'recado_session');
}

/** @param seconds how long the browser keeps it; 0 takes it away. */
export function cookieOf(bearer: CookieBearer, secret: string, seconds: number): string {
	return setCookie(bearer, 'recado_session', secret, { sameSite: 'strict', maxAge: seconds });
}

export function flowOf(bearer: CookieBearer): string | undefined {
	return cookieIn(bearer, 'recado_oidc');
}

/** @param flow '' takes it away. The provider's page leads back to ours, which a strict cookie would not survive. */
export function flowCookieOf(bearer: CookieBearer, flow: string): string {
	return setCookie(bearer, 'recado_oidc', flow, { sameSite: 'lax', maxAge: flow === '' ? 0 : FLOW_MS / 1_000 });
}

/** Of the two names the one that fits alone: over https one that anybody can set counts for nothing. */
function cookieIn(bearer: CookieBearer, name: CookieName): string | undefined {
	const { cookie } = bearer.request.headers;
	return cookie === undefined ? undefined : parseCookie(cookie)[isSecure(bearer) ? OWN_HOST + name : name];
}

interface CookieLife {
	readonly sameSite: 'strict' | 'lax';
	readonly maxAge: number;
}

function setCookie(bearer: CookieBearer, name: CookieName, value: string, life: CookieLife): string {
	const secure = isSecure(bearer);
	return stringifySetCookie({ ...life, name: secure ? OWN_HOST + name : name, value, path: '/', httpOnly: true, secure });
}

function isSecure({ request, publicUrl }: CookieBearer): boolean {
	return publicUrl.startsWith('https:') || request.protocol === 'https';
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

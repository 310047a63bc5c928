/** The headers that a webhook has of its own, and who we are to its receiver: how they are checked, sealed and opened again. */
import type { Webhook } from '../domain/webhook.ts';
import { type Fault, RecadoError } from '../errors.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { WebhookAuthentication, WishedHeaders } from './services.ts';

export const AUTHORIZATION = 'authorization';

/** Ours, and those that carry HTTP itself (RFC 9110, section 7.6.1; RFC 9113, section 8.2.2) or a trace. */
const RESERVED: ReadonlySet<string> = new Set([
	'content-type',
	'content-length',
	'content-encoding',
	'host',
	'connection',
	'keep-alive',
	'transfer-encoding',
	'te',
	'trailer',
	'upgrade',
	'http2-settings',
	'expect',
	'proxy-authorization',
	'proxy-connection',
	'user-agent',
	'traceparent',
	'tracestate',
]);

/** What begins so is ours, whatever we will send besides. */
const RESERVED_PREFIXES: readonly string[] = ['webhook-', 'recado-'];

export function isReservedHeader(name: string): boolean {
	const lower = name.toLowerCase();
	return RESERVED.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix));
}

/** Name and value as HTTP can carry them (RFC 9110, section 5): nothing that ends a line and begins another header. */
function isCarriableHeader(name: string, value: string): boolean {
	return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** Undefined where there are none. Throws webhook_header_reserved, invalid_request. */
export function sealHeaders(sealer: Sealer, headers: Readonly<Record<string, string>>): string | undefined {
	const names = Object.keys(headers);
	const reserved = names.filter(isReservedHeader);
	if (reserved.length > 0) throw reservedHeaders(reserved);
	const faults = Object.entries(headers).flatMap(([name, value]): Fault[] => {
		const path = `headers.${name}`;
		if (!isCarriableHeader(name, value))
			return [{ path, en: 'is not a header that HTTP can carry', pt: 'não é um header que o HTTP possa levar' }];
		const isTwice = names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase());
		return isTwice ? [{ path, en: 'is there twice', pt: 'aparece duas vezes' }] : [];
	});
	if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
	return names.length === 0 ? undefined : sealer.seal(JSON.stringify(headers));
}

function reservedHeaders(names: readonly string[]): RecadoError {
	return new RecadoError('webhook_header_reserved', {
		details: { name: names[0] ?? '' },
		faults: names.map((name) => ({ path: `headers.${name}`, en: 'is reserved', pt: 'é reservado' })),
	});
}

/** With the value that the webhook has by that name where null is wished: whoever changes one header need not know the others. Throws invalid_request. */
export function withKeptValues(
	sealer: Sealer,
	webhook: Pick<Webhook, 'sealedHeaders'>,
	wished: WishedHeaders,
): Readonly<Record<string, string>> {
	const before = Object.entries(openHeaders(sealer, webhook));
	const faults: Fault[] = [];
	const filled = Object.entries(wished).map(([name, value]): [string, string] => {
		if (value !== null) return [name, value];
		const [, kept] = before.find(([known]) => known.toLowerCase() === name.toLowerCase()) ?? [];
		if (kept === undefined) faults.push({ path: `headers.${name}`, en: 'has no value to keep', pt: 'não tem valor a manter' });
		return [name, kept ?? ''];
	});
	if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
	return Object.fromEntries(filled);
}

export function openHeaders(sealer: Sealer, { sealedHeaders }: Pick<Webhook, 'sealedHeaders'>): Readonly<Record<string, string>> {
	if (sealedHeaders === undefined) return {};
	const parsed: unknown = JSON.parse(sealer.unseal(sealedHeaders));
	return typeof parsed === 'object' && parsed !== null ? (Object.fromEntries(Object.entries(parsed)) as Record<string, string>) : {};
}

/** The value of the `authorization` header (RFC 7617, RFC 6750), sealed. Throws invalid_request. */
export function sealAuthorization(sealer: Sealer, given: WebhookAuthentication): NonNullable<Webhook['authorization']> {
	switch (given.scheme) {
		case 'basic': {
			// The first colon ends the name.
			if (!/^[^:\p{Cc}]+$/u.test(given.username))
				throw unfit('username', { en: 'must have a character, and no colon', pt: 'não pode ser vazio nem ter dois-pontos' });
			if (/\p{Cc}/u.test(given.password)) throw unfit('password', { en: 'must be on one line', pt: 'deve ficar em uma linha' });
			const credentials = Buffer.from(`${given.username}:${given.password}`).toString('base64');
			return { scheme: 'basic', sealed: sealer.seal(`Basic ${credentials}`) };
		}
		case 'bearer': {
			if (!/^[\x21-\x7e]+$/.test(given.token))
				throw unfit('token', { en: 'must be visible ASCII without spaces', pt: 'deve ser ASCII visível sem espaços' });
			return { scheme: 'bearer', sealed: sealer.seal(`Bearer ${given.token}`) };
		}
	}
}

function unfit(member: string, words: { readonly en: string; readonly pt: string }): RecadoError {
	return new RecadoError('invalid_request', { faults: [{ path: `authentication.${member}`, ...words }] });
}

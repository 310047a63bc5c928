/** Readers of secrets. What they answer is wrapped at once, and what they expect never quotes what they were given. */
import type { Reader } from './readers.ts';
import { Secret } from './secret.ts';

/** Below this many characters an administrator's token could be guessed by trying. */
const TOKEN_CHARACTERS_MIN = 16;

/** AES-256 takes a key of this length. */
const KEY_BYTES = 32;

/** It travels in a header after `Bearer `, so it is visible ASCII without blanks. */
export const token: Reader<Secret> = (text) => {
	if (text.length >= TOKEN_CHARACTERS_MIN && /^[\x21-\x7e]+$/.test(text)) return { value: new Secret(text) };
	return {
		expected: {
			en: `must be at least ${TOKEN_CHARACTERS_MIN} visible ASCII characters without blanks; make one with: openssl rand -hex 24`,
			pt: `deve ter pelo menos ${TOKEN_CHARACTERS_MIN} caracteres ASCII visíveis, sem espaços; gere um com: openssl rand -hex 24`,
		},
	};
};

/** As somebody else made it. */
export const clientSecret: Reader<Secret> = (text) => {
	if (/^[\x20-\x7e]{1,500}$/.test(text)) return { value: new Secret(text) };
	return { expected: { en: 'must be visible ASCII characters', pt: 'deve ter caracteres ASCII visíveis' } };
};

export const key: Reader<Secret<Uint8Array>> = (text) => {
	const value = decodeKey(text);
	if (value?.byteLength === KEY_BYTES) return { value: new Secret(value) };
	return {
		expected: {
			en: `must be ${KEY_BYTES} random bytes as Base64 or hex; make one with: openssl rand -base64 ${KEY_BYTES}`,
			pt: `deve ser ${KEY_BYTES} bytes aleatórios em Base64 ou hexadecimal; gere um com: openssl rand -base64 ${KEY_BYTES}`,
		},
	};
};

/** 64 hex digits are read as hex: as Base64 they would be 48 bytes, so there is no doubt. */
function decodeKey(text: string): Uint8Array | undefined {
	if (/^[0-9a-fA-F]{64}$/.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
	if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return new Uint8Array(Buffer.from(text, 'base64'));
	return undefined;
}

/** How the connection is encrypted; whatever is checked at all is checked in full. */
const SSL_MODES: readonly string[] = ['disable', 'no-verify', 'require', 'verify-ca', 'verify-full'];

/** Other ways in which drivers are told of TLS: what they mean differs from one to the next. */
const OTHER_TLS: readonly string[] = ['ssl', 'sslnegotiation', 'uselibpqcompat'];

/** It has a password in it, as a rule. */
export const databaseUrl: Reader<Secret> = (text) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length <= 1) {
		return {
			expected: {
				en: 'must be an address of a PostgreSQL database, like postgres://user:password@host:5432/recado?sslmode=verify-full',
				pt: 'deve ser o endereço de um banco PostgreSQL, como postgres://usuario:senha@host:5432/recado?sslmode=verify-full',
			},
		};
	}
	if (saysTlsWell(url.searchParams)) return { value: new Secret(text) };
	return {
		expected: {
			en: `must say of TLS nothing but sslmode (${SSL_MODES.join(', ')}) and the files sslrootcert, sslcert and sslkey`,
			pt: `só pode dizer do TLS o sslmode (${SSL_MODES.join(', ')}) e os arquivos sslrootcert, sslcert e sslkey`,
		},
	};
};

function saysTlsWell(parameters: URLSearchParams): boolean {
	return parameters.getAll('sslmode').every((mode) => SSL_MODES.includes(mode)) && !OTHER_TLS.some((name) => parameters.has(name));
}

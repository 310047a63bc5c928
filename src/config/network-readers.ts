/** Readers of what has to do with the network: addresses, URLs, CIDRs and certificates. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { items, type Reader } from './readers.ts';

const HOST_NAME: RegExp = /^(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,62})(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,62}))*$/;
const PEM_CERTIFICATE: RegExp = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export const host: Reader<string> = (text) => {
	if (isIP(text) !== 0 || HOST_NAME.test(text)) return { value: text };
	return {
		expected: {
			en: 'must be an IP address or a host name, like 127.0.0.1, 0.0.0.0 or ::',
			pt: 'deve ser um endereço IP ou nome de host, como 127.0.0.1, 0.0.0.0 ou ::',
		},
	};
};

/** An origin: the paths of the dialects are part of what they promise, so the gateway cannot live under a path of its own. */
export const origin: Reader<string> = (text) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return { value: url.origin };
	return {
		expected: {
			en: 'must be an http or https address without a path, like https://recado.example.com',
			pt: 'deve ser um endereço http ou https sem caminho, como https://recado.example.com',
		},
	};
};

/** A provider of OpenID Connect, as it calls itself: https, or http on this machine. */
export const issuer: Reader<string> = (text) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname));
	if (url && isSafe && url.search === '' && url.hash === '' && url.username === '' && url.password === '') return { value: text };
	return {
		expected: {
			en: 'must be an https address without a query, like https://accounts.example.com/realms/company',
			pt: 'deve ser um endereço https sem parâmetros, como https://contas.example.com/realms/empresa',
		},
	};
};

export const emails: Reader<readonly string[]> = (text) => {
	const value = items(text).map((item) => item.toLowerCase());
	const wrong = value.filter((item) => !/^[^\s@]+@[^\s@]+$/.test(item));
	if (wrong.length === 0) return { value };
	return {
		expected: {
			en: `must be e-mails separated by commas; not one: ${wrong.join(', ')}`,
			pt: `deve ser uma lista de e-mails separados por vírgula; não é um: ${wrong.join(', ')}`,
		},
	};
};

export const cidrs: Reader<readonly string[]> = (text) => {
	const value = items(text);
	const wrong = value.filter((item) => !isCidr(item));
	if (wrong.length === 0) return { value };
	return {
		expected: {
			en: `must be CIDRs separated by commas, like 127.0.0.1/32,fd00::/8; not a CIDR: ${wrong.join(', ')}`,
			pt: `deve ser uma lista de CIDRs separados por vírgula, como 127.0.0.1/32,fd00::/8; não é um CIDR: ${wrong.join(', ')}`,
		},
	};
};

function isCidr(text: string): boolean {
	const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
	if (!match) return false;
	const family = isIP(match[1] ?? '');
	return family !== 0 && Number(match[2]) <= (family === 4 ? 32 : 128);
}

/** A PEM file of certificates; answers its text. */
export const certificates: Reader<string> = (path, files) => {
	let text: string;
	try {
		text = files.readText(path);
	} catch (error) {
		const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
		return {
			expected: { en: `must be a file that can be read (${reason})`, pt: `deve ser um arquivo que possa ser lido (${reason})` },
		};
	}
	if (certificatesIn(text) !== undefined) return { value: text };
	return {
		expected: {
			en: 'must be a PEM file with at least one certificate and no broken one',
			pt: 'deve ser um arquivo PEM com pelo menos um certificado e nenhum inválido',
		},
	};
};

/** The certificates of a PEM text; undefined where there is none or one of them is broken. */
export function certificatesIn(pem: string): readonly X509Certificate[] | undefined {
	const blocks = pem.match(PEM_CERTIFICATE) ?? [];
	if (blocks.length === 0 || blocks.length !== pem.split('-----BEGIN CERTIFICATE-----').length - 1) return undefined;
	try {
		return blocks.map((block) => new X509Certificate(block));
	} catch {
		return undefined;
	}
}

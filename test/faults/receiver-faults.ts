/** The ways in which a receiver, its certificate or its DNS can be wrong, one a row, and what the gateway has to make of each. */
import { gzipSync } from 'node:zlib';
import type { IssuedCertificate } from '../../src/cli/certificates.ts';
import { LOCAL_NAMES } from '../../src/cli/certificates.ts';
import type { Behaviour } from '../support/behaviour.ts';
import { selfSignedCertificate, testAuthority } from '../support/certificates.ts';
import type { DnsRecord } from '../support/fake-dns-server.ts';

/** The address that nobody may be led to: it is not on the allow-list. */
export const TRAP = '127.0.0.3';
/** Where the trap listens. */
export type TrapUrl = (path: string) => string;

export interface ReceiverFault {
	readonly name: string;
	/** How it treats requests until it is mended. */
	readonly treats?: (trap: TrapUrl) => number | Behaviour;
	/** The same for the first request of each delivery alone: nobody has to mend it. It may not come again before so many milliseconds. */
	readonly asksForMs?: number;
	/** What it presents until it is mended. */
	readonly certificate?: () => Promise<IssuedCertificate>;
	/** Connections are closed before their handshake. */
	readonly cutsHandshakes?: true;
	/** What DNS says of its name until it is mended; it has a name only for this. */
	readonly dns?: DnsRecord;
	/** The class of error that is noted with the delivery; `delivered` where the status is a success, whatever follows it. */
	readonly noted: Noted;
	/** It depends on which of two ends first. */
	readonly orNoted?: Noted;
}

type Noted = 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'status' | 'too-large' | 'refused-by-guard' | 'delivered';

const HOUR_MS = 3_600_000;
/** The time to live of DNS answers: a name that is mended counts soon. */
const TTL = { a: 1, aaaa: 1 };
const resolvesTo = (...a: readonly string[]): DnsRecord => ({ a, ttlSeconds: TTL });

/** Half a megabyte on the wire, half a gigabyte when it is opened: gzip members one after the other are one file. */
let bomb: Buffer | undefined;
function gzipBomb(): Buffer {
	if (bomb) return bomb;
	const member = gzipSync(Buffer.alloc(64 * 1_048_576), { level: 1 });
	bomb = Buffer.concat(Array.from({ length: 8 }, () => member));
	return bomb;
}

const issued = async (names: readonly string[], from: number, until: number): Promise<IssuedCertificate> => {
	const now = Date.now();
	return await (await testAuthority()).issue({ names, notBefore: new Date(now + from), notAfter: new Date(now + until) });
};

const ANSWERS: readonly ReceiverFault[] = [
	{ name: 'hang-before-headers', treats: () => ({ kind: 'hang', when: 'before-headers' }), noted: 'timeout' },
	{ name: 'hang-after-headers', treats: () => ({ kind: 'hang', when: 'after-headers' }), noted: 'timeout' },
	{ name: 'drip', treats: () => ({ kind: 'drip', everyMs: 1_000 }), noted: 'timeout' },
	{ name: 'drip-500', treats: () => ({ kind: 'drip', everyMs: 100, status: 500 }), noted: 'timeout' },
	{ name: 'endless-200', treats: () => ({ kind: 'endless' }), noted: 'delivered' },
	{ name: 'endless-500', treats: () => ({ kind: 'endless', status: 500 }), noted: 'status' },
	{ name: 'gzip-bomb-200', treats: () => bombed(200), noted: 'delivered' },
	{ name: 'gzip-bomb-500', treats: () => bombed(500), noted: 'status' },
	{ name: 'reset-before-answer', treats: () => ({ kind: 'reset', when: 'before-headers' }), noted: 'reset' },
	{ name: 'reset-in-answer', treats: () => ({ kind: 'reset', when: 'after-headers' }), noted: 'reset' },
	{ name: 'reset-before-request', cutsHandshakes: true, noted: 'tls' },
	{ name: 'answer-cut-short', treats: () => raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'), noted: 'reset' },
	{ name: 'not-http', treats: () => raw('220 mail.example ESMTP\r\n'), noted: 'reset' },
	{ name: 'headers-flood', treats: () => raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`), noted: 'too-large' },
	{ name: 'early-hints-then-500', treats: () => raw(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${empty('500 Oh')}`), noted: 'status' },
	{
		name: 'early-hints-then-200',
		treats: () => raw(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${empty('200 OK')}`),
		noted: 'delivered',
	},
	// A peer's quirk: undici takes a 100 that nobody asked for as a broken answer (RFC 9110, section 15.2 would have it ignored).
	{ name: 'continue-then-200', treats: () => raw(`HTTP/1.1 100 Continue\r\n\r\n${empty('200 OK')}`), noted: 'reset' },
	{ name: 'redirect-to-private', treats: (trap) => ({ kind: 'redirect', to: trap('/redirected') }), noted: 'status' },
	{ name: 'redirect-307', treats: (trap) => ({ kind: 'redirect', to: trap('/redirected'), status: 307 }), noted: 'status' },
	{
		name: 'redirect-to-metadata',
		treats: () => ({ kind: 'redirect', to: 'http://169.254.169.254/latest/meta-data/', status: 301 }),
		noted: 'status',
	},
	{ name: 'gone-410', treats: () => 410, noted: 'status' },
	{ name: 'retry-after-seconds', treats: () => busy(429, '1'), asksForMs: 1_000, noted: 'delivered' },
	{
		name: 'retry-after-date',
		// A date has whole seconds: two ahead are more than one.
		treats: () => busy(503, new Date(Date.now() + 2_000).toUTCString()),
		asksForMs: 1_000,
		noted: 'delivered',
	},
];

const CERTIFICATES: readonly ReceiverFault[] = [
	{ name: 'certificate-expired', certificate: () => issued(LOCAL_NAMES, -2 * HOUR_MS, -HOUR_MS), noted: 'tls' },
	{ name: 'certificate-not-yet-valid', certificate: () => issued(LOCAL_NAMES, HOUR_MS, 2 * HOUR_MS), noted: 'tls' },
	{ name: 'certificate-self-signed', certificate: () => selfSignedCertificate('localhost'), noted: 'tls' },
	{ name: 'certificate-of-another-name', certificate: () => issued(['other.example'], -HOUR_MS, HOUR_MS), noted: 'tls' },
];

const NAMES: readonly ReceiverFault[] = [
	{ name: 'dns-server-fails', dns: 2, noted: 'dns' },
	{ name: 'dns-name-unknown', dns: 3, noted: 'dns' },
	// The lookup gives up by itself about when the attempt's deadline ends.
	{ name: 'dns-silent', dns: 'silent', noted: 'timeout', orNoted: 'dns' },
	{ name: 'dns-says-private', dns: resolvesTo('10.0.0.1'), noted: 'refused-by-guard' },
	{ name: 'dns-says-loopback', dns: resolvesTo(TRAP), noted: 'refused-by-guard' },
	{ name: 'dns-says-metadata', dns: resolvesTo('169.254.169.254'), noted: 'refused-by-guard' },
	{ name: 'dns-says-both', dns: resolvesTo('127.0.0.1', '192.168.0.1'), noted: 'refused-by-guard' },
	{ name: 'dns-says-mapped', dns: { aaaa: [`::ffff:${TRAP}`], ttlSeconds: TTL }, noted: 'refused-by-guard' },
	// To where nobody listens, and then to where it is.
	{ name: 'dns-changes', dns: resolvesTo('127.0.0.2'), noted: 'connect' },
];

export const RECEIVER_FAULTS: readonly ReceiverFault[] = [...ANSWERS, ...CERTIFICATES, ...NAMES];

function bombed(status: number): Behaviour {
	return { kind: 'answer', status, headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' }, body: gzipBomb() };
}

function busy(status: number, retryAfter: string): Behaviour {
	return { kind: 'answer', status, headers: { 'retry-after': retryAfter } };
}

function raw(bytes: string): Behaviour {
	return { kind: 'raw', bytes };
}

function empty(status: string): string {
	return `HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
}

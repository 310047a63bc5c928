/**
 * What exactly went wrong with an attempt, where the gateway's technical text says more than the class of the error does: told apart by the code at its
 * end or, of what was not done in time, by what was waited for.
 */
import type { Attempt } from './attempt.ts';

export type Cause =
	| 'nameUnknown'
	| 'dnsDown'
	| 'refused'
	| 'unreachable'
	| 'connectTimeout'
	| 'expired'
	| 'notYetValid'
	| 'revoked'
	| 'selfSigned'
	| 'untrusted'
	| 'otherName'
	| 'unfit'
	| 'handshake'
	| 'queued'
	| 'lookingUp'
	| 'connecting'
	| 'shakingHands'
	| 'noAnswer'
	| 'endless'
	| 'notHttp'
	| 'shorter';

const BY_CODE: Readonly<Record<string, Cause>> = {
	ENOTFOUND: 'nameUnknown',
	ENODATA: 'nameUnknown',
	EAI_AGAIN: 'dnsDown',
	ESERVFAIL: 'dnsDown',
	EREFUSED: 'dnsDown',
	ETIMEOUT: 'dnsDown',
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	ETIMEDOUT: 'connectTimeout',
	CERT_HAS_EXPIRED: 'expired',
	CERT_NOT_YET_VALID: 'notYetValid',
	CERT_REVOKED: 'revoked',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
	SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
	UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
	CERT_UNTRUSTED: 'untrusted',
	HOSTNAME_MISMATCH: 'otherName',
	ERR_TLS_CERT_ALTNAME_INVALID: 'otherName',
	CERT_REJECTED: 'unfit',
	CERT_SIGNATURE_FAILURE: 'unfit',
	CERT_CHAIN_TOO_LONG: 'unfit',
	INVALID_CA: 'unfit',
	INVALID_PURPOSE: 'unfit',
	ERR_TLS_CERT_ALTNAME_FORMAT: 'unfit',
};

/** As the gateway ends the text of what was not done in time, or of an answer that came too short. */
const BY_END: readonly (readonly [end: string, cause: Cause])[] = [
	['waiting for a connection', 'queued'],
	['looking up the name', 'lookingUp'],
	['still connecting', 'connecting'],
	['in the TLS handshake', 'shakingHands'],
	['no answer came', 'noAnswer'],
	['the answer did not end', 'endless'],
	['before its announced length', 'shorter'],
];

type Failure = Pick<NonNullable<Attempt['error']>, 'class' | 'message'>;

/** Undefined where nothing more is known than the class. */
export function causeOf({ class: errorClass, message = '' }: Failure): Cause | undefined {
	const [, code = ''] = /\((\w+)\)$/.exec(message) ?? [];
	const known = BY_CODE[code] ?? BY_END.find(([end]) => message.endsWith(end))?.[1];
	if (known !== undefined) return known;
	if (errorClass === 'tls') return 'handshake';
	return code.startsWith('HPE_') ? 'notHttp' : undefined;
}

/** Says which thing about a certificate or a handshake was wrong, so that the owner of the receiver knows what to repair. */
import type { AttemptErrorCause } from '../domain/attempt.ts';
import { AttemptFault, codeOf } from './attempt-fault.ts';

/** The codes of OpenSSL's verification and of Node: what each is, and the end of a sentence that begins with "The certificate of <host>". */
const CERTIFICATE_FAULTS: Readonly<Record<string, readonly [AttemptErrorCause, string]>> = {
	CERT_HAS_EXPIRED: ['certificate-expired', 'has expired'],
	CERT_NOT_YET_VALID: ['certificate-not-yet-valid', 'is not valid yet'],
	CERT_REVOKED: ['certificate-revoked', 'was revoked'],
	CERT_REJECTED: ['certificate-unfit', 'may not be used for this'],
	CERT_UNTRUSTED: ['certificate-untrusted', 'is not trusted'],
	CERT_SIGNATURE_FAILURE: ['certificate-unfit', 'has a wrong signature'],
	CERT_CHAIN_TOO_LONG: ['certificate-unfit', 'has too long a chain'],
	DEPTH_ZERO_SELF_SIGNED_CERT: ['certificate-self-signed', 'is self-signed and not trusted here'],
	SELF_SIGNED_CERT_IN_CHAIN: ['certificate-untrusted', 'comes from an authority that is not trusted here'],
	UNABLE_TO_GET_ISSUER_CERT: ['certificate-untrusted', 'comes without the certificate of its authority'],
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
		'certificate-untrusted',
		'comes from an authority that is not trusted here, or without its intermediate certificates',
	],
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
		'certificate-untrusted',
		'comes from an authority that is not trusted here, or without its intermediate certificates',
	],
	INVALID_CA: ['certificate-unfit', 'was issued by a certificate that is no authority'],
	INVALID_PURPOSE: ['certificate-unfit', 'is not one for servers'],
	HOSTNAME_MISMATCH: ['certificate-of-other-name', 'is for another name'],
	ERR_TLS_CERT_ALTNAME_INVALID: ['certificate-of-other-name', 'is for another name'],
	ERR_TLS_CERT_ALTNAME_FORMAT: ['certificate-unfit', 'has unreadable names'],
};

export function tlsFault(hostname: string, error: Error): AttemptFault {
	const code = codeOf(error);
	const [errorCause, wrong] = CERTIFICATE_FAULTS[code] ?? (['handshake-failed', undefined] as const);
	const message = wrong === undefined ? `The TLS handshake with ${hostname} failed` : `The certificate of ${hostname} ${wrong}`;
	return new AttemptFault('tls', `${message} (${code})`, { errorCause, cause: error });
}

/** Says which thing about a certificate or a handshake was wrong, so that the owner of the receiver knows what to repair. */
import { AttemptFault, codeOf } from './attempt-fault.ts';

/** The codes of OpenSSL's verification and of Node, as the end of a sentence that begins with "The certificate of <host>". */
const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
	CERT_HAS_EXPIRED: 'has expired',
	CERT_NOT_YET_VALID: 'is not valid yet',
	CERT_REVOKED: 'was revoked',
	CERT_REJECTED: 'may not be used for this',
	CERT_UNTRUSTED: 'is not trusted',
	CERT_SIGNATURE_FAILURE: 'has a wrong signature',
	CERT_CHAIN_TOO_LONG: 'has too long a chain',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed and not trusted here',
	SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority that is not trusted here',
	UNABLE_TO_GET_ISSUER_CERT: 'comes without the certificate of its authority',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority that is not trusted here, or without its intermediate certificates',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes from an authority that is not trusted here, or without its intermediate certificates',
	INVALID_CA: 'was issued by a certificate that is no authority',
	INVALID_PURPOSE: 'is not one for servers',
	HOSTNAME_MISMATCH: 'is for another name',
	ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
	ERR_TLS_CERT_ALTNAME_FORMAT: 'has unreadable names',
};

export function tlsFault(hostname: string, error: Error): AttemptFault {
	const code = codeOf(error);
	const wrong = CERTIFICATE_FAULTS[code];
	const message = wrong === undefined ? `The TLS handshake with ${hostname} failed` : `The certificate of ${hostname} ${wrong}`;
	return new AttemptFault('tls', `${message} (${code})`, error);
}

/** Whom outgoing connections trust. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** An own authority is trusted besides those of Node and the system, not in their place. */
export function trusting(ca: string | undefined): SecureContext {
	return createSecureContext(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] });
}

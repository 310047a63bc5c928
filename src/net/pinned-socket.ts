/**
 * A TLS connection to vetted addresses and nowhere else. Node still does the connecting, so that a name with several addresses is tried
 * address by address (RFC 8305), but the lookup it calls for that answers what was vetted: there is no second resolution to lie in.
 */
import { isIP, type LookupFunction, type TcpNetConnectOpts } from 'node:net';
import { type ConnectionOptions, connect, type SecureContext, type TLSSocket } from 'node:tls';
import type { AttemptErrorCause } from '../domain/attempt.ts';
import { AttemptFault, codeOf } from './attempt-fault.ts';
import { tlsFault } from './tls-fault.ts';
import type { Target } from './url-rules.ts';

/** How long one of several addresses is tried before the next; the last one has until the deadline. */
export const ADDRESS_TRY_MS = 1_000;

export interface PinnedSocketOptions {
	readonly target: Target;
	/** Vetted. */
	readonly addresses: readonly string[];
	readonly secureContext: SecureContext;
	/** Resumed where the receiver agrees, which spares both the costly half of the handshake. */
	readonly session: Buffer | undefined;
	readonly onConnect: () => void;
	readonly onSecure: (socket: TLSSocket) => void;
	/** A session to resume later; only of a receiver that proved its name. */
	readonly onSession: (session: Buffer) => void;
	readonly onFault: (fault: AttemptFault) => void;
}

/** Ends in one call of `onSecure` or `onFault`, unless the socket is destroyed before. */
export function openPinnedSocket(options: PinnedSocketOptions): TLSSocket {
	const { hostname } = options.target;
	let isConnected = false;
	let isSecure = false;
	const socket = connect(connectOptions(options));
	socket.setNoDelay(true);
	socket.once('connect', () => {
		isConnected = true;
		options.onConnect();
	});
	socket.once('secureConnect', () => {
		isSecure = true;
		options.onSecure(socket);
	});
	// Node holds it back until the certificate and its name are verified: a session of an impostor, resumed, would not be verified again.
	socket.on('session', options.onSession);
	// Stays for the life of the socket: after `onSecure` the errors are undici's to report, but none may be without a listener.
	socket.on('error', (error) => {
		if (!isSecure) options.onFault(isConnected ? tlsFault(hostname, error) : connectFault(hostname, error));
	});
	return socket;
}

function connectOptions(options: PinnedSocketOptions): ConnectionOptions & TcpNetConnectOpts {
	const { hostname, port } = options.target;
	return {
		host: hostname,
		port,
		...(isIP(hostname) === 0 ? { servername: hostname, lookup: answer(options.addresses) } : {}),
		...(options.session === undefined ? {} : { session: options.session }),
		secureContext: options.secureContext,
		ALPNProtocols: ['http/1.1'],
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: ADDRESS_TRY_MS,
		// Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment changes nothing.
		rejectUnauthorized: true,
	};
}

/** What `net` asks for the addresses of the host. */
export function answer(addresses: readonly string[]): LookupFunction {
	const entries = addresses.map((address) => ({ address, family: isIP(address) }));
	return (_hostname, lookup, callback) => {
		const first = entries[0];
		if (lookup.all || !first) callback(null, entries);
		else callback(null, first.address, first.family);
	};
}

export function connectFault(hostname: string, error: Error): AttemptFault {
	const code = codeOf(error);
	return new AttemptFault('connect', `No connection to ${hostname} (${code})`, { errorCause: CONNECT_CAUSES[code], cause: error });
}

/** By the codes of the system. */
const CONNECT_CAUSES: Readonly<Record<string, AttemptErrorCause>> = {
	ECONNREFUSED: 'connection-refused',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	ETIMEDOUT: 'connect-timeout',
};

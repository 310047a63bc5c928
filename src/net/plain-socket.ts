/** A connection without TLS to vetted addresses and nowhere else, for media at http URLs: nothing of ours travels on it but the path that was asked for. */
import { connect, isIP, type Socket } from 'node:net';
import type { AttemptFault } from './attempt-fault.ts';
import { ADDRESS_TRY_MS, answer, connectFault } from './pinned-socket.ts';
import type { Target } from './url-rules.ts';

export interface PlainSocketOptions {
	readonly target: Target;
	/** Vetted. */
	readonly addresses: readonly string[];
	readonly onConnect: (socket: Socket) => void;
	readonly onFault: (fault: AttemptFault) => void;
}

/** Ends in one call of `onConnect` or `onFault`, unless the socket is destroyed before. */
export function openPlainSocket({ target, addresses, onConnect, onFault }: PlainSocketOptions): Socket {
	const { hostname, port } = target;
	let isConnected = false;
	const socket = connect({
		host: hostname,
		port,
		...(isIP(hostname) === 0 ? { lookup: answer(addresses) } : {}),
		autoSelectFamily: true,
		autoSelectFamilyAttemptTimeout: ADDRESS_TRY_MS,
	});
	socket.once('connect', () => {
		isConnected = true;
		onConnect(socket);
	});
	// Stays for the life of the socket, as of one with TLS.
	socket.on('error', (error) => {
		if (!isConnected) onFault(connectFault(hostname, error));
	});
	return socket;
}

/**
 * One HTTP connection to one origin, opened when the first request wants it. undici speaks HTTP/1.1 on it, one request at a time; how
 * it is opened is the guard's: look up, vet, connect to what was vetted, TLS.
 */
import { isIP } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { AttemptFault } from './attempt-fault.ts';
import type { Interruptible } from './interruptions.ts';
import type { LruMap } from './lru-map.ts';
import { openPinnedSocket } from './pinned-socket.ts';
import type { Resolver } from './resolver.ts';
import type { Target } from './url-rules.ts';
import { vettedAddresses } from './vetted-addresses.ts';

/** What all connections of a sender share. */
export interface ConnectionParts {
	readonly policy: AddressPolicy;
	readonly resolver: Resolver;
	/** One for all: making it reads every root certificate. */
	readonly secureContext: SecureContext;
	/** The newest TLS session of each origin. */
	readonly sessions: LruMap<string, Buffer>;
	readonly keepAliveMs: number;
}

/** How long the phases of opening took; a phase that did not end is not there. */
export interface OpeningTimings {
	dnsMs?: number;
	connectMs?: number;
	tlsMs?: number;
}

/** Answers larger than this in their headers are broken off: threat, a receiver that fills our memory and our log. */
const HEADER_BYTES_MAX = 16_384;
/** The longest that a receiver can talk us into keeping an idle connection, by its Keep-Alive header. */
const KEEP_ALIVE_MS_MAX = 60_000;

export class Connection {
	readonly #target: Target;
	readonly #parts: ConnectionParts;
	readonly #client: Client;
	#carried: Interruptible | undefined;
	#socket: TLSSocket | undefined;
	#opening: OpeningTimings | undefined;
	#doing = 'connecting';
	#isDestroyed = false;

	/** `onClosed` is called each time the receiver or the idle timer closed the connection; the next request would open it again. */
	constructor(target: Target, parts: ConnectionParts, onClosed: (connection: Connection) => void) {
		this.#target = target;
		this.#parts = parts;
		this.#client = new Client(target.origin, {
			connect: (_options, callback) => void this.#connect(callback),
			// Our HTTP is 1.1: with HTTP/2 one connection carries many attempts, and breaking one off is not closing it.
			allowH2: false,
			pipelining: 1,
			maxHeaderSize: HEADER_BYTES_MAX,
			keepAliveTimeout: parts.keepAliveMs,
			keepAliveMaxTimeout: KEEP_ALIVE_MS_MAX,
			// The deadline of the attempt is the only clock.
			headersTimeout: 0,
			bodyTimeout: 0,
		});
		this.#client.on('disconnect', () => onClosed(this));
	}

	/** Only while no other request is on it. */
	dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler & Interruptible): void {
		this.#carried = handler;
		this.#client.dispatch(request, handler);
	}

	/** Interrupts the request that is on it; one that is settled already does not mind. */
	interrupt(reason: string): void {
		this.#carried?.interrupt(reason);
	}

	/** The request that was on it is over. */
	rest(): void {
		this.#carried = undefined;
	}

	/** What it was opening with, since this was last asked: the first request on a fresh connection gets it, later ones nothing. */
	takeOpening(): OpeningTimings | undefined {
		const opening = this.#opening;
		this.#opening = undefined;
		return opening;
	}

	/** What a request that it has not begun to send is waiting for. */
	get doing(): string {
		return this.#doing;
	}

	/** Closes it at once, whatever it is doing; a request that was not sent yet never will be. */
	destroy(): void {
		this.#isDestroyed = true;
		this.#client.destroy(() => {});
		this.#socket?.destroy();
	}

	async #connect(callback: buildConnector.Callback): Promise<void> {
		const { hostname, origin } = this.#target;
		const { resolver, policy, secureContext, sessions } = this.#parts;
		const opening: OpeningTimings = {};
		this.#opening = opening;
		this.#doing = 'looking up the name';
		let since = performance.now();
		const lap = (): number => {
			const from = since;
			since = performance.now();
			return since - from;
		};
		try {
			const addresses = await vettedAddresses(hostname, resolver, policy).finally(() => {
				const dnsMs = lap();
				if (isIP(hostname) === 0) opening.dnsMs = dnsMs;
			});
			if (this.#isDestroyed) return callback(new AttemptFault('interrupted', 'Broken off while connecting'), null);
			this.#doing = 'connecting';
			const session = sessions.get(origin);
			this.#socket = openPinnedSocket({
				target: this.#target,
				addresses,
				secureContext,
				session,
				onConnect: () => {
					opening.connectMs = lap();
					this.#doing = 'in the TLS handshake';
				},
				onSecure: (socket) => {
					opening.tlsMs = lap();
					this.#doing = 'about to send';
					callback(null, socket);
				},
				onSession: (fresh) => sessions.set(origin, fresh),
				onFault: (fault) => {
					// Where a handshake failed with a session, the next one goes without it.
					if (session) sessions.delete(origin, session);
					callback(fault, null);
				},
			});
		} catch (error) {
			callback(error instanceof Error ? error : new AttemptFault('connect', String(error)), null);
		}
	}
}

/**
 * One HTTP connection to one origin, opened when the first request wants it. undici speaks HTTP/1.1 on it, one request at a time; how
 * it is opened is the guard's: look up, vet, connect to what was vetted, TLS.
 */
import { isIP } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { AttemptFault } from './attempt-fault.ts';
import type { DnsCache } from './dns-cache.ts';
import { isLocalhost } from './localhost.ts';
import type { LruMap } from './lru-map.ts';
import { openPinnedSocket } from './pinned-socket.ts';
import type { Target } from './url-rules.ts';
import { vettedAddresses } from './vetted-addresses.ts';

/** What all connections of a sender share. */
export interface ConnectionParts {
	readonly policy: AddressPolicy;
	readonly dns: DnsCache;
	/** One for all: making it reads every root certificate. */
	readonly secureContext: SecureContext;
	/** The newest TLS session of each origin. */
	readonly sessions: LruMap<string, Buffer>;
	readonly keepAliveMs: number;
}

/** What a connection carries: a request, as undici reports on it. */
export interface Carried extends Dispatcher.DispatchHandler {
	/** Ends it now, where it is one of this signal's; without a signal in any case. */
	interrupt(reason: string, signal?: AbortSignal): void;
}

export interface ConnectionOwner {
	/** It carries its first request now. */
	readonly onOpened: (connection: Connection) => void;
	/** Each time it was closed, by the receiver, by the idle timer or for want of room; the next request would open it again. */
	readonly onClosed: (connection: Connection) => void;
}

/** How long the phases of opening took; the one in which it failed, up to then. */
export interface OpeningTimings {
	dnsMs?: number;
	connectMs?: number;
	tlsMs?: number;
}

/** Answers larger than this in their headers are broken off: threat, a receiver that fills our memory and our log. */
const HEADER_BYTES_MAX = 16_384;
/** The longest that a receiver can talk us into keeping an idle connection, by its Keep-Alive header. */
const KEEP_ALIVE_MS_MAX = 60_000;

/** What a request that it has not begun to send is waiting for. */
export type OpeningStep = 'connecting' | 'looking up the name' | 'in the TLS handshake' | 'about to send';

export class Connection {
	readonly #target: Target;
	readonly #parts: ConnectionParts;
	readonly #client: Client;
	readonly #owner: ConnectionOwner;
	#carried: Carried | undefined;
	#socket: TLSSocket | undefined;
	/** What DNS led it to; undefined before it is open, and where DNS is not asked. */
	#address: string | undefined;
	#opening: OpeningTimings | undefined;
	#doing: OpeningStep = 'connecting';
	/** The phase of opening that is under way, and since when. */
	#phase: keyof OpeningTimings | undefined;
	#phaseBegunAt = 0;
	#isDestroyed = false;

	constructor(target: Target, parts: ConnectionParts, owner: ConnectionOwner) {
		this.#target = target;
		this.#parts = parts;
		this.#owner = owner;
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
		this.#client.on('disconnect', () => owner.onClosed(this));
	}

	/** Only while no other request is on it. */
	dispatch(request: Dispatcher.DispatchOptions, handler: Carried): void {
		this.#carried = handler;
		this.#client.dispatch(request, handler);
	}

	/** Interrupts the request that is on it; one that is settled already does not mind. */
	interrupt(reason: string, signal?: AbortSignal): void {
		this.#carried?.interrupt(reason, signal);
	}

	/** Whether its name still leads to the address that it is pinned to. Receivers move; who stayed at the old address gets nothing more. */
	get isCurrent(): boolean {
		return this.#address === undefined || this.#parts.dns.isCurrent(this.#target.hostname, this.#address);
	}

	/** There is no room for it among those that rest. */
	evict(): void {
		this.#owner.onClosed(this);
	}

	/** The request that was on it is over. */
	rest(): void {
		this.#carried = undefined;
	}

	/** What it was opening with, since this was last asked: the first request on a fresh connection gets it, later ones nothing. */
	takeOpening(): OpeningTimings | undefined {
		const opening = this.#opening;
		this.#opening = undefined;
		if (opening && this.#phase !== undefined) opening[this.#phase] ??= performance.now() - this.#phaseBegunAt;
		return opening;
	}

	get doing(): OpeningStep {
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
		const { dns, policy, secureContext, sessions } = this.#parts;
		const opening: OpeningTimings = {};
		this.#opening = opening;
		this.#doing = 'looking up the name';
		this.#phase = isIP(hostname) === 0 ? 'dnsMs' : undefined;
		this.#phaseBegunAt = performance.now();
		const goOnTo = (next: keyof OpeningTimings | undefined): void => {
			const now = performance.now();
			if (this.#phase !== undefined) opening[this.#phase] = now - this.#phaseBegunAt;
			this.#phase = next;
			this.#phaseBegunAt = now;
		};
		try {
			const addresses = await vettedAddresses(hostname, dns, policy);
			if (this.#isDestroyed) return callback(new AttemptFault('interrupted', 'Broken off while connecting'), null);
			this.#doing = 'connecting';
			goOnTo('connectMs');
			const session = sessions.get(origin);
			this.#socket = openPinnedSocket({
				target: this.#target,
				addresses,
				secureContext,
				session,
				onConnect: () => {
					goOnTo('tlsMs');
					this.#doing = 'in the TLS handshake';
				},
				onSecure: (socket) => {
					goOnTo(undefined);
					this.#doing = 'about to send';
					if (isIP(hostname) === 0 && !isLocalhost(hostname)) this.#address = socket.remoteAddress;
					callback(null, socket);
					this.#owner.onOpened(this);
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

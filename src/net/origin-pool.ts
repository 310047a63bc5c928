/**
 * The connections to one origin. A request takes the one that was used last, or a new one where all are busy. There are as many as
 * requests are under way, which is bounded per webhook and altogether before it comes here: with a limit per origin, a webhook that hangs
 * would take the connections of its neighbours at the same host. Only how many are being *opened* at a time is bounded: handshakes are dear,
 * and in a burst the first ones to be open serve many before the last one would be. undici's own Pool is not used: it offers a connection
 * again only a turn of the event loop after an answer, so that requests in sequence open a second one, and a request whose deadline
 * passed stays in its queue.
 */
import { Connection, type ConnectionParts } from './connection.ts';
import type { Exchange, Lender } from './exchange.ts';
import type { RestingConnections } from './resting-connections.ts';
import type { Target } from './url-rules.ts';

/**
 * As many as a webhook has attempts in flight by default. Further requests wait until one is open or free, at most until their deadline:
 * where no handshake gets through, it is the host that is down, not a neighbour.
 */
const OPENING_MAX = 32;

export interface OriginPoolOptions {
	/** Any of the origin. */
	readonly target: Target;
	readonly parts: ConnectionParts;
	/** Of all origins. */
	readonly resting: RestingConnections;
	/** Told when the last connection is gone and nobody waits. */
	readonly onEmpty: (pool: OriginPool) => void;
}

export class OriginPool implements Lender {
	readonly #options: OriginPoolOptions;
	readonly #connections = new Set<Connection>();
	/** Those that are not open yet. */
	readonly #opening = new Set<Connection>();
	/** The one used last at the end: the others grow old and close by themselves. */
	readonly #idle: Connection[] = [];
	readonly #waiting = new Set<Exchange>();

	constructor(options: OriginPoolOptions) {
		this.#options = options;
	}

	run(exchange: Exchange): void {
		const connection = this.#takeIdle() ?? (this.#opening.size < OPENING_MAX ? this.#open() : undefined);
		if (connection) exchange.begin(connection);
		else this.#waiting.add(exchange);
	}

	settled(exchange: Exchange, connection: Connection | undefined, isReusable: boolean): void {
		if (!connection) {
			this.#waiting.delete(exchange);
			return;
		}
		if (isReusable) this.#rest(connection);
		else this.#close(connection);
		if (this.#waiting.size > 0) this.#serveWaiting();
		this.#tellWhenEmpty();
	}

	/** Ends the requests under way, those of one signal or all. */
	interrupt(reason: string, signal?: AbortSignal): void {
		for (const exchange of [...this.#waiting]) exchange.interrupt(reason, signal);
		for (const connection of [...this.#connections]) connection.interrupt(reason, signal);
	}

	/** Ends everything now. */
	destroy(reason: string): void {
		this.interrupt(reason);
		for (const connection of [...this.#idle]) this.#onClosed(connection);
	}

	/** One whose name leads elsewhere by now is closed instead. */
	#takeIdle(): Connection | undefined {
		for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
			this.#options.resting.delete(idle);
			if (idle.isCurrent) return idle;
			this.#close(idle);
		}
		return undefined;
	}

	#open(): Connection {
		const connection = new Connection(this.#options.target, this.#options.parts, {
			onOpened: (opened) => this.#onOpened(opened),
			onClosed: (closed) => this.#onClosed(closed),
		});
		this.#connections.add(connection);
		this.#opening.add(connection);
		return connection;
	}

	#serveWaiting(): void {
		for (const exchange of this.#waiting) {
			const connection = this.#takeIdle() ?? (this.#opening.size < OPENING_MAX ? this.#open() : undefined);
			if (!connection) return;
			this.#waiting.delete(exchange);
			exchange.begin(connection);
		}
	}

	#rest(connection: Connection): void {
		connection.rest();
		this.#idle.push(connection);
		this.#options.resting.add(connection);
	}

	#onOpened(connection: Connection): void {
		this.#opening.delete(connection);
		if (this.#waiting.size > 0) this.#serveWaiting();
	}

	/** While a request is on it, that request hears of it by itself, or undici opens it anew for one that was not sent yet. */
	#onClosed(connection: Connection): void {
		const index = this.#idle.indexOf(connection);
		if (index === -1) return;
		this.#idle.splice(index, 1);
		this.#options.resting.delete(connection);
		this.#close(connection);
		this.#tellWhenEmpty();
	}

	#close(connection: Connection): void {
		this.#connections.delete(connection);
		this.#opening.delete(connection);
		connection.destroy();
	}

	#tellWhenEmpty(): void {
		if (this.#connections.size === 0 && this.#waiting.size === 0) this.#options.onEmpty(this);
	}
}

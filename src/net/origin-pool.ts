/**
 * The connections to one origin. A request takes the one that was used last, a new one where all are busy, or waits where there are as
 * many as may be. undici's own Pool is not used: it offers a connection again only a turn of the event loop after an answer, so that
 * requests in sequence open a second one, and a request whose deadline passed stays in its queue.
 */
import { Connection, type ConnectionParts } from './connection.ts';
import type { Exchange } from './exchange.ts';
import type { Target } from './url-rules.ts';

export interface OriginPoolOptions {
	/** Any of the origin. */
	readonly target: Target;
	readonly parts: ConnectionParts;
	/** Further requests wait for one of these, each at most until its own deadline. */
	readonly connectionsMax: number;
	/** Told when the last connection is gone and nobody waits. */
	readonly onEmpty: (pool: OriginPool) => void;
}

export class OriginPool {
	readonly #options: OriginPoolOptions;
	readonly #open = new Set<Connection>();
	/** The one used last at the end: the others grow old and close by themselves. */
	readonly #idle: Connection[] = [];
	readonly #waiting = new Set<Exchange>();
	#isRetired = false;

	constructor(options: OriginPoolOptions) {
		this.#options = options;
	}

	run(exchange: Exchange): void {
		const connection = this.#idle.pop() ?? this.#openAnother();
		if (connection) exchange.begin(connection);
		else this.#waiting.add(exchange);
	}

	/** An exchange is over: its connection goes on to who waits, to rest, or away. */
	settled(exchange: Exchange, connection: Connection | undefined, isReusable: boolean): void {
		if (!connection) {
			this.#waiting.delete(exchange);
			return;
		}
		if (!isReusable) this.#discard(connection);
		const next = this.#nextWaiting();
		if (next) {
			const free = isReusable ? connection : this.#openAnother();
			if (free) next.begin(free);
		} else if (isReusable) this.#rest(connection);
	}

	/** What is under way ends as usual; nothing rests any more. */
	retire(): void {
		this.#isRetired = true;
		for (const connection of this.#idle.splice(0)) this.#discard(connection);
	}

	/** Ends everything now. */
	destroy(reason: string): void {
		this.retire();
		for (const exchange of [...this.#waiting]) exchange.interrupt(reason);
		for (const connection of [...this.#open]) connection.interrupt(reason);
	}

	#nextWaiting(): Exchange | undefined {
		for (const exchange of this.#waiting) {
			this.#waiting.delete(exchange);
			return exchange;
		}
		return undefined;
	}

	#rest(connection: Connection): void {
		connection.rest();
		if (this.#isRetired) this.#discard(connection);
		else this.#idle.push(connection);
	}

	#openAnother(): Connection | undefined {
		const { target, parts, connectionsMax } = this.#options;
		if (this.#open.size >= connectionsMax) return undefined;
		const connection = new Connection(target, parts, (closed) => this.#onClosed(closed));
		this.#open.add(connection);
		return connection;
	}

	/** While a request is on it, that request hears of it by itself, or undici opens it anew for one that was not sent yet. */
	#onClosed(connection: Connection): void {
		const index = this.#idle.indexOf(connection);
		if (index === -1) return;
		this.#idle.splice(index, 1);
		this.#discard(connection);
	}

	#discard(connection: Connection): void {
		this.#open.delete(connection);
		connection.destroy();
		if (this.#open.size === 0 && this.#waiting.size === 0) this.#options.onEmpty(this);
	}
}

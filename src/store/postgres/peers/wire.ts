/**
 * The connection that the peers have for themselves: heartbeats and news do not stand in line behind anybody's reads. Whoever asks on it makes it
 * where it is not there, so the heartbeat is what brings it back. It hears nothing behind a pooler, where a connection is another one each time.
 */
import type pg from 'pg';
import type { Database } from '../database.ts';
import type { SqlValue, Statement } from '../statement.ts';
import { faultOrSame, isReadOnly, storeUnavailable } from '../store-fault.ts';

export interface WireParts {
	readonly db: Pick<Database, 'connect'>;
	/** Names of channels to hear; none behind a pooler. */
	readonly channels: readonly string[];
	/** A connection that answers nothing for so long is given up. */
	readonly silenceMs: number;
	readonly heard: (channel: string, payload: string) => void;
	/** Whatever is told from now on is heard. */
	readonly connected: () => void;
	/** Nothing is heard from now on. */
	readonly lost: () => void;
}

export class Wire implements AsyncDisposable {
	readonly #parts: WireParts;
	#client: Promise<pg.Client> | undefined;
	#isUp = false;
	#isClosed = false;

	constructor(parts: WireParts) {
		this.#parts = parts;
	}

	/** Nothing that is told now is missed. */
	get isHearing(): boolean {
		return this.#isUp && this.#parts.channels.length > 0;
	}

	/** Connects where that has to be. Rejects with `store_unavailable` where the database does not answer. */
	async query<Row>({ text }: Statement, values: readonly SqlValue[]): Promise<readonly Row[]> {
		try {
			const client = await this.#open();
			try {
				const { rows } = await client.query({ text, values: [...values] });
				return rows as Row[];
			} catch (error) {
				if (isReadOnly(error)) void client.end().catch(() => undefined);
				throw error;
			}
		} catch (error) {
			throw faultOrSame(error);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isClosed = true;
		const client = await this.#client?.catch(() => undefined);
		await client?.end().catch(() => undefined);
	}

	#open(): Promise<pg.Client> {
		if (this.#isClosed) throw storeUnavailable(new Error('the store is closed'));
		this.#client ??= this.#connect().catch((error: unknown) => {
			this.#client = undefined;
			throw error;
		});
		return this.#client;
	}

	async #connect(): Promise<pg.Client> {
		const { db, channels, silenceMs, heard, connected } = this.#parts;
		const client = await db.connect({ pipeline: true, query_timeout: silenceMs });
		const lose = (): void => this.#lose();
		client.once('end', lose);
		// What was asked rejects by itself, and the end follows.
		client.on('error', () => undefined);
		client.on('notification', ({ channel, payload }) => heard(channel, payload ?? ''));
		try {
			for (const channel of channels) await client.query(`LISTEN ${channel}`);
		} catch (error) {
			client.off('end', lose);
			await client.end().catch(() => undefined);
			throw error;
		}
		this.#isUp = true;
		connected();
		return client;
	}

	#lose(): void {
		this.#client = undefined;
		this.#isUp = false;
		if (!this.#isClosed) this.#parts.lost();
	}
}

/**
 * The connections of one process: one that writes groups, a few that read, and one for transactions of several steps. Each is made when it is
 * needed, and made anew after it was lost; what was under way on it rejects with `store_unavailable`.
 */
import pg from 'pg';
import { storable } from './arrays.ts';
import { type Bound, type SqlValue, type Statement, statement } from './statement.ts';
import { faultOrSame, isReadOnly, isRefusedByServer, storeUnavailable, Unanswered } from './store-fault.ts';
import { addressAndTls } from './tls.ts';

export interface DatabaseOptions {
	/** `postgres://user:password@host:5432/database?sslmode=verify-full`. */
	readonly url: string;
	/** PEM of the authority that the server's certificate must come from, which turns TLS on; undefined: as the URL says. */
	readonly ca?: string | undefined;
	/** Connections that read. */
	readonly readersMax: number;
	/** For a connection to be there. */
	readonly connectTimeoutMs: number;
	/** For one statement: at the server, but behind a pooler, which would not let that through, only here. */
	readonly statementTimeoutMs: number;
	/** False behind a pooler that does not know prepared statements. */
	readonly isPreparing: boolean;
}

/** Shown in `pg_stat_activity`. */
const APPLICATION_NAME = 'recado';

/** Beyond the server's own timeout: a server that does not answer at all is gone. */
const SILENCE_MS = 5_000;

const INT8 = 20;

/** Whatever can be asked. The caller names the shape of a row: it stands in the same file as the statement. */
export interface Queries {
	query<Row>(statement: Statement, values?: readonly SqlValue[]): Promise<readonly Row[]>;
}

export class Database implements AsyncDisposable {
	readonly #options: DatabaseOptions;
	readonly #writer: Line;
	readonly #stepper: Line;
	readonly #readers: readonly Line[];
	/** The transactions of several steps go one after the other. */
	#steps: Promise<unknown> = Promise.resolve();
	#turn = 0;

	constructor(options: DatabaseOptions) {
		this.#options = options;
		const line = (): Line => new Line(() => this.connect({ pipeline: true }), options.isPreparing);
		this.#writer = line();
		this.#stepper = line();
		this.#readers = Array.from({ length: options.readersMax }, line);
	}

	/** Reads on one of several connections, each of which takes further questions before it has answered the first. */
	query<Row>(statement: Statement, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
		this.#turn = (this.#turn + 1) % this.#readers.length;
		const reader = this.#readers[this.#turn] ?? this.#writer;
		return reader.query<Row>(statement, values);
	}

	/** All statements as one transaction, sent together and answered together. Answers the rows of each; rejects with the first error. */
	pipeline(bounds: readonly Bound[]): Promise<readonly (readonly unknown[])[]> {
		return this.#writer.pipeline(bounds);
	}

	/** One transaction of several steps, each of which looks at what the one before answered. They go one after the other. */
	transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
		const running = this.#steps.then(() => this.#stepper.transaction(work));
		this.#steps = running.catch(() => undefined);
		return running;
	}

	/** The same on a connection of its own, and without a limit of time: a migration takes as long as it takes. */
	async patiently<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
		const line = new Line(() => this.connect({ statement_timeout: 0, query_timeout: 0, idle_in_transaction_session_timeout: 0 }), false);
		try {
			return await line.transaction(work);
		} finally {
			await line.close();
		}
	}

	/** A connection for its caller alone, who ends it. Rejects with what `pg` says. */
	async connect(given: Partial<pg.ClientConfig> = {}): Promise<pg.Client> {
		const { url, ca, connectTimeoutMs, statementTimeoutMs, isPreparing } = this.#options;
		const client = new pg.Client({
			...(await addressAndTls(url, ca)),
			application_name: APPLICATION_NAME,
			connectionTimeoutMillis: connectTimeoutMs,
			...(isPreparing ? sessionSettings(statementTimeoutMs) : {}),
			query_timeout: statementTimeoutMs + SILENCE_MS,
			keepAlive: true,
			...given,
		});
		client.setTypeParser(INT8, Number);
		// Without anybody who hears of it, a connection that is lost would end the process. Whoever asks on it is told by the question.
		client.on('error', () => undefined);
		await client.connect();
		return client;
	}

	/** Safe when called twice or before anything was asked. What is under way is answered; nothing more is asked. */
	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all([this.#writer, this.#stepper, ...this.#readers].map((line) => line.close()));
	}
}

/**
 * Told when a session begins; a pooler has no sessions of ours. A process that is paused in the midst of a transaction does not keep its locks for
 * longer than a statement may take. Nothing that is asked here is large enough to be compiled or done in parallel.
 */
function sessionSettings(statementTimeoutMs: number): Partial<pg.ClientConfig> {
	return {
		statement_timeout: statementTimeoutMs,
		idle_in_transaction_session_timeout: statementTimeoutMs,
		options: '-c jit=off -c max_parallel_workers_per_gather=0',
	};
}

/** Whatever the database's default is: what was written by others while a lock was waited for has to be seen. */
const BEGIN: Statement = statement('', 'BEGIN ISOLATION LEVEL READ COMMITTED');
const COMMIT: Statement = statement('', 'COMMIT');
const ROLLBACK: Statement = statement('', 'ROLLBACK');

/** As PostgreSQL takes it: a text with a NUL character would be refused, where all that is asked is whether something like it is there. */
function taken(value: SqlValue): SqlValue {
	return typeof value === 'string' ? storable(value) : value;
}

/** One connection, made when it is first needed and after it was lost. */
class Line implements Queries {
	readonly #connect: () => Promise<pg.Client>;
	readonly #isPreparing: boolean;
	#client: Promise<pg.Client> | undefined;
	#isClosed = false;

	constructor(connect: () => Promise<pg.Client>, isPreparing: boolean) {
		this.#connect = connect;
		this.#isPreparing = isPreparing;
	}

	async query<Row>(statement: Statement, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
		return this.#ask<Row>(await this.#open(), statement, values);
	}

	/**
	 * Where one fails PostgreSQL refuses those after it, and makes a ROLLBACK of the COMMIT: the connection is good for the next. The first error
	 * is the one that says why. Where the connection is lost before one of them failed, nobody knows what became of it (`Unanswered`).
	 */
	async pipeline(bounds: readonly Bound[]): Promise<readonly (readonly unknown[])[]> {
		const client = await this.#open();
		const { stream } = client.connection;
		// All are handed over before the first is answered: they leave in one write.
		stream.cork();
		const begun = this.#ask(client, BEGIN, []);
		const asked = bounds.map(({ statement, values }) => this.#ask(client, statement, values));
		const committed = this.#ask(client, COMMIT, []);
		stream.uncork();
		const ended = await Promise.allSettled([begun, ...asked, committed]);
		const errors: unknown[] = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
		if (errors.length === 0) return Promise.all(asked);
		if (errors.some(isRefusedByServer)) throw errors[0];
		throw storeUnavailable(new Unanswered('the connection was lost before the COMMIT was answered', { cause: errors[0] }));
	}

	/** All of it on one connection: where that is lost the rest fails, and goes nowhere else. */
	async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
		const client = await this.#open();
		const ask = <Row>(statement: Statement, values: readonly SqlValue[] = []): Promise<readonly Row[]> =>
			this.#ask<Row>(client, statement, values);
		await ask(BEGIN);
		try {
			const result = await work({ query: ask });
			await ask(COMMIT);
			return result;
		} catch (error) {
			// Where even that fails the connection is lost, and the transaction with it.
			await ask(ROLLBACK).catch(() => undefined);
			throw error;
		}
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		const client = await this.#client?.catch(() => undefined);
		this.#client = undefined;
		await client?.end().catch(() => undefined);
	}

	async #ask<Row>(client: pg.Client, { name, text }: Statement, values: readonly SqlValue[]): Promise<readonly Row[]> {
		const query = this.#isPreparing && name !== '' ? { name, text } : { text };
		try {
			const { rows } = await client.query<Row & pg.QueryResultRow>({ ...query, values: values.map(taken) });
			return rows;
		} catch (error) {
			if (isReadOnly(error)) void client.end().catch(() => undefined);
			throw faultOrSame(error);
		}
	}

	async #open(): Promise<pg.Client> {
		if (this.#isClosed) throw storeUnavailable(new Error('the store is closed'));
		this.#client ??= this.#connected();
		try {
			return await this.#client;
		} catch (error) {
			throw storeUnavailable(error);
		}
	}

	#connected(): Promise<pg.Client> {
		const connecting = this.#connect();
		// Only this one: another may have been made meanwhile.
		const forget = (): void => {
			if (this.#client === connecting) this.#client = undefined;
		};
		connecting.then((client) => {
			client.on('error', forget);
			client.on('end', forget);
		}, forget);
		return connecting;
	}
}

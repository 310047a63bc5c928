/**
 * What a PostgreSQL database does to its users now and then, to one that is at work: it crashes, stands still, has no connection left, ends them, takes
 * no writes, has no room. Meanwhile each request is answered 503 in a bounded time; afterwards the gateway goes on by itself, and whatever was
 * acknowledged arrives, in order per chat.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Account, ADMIN_TOKEN, type Answer, call, type Gateway, json, startGateway } from '../support/gateway.ts';
import { PostgresServer, type TestDatabase } from '../support/postgres-server.ts';
import { pause, until } from '../support/waiting.ts';

const CHATS = 6;
const STATEMENT_TIMEOUT_MS = 500;
const CONNECT_TIMEOUT_MS = 500;
/** What the machine takes for itself, with other work. */
const MACHINE_MS = 15_000;
/** A server that says nothing is given up so long after the statement should have ended; who stood in line then finds no connection. */
const ANSWERED_WITHIN_MS = STATEMENT_TIMEOUT_MS + 5_000 + 2 * CONNECT_TIMEOUT_MS + MACHINE_MS;
const RECOVERED_WITHIN_MS = 45_000;
const WRITTEN_MIN = 30;
/** Customers come back sooner than they are told to. */
const RETRY_MS = 20;
/** No superuser, who would get a connection where nobody else does. */
const ROLE = 'gateway';
const DISK_MIB = 24;

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
	await server.execute(`CREATE ROLE ${ROLE} LOGIN`);
});
after(() => server[Symbol.asyncDispose]());

test('the server crashes and comes back', async () => {
	await using shop = await openShop();
	await shop.goesThrough({ begin: () => server.stop('immediate'), end: () => server.start() });
});

test('the server stands still with all of its connections', async () => {
	await using shop = await openShop();
	let stopped: readonly number[] = [];
	const carryOn = async (): Promise<void> => {
		for (const pid of stopped) signalIfThere(pid, 'SIGCONT');
		stopped = [];
	};
	await using _always = { [Symbol.asyncDispose]: carryOn };
	const standStill = async (): Promise<void> => {
		const rows = await server.execute(`
			SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int AS pid
			UNION ALL SELECT pid FROM pg_stat_activity WHERE datname = '${shop.database.name}'`);
		stopped = rows.map(({ pid }) => Number(pid));
		for (const pid of stopped) signalIfThere(pid, 'SIGSTOP');
	};
	await shop.goesThrough({ begin: standStill, end: carryOn });
});

test('others have every connection', async () => {
	await using shop = await openShop();
	const { name } = shop.database;
	await shop.goesThrough({
		async begin() {
			await server.execute(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
			await endConnections(name);
		},
		end: () => server.execute(`ALTER DATABASE ${name} CONNECTION LIMIT -1`),
	});
});

test('only a server that takes no writes is there, as after a failover', async () => {
	await using shop = await openShop();
	const { name } = shop.database;
	await shop.goesThrough({
		async begin() {
			await server.execute(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
			await endConnections(name);
		},
		end: () => server.execute(`ALTER DATABASE ${name} RESET default_transaction_read_only`),
	});
});

test('the disk is full', async (t) => {
	using disk = mountDisk();
	if (!disk) return t.skip('a file system can be mounted by root alone');
	const [row] = await server.execute('SHOW data_directory');
	const { uid, gid } = statSync(String(row?.['data_directory']));
	chownSync(disk.directory, uid, gid);
	await server.execute(`CREATE TABLESPACE small LOCATION '${disk.directory}'`);
	await using _space = { [Symbol.asyncDispose]: async () => void (await server.execute('DROP TABLESPACE small')) };
	await using shop = await openShop('small');
	const filler = join(disk.directory, 'filler');
	await shop.goesThrough({ begin: async () => fillUp(filler), end: async () => rmSync(filler) });
});

test('its connections are ended one after the other', async () => {
	await using shop = await openShop();
	const { name } = shop.database;
	await shop.isBusyWhile(async () => {
		for (let ended = 0; ended < 40; ended += 1) {
			await server.execute(
				`SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = '${name}' ORDER BY random() LIMIT 1) AS one`,
			);
			await pause(RETRY_MS);
		}
	});
	await shop.recovers();
});

/** A connection may have ended meanwhile; the others are still to be told. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
	}
}

async function endConnections(database: string): Promise<void> {
	await server.execute(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
}

async function openShop(tablespace = 'pg_default'): Promise<Shop> {
	await using building = new AsyncDisposableStack();
	const database = building.use(await server.createDatabase());
	await server.execute(`ALTER DATABASE ${database.name} OWNER TO ${ROLE}`);
	await server.execute(`ALTER DATABASE ${database.name} SET TABLESPACE ${tablespace}`);
	const url = new URL(database.url);
	url.username = ROLE;
	const gateway = building.use(
		await startGateway({
			environment: {
				RECADO_DATABASE_URL: url.href,
				RECADO_DATABASE_STATEMENT_TIMEOUT: `${STATEMENT_TIMEOUT_MS}ms`,
				RECADO_DATABASE_CONNECT_TIMEOUT: `${CONNECT_TIMEOUT_MS}ms`,
				RECADO_LEASE: '2s',
			},
		}),
	);
	const account = await gateway.account();
	const webhook = { accountId: account.id, dialect: 'z-api', events: ['message.received'], url: gateway.receiver.url('/shop') };
	assert.equal((await gateway.admin('POST', '/webhooks', webhook)).status, 201);
	return new Shop({ database, gateway, account, resources: building.move() });
}

/** Customers who write to a gateway without end, and a program that sends through its Z-API dialect. */
class Shop implements AsyncDisposable {
	readonly database: TestDatabase;
	readonly #gateway: Gateway;
	readonly #account: Account;
	readonly #resources: AsyncDisposableStack;
	/** The numbers of the messages that were acknowledged, by who wrote them. */
	readonly #acknowledged = new Map<string, number[]>();
	readonly #refused = { recado: 0, zApi: 0 };
	#slowestMs = 0;
	#written = 0;
	#sent = 0;

	constructor(parts: { database: TestDatabase; gateway: Gateway; account: Account; resources: AsyncDisposableStack }) {
		this.database = parts.database;
		this.#gateway = parts.gateway;
		this.#account = parts.account;
		this.#resources = parts.resources;
	}

	/** Everybody is at work before, meanwhile and afterwards. */
	async goesThrough({ begin, end }: Record<'begin' | 'end', () => Promise<unknown>>): Promise<void> {
		await this.isBusyWhile(async () => {
			await begin();
			await this.#untilReady(503);
			const before = { ...this.#refused };
			const isFelt = (): boolean => this.#refused.recado >= before.recado + CHATS && this.#refused.zApi > before.zApi;
			await until(isFelt, { what: '503 in both dialects', withinMs: ANSWERED_WITHIN_MS });
			await end();
		});
		await this.recovers();
	}

	async isBusyWhile(work: () => Promise<void>): Promise<void> {
		const closing = new AbortController();
		const { signal } = closing;
		const customers = Array.from({ length: CHATS }, (_, n) => this.#write(`554498888000${n}`, signal));
		const everybody = Promise.allSettled([...customers, this.#send(signal)]);
		try {
			await this.#untilMoreIsWritten();
			await work();
			await this.#untilReady(200);
			await this.#untilMoreIsWritten();
		} finally {
			closing.abort();
			for (const one of await everybody) assert.ifError(one.status === 'rejected' ? one.reason : undefined);
		}
		assert.ok(this.#slowestMs < ANSWERED_WITHIN_MS, `an answer took ${Math.round(this.#slowestMs)} ms`);
	}

	/** Whatever was acknowledged arrives, in the order in which it was written. */
	async recovers(): Promise<void> {
		const arrived = (): Map<string, Set<number>> => {
			const numbers = new Map<string, Set<number>>();
			for (const { phone, text } of this.#gateway.receiver.requests.map(json)) {
				numbers.set(phone, (numbers.get(phone) ?? new Set()).add(Number(text.message)));
			}
			return numbers;
		};
		const isAllThere = (): boolean => {
			const numbers = arrived();
			return [...this.#acknowledged].every(([phone, wanted]) => wanted.every((number) => numbers.get(phone)?.has(number)));
		};
		await this.#gateway.receiver.waitFor(isAllThere, 'what was acknowledged', RECOVERED_WITHIN_MS);
		for (const [phone, numbers] of arrived())
			assert.deepEqual(
				[...numbers],
				[...numbers].toSorted((a, b) => a - b),
				`order of ${phone}`,
			);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#resources[Symbol.asyncDispose]();
	}

	/** One customer, who writes the next message when the one before was answered. */
	async #write(from: string, signal: AbortSignal): Promise<void> {
		const acknowledged: number[] = this.#acknowledged.get(from) ?? [];
		this.#acknowledged.set(from, acknowledged);
		const path = `/recado/v1/simulator/${this.#account.instance.id}/messages`;
		for (let number = 0; !signal.aborted; number += 1) {
			const answer = await this.#ask(path, { from, text: String(number) }, { authorization: `Bearer ${ADMIN_TOKEN}` });
			if (answer.status === 202) {
				acknowledged.push(number);
				this.#written += 1;
				continue;
			}
			assertUnavailable(answer);
			assert.equal(answer.body.retryable, true, answer.body.code);
			this.#refused.recado += 1;
			await pause(RETRY_MS);
		}
	}

	async #send(signal: AbortSignal): Promise<void> {
		const { instance } = this.#account;
		const path = `/instances/${instance.id}/token/${instance.token}/send-text`;
		while (!signal.aborted) {
			const answer = await this.#ask(path, { phone: '5544977770000', message: 'Pronto' }, { 'client-token': this.#account.clientToken });
			if (answer.status === 200) this.#sent += 1;
			else {
				assertUnavailable(answer);
				assert.deepEqual(Object.keys(answer.body), ['error']);
				this.#refused.zApi += 1;
			}
			await pause(RETRY_MS);
		}
	}

	async #ask(path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
		const askedAt = performance.now();
		const answer = await call(this.#gateway.address, 'POST', path, { body, headers });
		this.#slowestMs = Math.max(this.#slowestMs, performance.now() - askedAt);
		return answer;
	}

	async #untilReady(status: 200 | 503): Promise<void> {
		const isSo = async (): Promise<boolean> => (await this.#gateway.call('GET', '/ready')).status === status;
		await until(isSo, { what: `${status} of /ready`, withinMs: ANSWERED_WITHIN_MS + RECOVERED_WITHIN_MS });
	}

	async #untilMoreIsWritten(): Promise<void> {
		const enough = { written: this.#written + WRITTEN_MIN, sent: this.#sent + 1 };
		await until(() => this.#written >= enough.written && this.#sent >= enough.sent, {
			what: 'more messages',
			withinMs: RECOVERED_WITHIN_MS,
		});
	}
}

function assertUnavailable({ status, headers, body }: Answer): void {
	assert.equal(status, 503, JSON.stringify(body));
	assert.match(String(headers['retry-after']), /^\d+$/, JSON.stringify(body));
}

/** Undefined where this process may not mount anything. */
function mountDisk(): ({ readonly directory: string } & Disposable) | undefined {
	const directory = mkdtempSync(join(tmpdir(), 'recado-disk-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', directory], { stdio: 'ignore' });
	} catch {
		rmdirSync(directory);
		return undefined;
	}
	return {
		directory,
		[Symbol.dispose]() {
			execFileSync('umount', ['--lazy', directory]);
			rmdirSync(directory);
		},
	};
}

/** To the last byte: what did not fit is not there, and what did is. */
function fillUp(file: string): void {
	try {
		writeFileSync(file, Buffer.alloc(DISK_MIB * 1_048_576));
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
	}
}

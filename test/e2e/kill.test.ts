/**
 * `kill -9` at random moments under load, again and again, on the real process: what was acknowledged arrives, in order per chat, and what
 * arrives twice carries the same `webhook-id`. The ledger is kept here, outside of the gateway.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { Pool } from 'undici';
import { mulberry } from '../../src/system/mulberry.ts';
import { ADMIN_TOKEN, call, json, testEnvironment } from '../support/gateway.ts';
import { openStorePlace } from '../support/open-store.ts';
import { startReceiver } from '../support/receiver.ts';
import { pause } from '../support/waiting.ts';

const KILLS = 20;
const CHATS = 25;
/** A kill comes when at least so many are acknowledged and not delivered, and up to `LATER_MAX` acknowledgements later. */
const IN_FLIGHT = 500;
const LATER_MAX = 100;
/** A receiver that takes its time keeps deliveries in flight; where customers are slow, it waits for them. */
const ANSWER_MS_MAX = 400;
/** What failed while it was held goes on with the probes of its circuit; on a machine with other work that takes its time. */
const RECOVERED_WITHIN_MS = 120_000;

/** Node's own place for it: compiled modules are kept, so that each life begins soon. */
const COMPILED = join(tmpdir(), 'node-compile-cache');
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

interface Process {
	readonly child: ChildProcess;
	readonly origin: string;
}

async function serve(environment: Readonly<Record<string, string>>): Promise<Process> {
	const child = spawn(process.execPath, [MAIN, 'serve'], {
		env: { PATH: process.env['PATH'], ...environment, RECADO_LOG_LEVEL: 'info', NODE_COMPILE_CACHE: COMPILED },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	for await (const line of createInterface({ input: child.stdout })) {
		const address = /"address":"(http:[^"]+)"/.exec(line)?.[1];
		if (address === undefined) continue;
		child.stdout.resume();
		return { child, origin: address };
	}
	throw new Error('the gateway ended before it was serving');
}

/** One customer who writes numbered messages, each after the one before was acknowledged, until the gateway is gone. */
async function write(pool: Pool, path: string, chat: Chat, onAcknowledged: () => void): Promise<void> {
	for (;;) {
		const text = String(chat.next);
		chat.next += 1;
		try {
			const response = await pool.request({
				method: 'POST',
				path,
				headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
				body: JSON.stringify({ from: chat.phone, text }),
			});
			await response.body.dump();
			if (response.statusCode !== 202) continue;
			chat.acknowledged.add(text);
			onAcknowledged();
		} catch {
			return; // killed: this one may have been kept or not, both are right
		}
	}
}

interface Chat {
	readonly phone: string;
	next: number;
	readonly acknowledged: Set<string>;
}

test('nothing acknowledged is lost by twenty kills, chats keep their order, duplicates are recognisable', async (t) => {
	const random = mulberry(Date.now());
	const delivered = new Set<unknown>();
	let acknowledged = 0;
	let isToBeKilled = true;
	await using stack = new AsyncDisposableStack();
	const directory = await mkdtemp(join(tmpdir(), 'recado-kill-'));
	stack.defer(() => rm(directory, { recursive: true, force: true }));
	const receiver = stack.use(
		await startReceiver({
			treat: async (request) => {
				await pause(random.next() * ANSWER_MS_MAX);
				while (isToBeKilled && acknowledged - delivered.size < IN_FLIGHT) await pause(ANSWER_MS_MAX / 10);
				delivered.add(request.headers['webhook-id']);
				return 200;
			},
		}),
	);
	const caFile = join(directory, 'ca.pem');
	await writeFile(caFile, receiver.ca);
	const place = stack.use(await openStorePlace());
	// Short, where the next life has to wait for the lease of the one before.
	const environment = { ...testEnvironment(caFile), ...place.environment, RECADO_LEASE: '1500ms' };

	let running = await serve(environment);
	stack.defer(async () => void running.child.kill('SIGKILL'));
	const admin = (path: string, body: unknown) =>
		call(running.origin, 'POST', `/recado/v1${path}`, { body, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
	const { body: account } = await admin('/accounts', { name: 'Loja' });
	const { body: instance } = await admin(`/accounts/${account.id}/instances`, {
		name: 'Principal',
		channel: 'simulator',
		phone: '5544900000000',
	});
	await admin('/webhooks', { accountId: account.id, dialect: 'z-api', events: ['message.received'], url: receiver.url('/kill') });
	const path = `/recado/v1/simulator/${instance.id}/messages`;
	const chats = Array.from(
		{ length: CHATS },
		(_, n): Chat => ({ phone: `55449888${String(10_000 + n)}`, next: 0, acknowledged: new Set() }),
	);

	let leastInFlight = Number.POSITIVE_INFINITY;
	for (let kill = 0; kill < KILLS; kill += 1) {
		const pool = new Pool(running.origin, { connections: CHATS });
		const enough = Promise.withResolvers<void>();
		let later = Math.ceil(random.next() * LATER_MAX);
		const customers = chats.map((chat) =>
			write(pool, path, chat, () => {
				acknowledged += 1;
				if (acknowledged - delivered.size < IN_FLIGHT) return;
				later -= 1;
				if (later === 0) enough.resolve();
			}),
		);
		await enough.promise;
		leastInFlight = Math.min(leastInFlight, acknowledged - delivered.size);
		const exit = once(running.child, 'exit');
		running.child.kill('SIGKILL');
		await Promise.all([exit, ...customers]);
		await pool.destroy();
		running = await serve(environment);
	}

	isToBeKilled = false;
	receiver.treat(200);
	const firstArrivals = (): Map<string, Set<string>> => {
		const arrivals = new Map<string, Set<string>>();
		for (const { phone, text } of receiver.requests.map(json)) arrivals.set(phone, (arrivals.get(phone) ?? new Set()).add(text.message));
		return arrivals;
	};
	await receiver.waitFor(
		(requests) => requests.length >= acknowledged && isEverythingIn(chats, firstArrivals()),
		`${acknowledged} acknowledged messages`,
		RECOVERED_WITHIN_MS,
	);
	for (const chat of chats) {
		const texts = [...(firstArrivals().get(chat.phone) ?? [])].map(Number);
		assert.deepEqual(
			texts,
			texts.toSorted((one, other) => one - other),
			`order of ${chat.phone}`,
		);
	}
	const idsOfMessage = new Map<string, Set<unknown>>();
	for (const request of receiver.requests) {
		const { messageId } = json(request);
		idsOfMessage.set(messageId, (idsOfMessage.get(messageId) ?? new Set()).add(request.headers['webhook-id']));
	}
	for (const [messageId, ids] of idsOfMessage) assert.equal(ids.size, 1, `${messageId} came under ${[...ids].join(' and ')}`);
	t.diagnostic(
		`${KILLS} kills, each with ${leastInFlight} or more in flight, ${acknowledged} acknowledged, ${idsOfMessage.size} arrived, ${receiver.requests.length - idsOfMessage.size} twice`,
	);
});

function isEverythingIn(chats: readonly Chat[], arrivals: ReadonlyMap<string, ReadonlySet<string>>): boolean {
	return chats.every((chat) => chat.acknowledged.isSubsetOf(arrivals.get(chat.phone) ?? new Set()));
}

/** A machine whose clock is put back: what was due in a moment is delivered in a moment, and not an hour later. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { Condition } from '../support/condition.ts';
import { ADMIN_TOKEN, call, testEnvironment } from '../support/gateway.ts';
import { openStorePlace } from '../support/open-store.ts';
import { startReceiver } from '../support/receiver.ts';

const HOUR_MS = 3_600_000;
const CUSTOMER = '5544988887777';
/** Long enough for a machine with other work; what is waited for is due in half a second, or in an hour. */
const WITHIN_MS = 60_000;

/** A gateway on a machine whose clock is off by what a test says, with a webhook whose receiver refuses the first attempt. */
async function rig() {
	const stack = new AsyncDisposableStack();
	const directory = await mkdtemp(join(tmpdir(), 'recado-clock-'));
	stack.defer(() => rm(directory, { recursive: true, force: true }));
	const receiver = stack.use(await startReceiver());
	const caFile = join(directory, 'ca.pem');
	await writeFile(caFile, receiver.ca);
	const place = stack.use(await openStorePlace());
	const config = readConfig({ ...testEnvironment(caFile), ...place.environment, RECADO_RETRY_SCHEDULE: '0s,500ms' });
	const wall = { offMs: 0 };
	const rawClocks = { wall: () => Date.now() + wall.offMs, monotonic: () => performance.now() };
	const lines: string[] = [];
	const logged = new Condition(() => lines.join(''));
	const write = (line: string): void => {
		lines.push(line);
		logged.notify();
	};
	const logger = createLogger({ level: 'warn', destination: { write } });
	const times = (event: string): number => lines.filter((line) => line.includes(`"${event}"`)).length;
	const start = async (): Promise<App> => stack.use(await startApp(config, { rawClocks, logger }));
	/** Resolves when the first attempt was refused, and it is said when the next one is due. */
	const send = async (app: App): Promise<void> => {
		const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
		const { body: account } = await call(app.address, 'POST', '/recado/v1/accounts', { headers: admin, body: { name: 'Loja' } });
		const instance = { name: 'Principal', channel: 'simulator', phone: '554433334444' };
		await call(app.address, 'POST', `/recado/v1/accounts/${account.id}/instances`, { headers: admin, body: instance });
		const headers = { authorization: `Bearer ${account.token}` };
		const webhooks = { value: { sendingMessage: receiver.url('/sent') } };
		await call(app.address, 'PUT', '/api/integrations/update-webhooks', { headers, body: webhooks });
		// Not refused before this is all that waits: the test acts between the two attempts.
		const accepted = Promise.withResolvers<number>();
		receiver.treatNext(() => accepted.promise);
		await call(app.address, 'POST', '/api/whatsapp/send-text', { headers, body: { phone: CUSTOMER, message: 'Olá' } });
		accepted.resolve(500);
		await logged.until(() => times('delivery.attempted') === 1, 'the line of the attempt', WITHIN_MS);
	};
	const bothAttempts = () => receiver.waitFor((requests) => requests.length >= 2, 'the second attempt', WITHIN_MS);
	return { wall, start, send, times, bothAttempts, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('put back by an hour while the gateway runs', async () => {
	await using house = await rig();
	const app = await house.start();
	await house.send(app);
	house.wall.offMs = -HOUR_MS;
	const [first, again] = await house.bothAttempts();
	assert.equal(again?.headers['webhook-id'], first?.headers['webhook-id']);
	assert.equal(house.times('clock.went-back'), 1);
	const apart = Number(first?.headers['webhook-timestamp']) - Number(again?.headers['webhook-timestamp']);
	assert.ok(Math.abs(apart - 3_600) < 60, 'a signature has the time of the machine, which receivers compare with theirs');
});

test('put back by an hour between a stop and a start', async () => {
	await using house = await rig();
	house.wall.offMs = HOUR_MS;
	const before = await house.start();
	await house.send(before);
	await before[Symbol.asyncDispose]();
	house.wall.offMs = 0;
	await house.start();
	await house.bothAttempts();
	assert.equal(house.times('clock.went-back'), 1);
});

test('put forth by an hour: what was due in a moment comes in a moment, and nobody is told', async () => {
	await using house = await rig();
	const app = await house.start();
	await house.send(app);
	house.wall.offMs = HOUR_MS;
	await house.bothAttempts();
	assert.equal(house.times('clock.went-back'), 0);
});

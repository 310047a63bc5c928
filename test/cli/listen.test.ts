import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { parseObject } from '../../src/cli/json.ts';
import { CommandProcess, recado } from './command-process.ts';

const SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const BODY = JSON.stringify({ type: 'ReceivedCallback', phone: '5544999999999', fromMe: false, text: { message: 'Olá' } });

interface Listening {
	readonly command: CommandProcess;
	readonly post: (
		id: string,
		change?: { readonly secret?: string; readonly body?: string; readonly method?: 'POST' | 'GET' },
	) => Promise<number>;
}

async function listening(t: TestContext, args: readonly string[], data?: string): Promise<Listening> {
	const directory = data ?? (await temporaryDirectory(t));
	const command = new CommandProcess(['listen', '--data', directory, ...args]);
	t.after(() => command[Symbol.asyncDispose]());
	const address = /https:\S+\d/.exec(await command.line(/Listening on/))?.[0] ?? '';
	const agent = new Agent({ connect: { ca: await readFile(join(directory, 'ca.pem'), 'utf8') } });
	t.after(() => agent.close());
	return {
		command,
		async post(id, { secret = SECRET, body = BODY, method = 'POST' } = {}) {
			const now = new Date();
			const headers = {
				'content-type': 'application/json',
				'webhook-id': id,
				'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
				'webhook-signature': new Webhook(secret).sign(id, now, body),
			};
			const answer = await request(`${address}/hooks`, { method, headers, body: method === 'POST' ? body : null, dispatcher: agent });
			await answer.body.dump();
			return answer.statusCode;
		},
	};
}

async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-listen-'));
	t.after(() => rm(directory, { recursive: true }));
	return directory;
}

suite('recado listen', { concurrency: 2 }, () => {
	test('tells each webhook on one line, with its signature and whether it came before', async (t) => {
		const { command, post } = await listening(t, ['--secret', SECRET]);
		assert.equal(await post('dlv_right'), 200);
		assert.match(
			await command.line(/…_right/),
			/^\d\d:\d\d:\d\d\.\d{3} {2}\/hooks {2}received text "Olá" +5544999999999 {2}…_right {2}signature ok$/,
		);
		assert.equal(await post('dlv_wrong', { secret: `whsec_${randomBytes(24).toString('base64')}` }), 200);
		assert.match(await command.line(/…_wrong/), /signature BAD: no signature was made with a secret that is known here$/);
		assert.equal(await post('dlv_right'), 200);
		assert.match(await command.line(/again/), /…_right {2}signature ok {2}again \(same webhook-id\)$/);
		assert.equal(await post('dlv_other', { method: 'GET' }), 405);
		command.signal('SIGINT');
		const { code, err } = await command.end();
		assert.equal(code, 0);
		assert.equal(err, '');
	});

	test('--json writes one object a line, the rest to standard error; without a secret nothing is checked', async (t) => {
		const { command, post } = await listening(t, ['--json', '--answer', '503']);
		assert.equal(await post('dlv_1'), 503);
		await command.line(/dlv_1/);
		command.signal('SIGTERM');
		const { code, out } = await command.end();
		assert.equal(code, 0);
		const arrival = parseObject(out);
		assert(arrival, out);
		const { at, ...rest } = arrival;
		assert.match(String(at), /^\d{4}-\d\d-\d\dT/);
		assert.deepEqual(rest, {
			what: 'received text "Olá"',
			phone: '5544999999999',
			path: '/hooks',
			webhookId: 'dlv_1',
			signature: 'unchecked',
			isDuplicate: false,
			status: 503,
			body: BODY,
		});
	});

	test('keeps its authority, so that who trusted it goes on to, and its key for this user alone', async (t) => {
		const directory = await temporaryDirectory(t);
		const first = await listening(t, [], directory);
		const certificate = await readFile(join(directory, 'ca.pem'), 'utf8');
		first.command.signal('SIGINT');
		await first.command.end();
		const second = await listening(t, [], directory);
		assert.equal(await second.post('dlv_1'), 200);
		assert.equal(await readFile(join(directory, 'ca.pem'), 'utf8'), certificate);
		assert.equal((await stat(join(directory, 'ca-key.pem'))).mode & 0o777, 0o600);
	});

	test('says so when the port is taken, and when a secret is none', async (t) => {
		const taken = createServer();
		await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
		t.after(() => void taken.close());
		const address = taken.address();
		const port = address !== null && typeof address === 'object' ? String(address.port) : '';
		const [busy, wrong] = await Promise.all([
			recado(['listen', '--data', await temporaryDirectory(t), '--port', port]),
			recado(['listen', '--secret', 'my-secret']),
		]);
		assert.equal(busy.code, 1);
		assert.match(busy.err, /is taken by another program; choose another port with --port/);
		assert.equal(wrong.code, 2);
		assert(!wrong.err.includes('my-secret'));
	});
});

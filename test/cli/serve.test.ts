import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { request } from 'undici';
import { CommandProcess, recado } from './command-process.ts';

const TOKEN = 'a-token-of-an-administrator';

async function environmentOf(t: TestContext): Promise<Readonly<Record<string, string>>> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-serve-'));
	t.after(() => rm(directory, { recursive: true }));
	return { RECADO_ADMIN_TOKEN: TOKEN, RECADO_SECRET_KEY: 'ab'.repeat(32), RECADO_PORT: '0', RECADO_DATA: join(directory, 'data') };
}

async function addressOf(command: CommandProcess): Promise<string> {
	return /http:\S+/.exec(await command.line(/Recado listens on http/))?.[0] ?? '';
}

suite('recado serve', { concurrency: 2 }, () => {
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		test(`says where it listens, answers there, and ends with 0 on ${signal}`, async (t) => {
			await using command = new CommandProcess(['serve'], { environment: await environmentOf(t) });
			const address = await addressOf(command);
			const answer = await request(`${address}/health`);
			await answer.body.dump();
			assert.equal(answer.statusCode, 200);
			// Twice, as npm and the terminal do on one Ctrl-C.
			command.signal(signal);
			command.signal(signal);
			const { code, out, err } = await command.end();
			assert.equal(code, 0, out + err);
			assert(!(out + err).includes(TOKEN));
			for (const line of out.split('\n').filter(Boolean))
				assert.doesNotThrow(() => JSON.parse(line), `standard output is for machines: ${line}`);
		});
	}

	test('takes variables from a file', async (t) => {
		const { RECADO_PORT, ...rest } = await environmentOf(t);
		const file = join(rest['RECADO_DATA'] ?? '', '..', '.env');
		await writeFile(file, `RECADO_PORT=${RECADO_PORT}\nRECADO_ADMIN_TOKEN=this is replaced by that of the process\n`);
		await using command = new CommandProcess(['serve', '--environment', file], { environment: rest });
		assert.match(await addressOf(command), /^http:\/\/127\.0\.0\.1:\d+$/);
		const missing = await recado(['serve', '--environment', `${file}.not`]);
		assert.equal(missing.code, 2);
		assert.match(missing.err, /cannot be read \(ENOENT\)/);
	});

	test('does not start beside another process on the same data directory', async (t) => {
		const environment = await environmentOf(t);
		await using command = new CommandProcess(['serve'], { environment });
		await addressOf(command);
		const second = await recado(['serve'], { environment });
		assert.equal(second.code, 1);
		assert.match(second.err, /^recado serve: Another process of the gateway uses this data directory; .*\n$/);
	});

	test('says so when the store was written with another key', async (t) => {
		const environment = await environmentOf(t);
		await using command = new CommandProcess(['serve'], { environment });
		const address = await addressOf(command);
		const post = async (path: string, body: object): Promise<{ id: string }> => {
			const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
			const answer = await request(`${address}/recado/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
			return (await answer.body.json()) as { id: string };
		};
		const account = await post('/accounts', { name: 'Loja' });
		await post('/webhooks', { accountId: account.id, url: 'https://example.com/' });
		command.signal('SIGTERM');
		await command.end();
		const { code, err } = await recado(['serve'], { environment: { ...environment, RECADO_SECRET_KEY: 'cd'.repeat(32) } });
		assert.equal(code, 78);
		assert.match(
			err,
			/^ {2}RECADO_SECRET_KEY is not the key that the secrets in RECADO_DATA were encrypted with; .*RECADO_SECRET_KEY_PREVIOUS/m,
		);
		assert.doesNotMatch(err, /^ {4}at /m);
	});

	test('says so when the port is taken', async (t) => {
		const taken = createServer();
		await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
		t.after(() => void taken.close());
		const address = taken.address();
		const port = address !== null && typeof address === 'object' ? String(address.port) : '';
		const { code, err } = await recado(['serve'], { environment: { ...(await environmentOf(t)), RECADO_PORT: port } });
		assert.equal(code, 1);
		assert.match(err, /^recado serve: 127\.0\.0\.1 port \d+ is taken by another program; choose another port with RECADO_PORT/m);
	});
});

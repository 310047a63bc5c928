import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { type Dispatcher, request } from 'undici';
import { isObject, type Json, parseObject, textIn } from '../../src/cli/json.ts';
import { CommandProcess, recado } from './command-process.ts';

async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-dev-'));
	t.after(() => rm(directory, { recursive: true }));
	return directory;
}

function startDev(t: TestContext, directory: string, args: readonly string[] = ['--json']): CommandProcess {
	const command = new CommandProcess(['dev', '--port', '0', '--data', directory, ...args]);
	t.after(() => command[Symbol.asyncDispose]());
	return command;
}

function eventsOf(command: CommandProcess, event: string): readonly Json[] {
	return command.lines.map((line) => parseObject(line)).filter((line): line is Json => isObject(line) && line['event'] === event);
}

async function ready(command: CommandProcess): Promise<Json> {
	return await command.until(() => eventsOf(command, 'ready')[0], 'ready');
}

/** Resolves when all of these have arrived for the phone, in whatever order. */
async function arrivals(
	command: CommandProcess,
	wish: { readonly path: string; readonly phone: string; readonly what: readonly RegExp[] },
): Promise<readonly Json[]> {
	const { path, phone, what } = wish;
	return await command.until(
		() => {
			const here = eventsOf(command, 'webhook').filter((each) => each['path'] === path && each['phone'] === phone);
			return what.every((pattern) => here.some((each) => pattern.test(String(each['what'])))) ? here : undefined;
		},
		`${path} for ${phone}: ${what.join(', ')}`,
	);
}

/** Sends what a printed curl sends: not every machine that runs the tests has curl. */
async function paste(curl: string): Promise<number> {
	const words = [...curl.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
	assert.equal(words[0], 'curl');
	const values = (flag: string): readonly string[] => words.flatMap((word, index) => (word === flag ? [words[index + 1] ?? ''] : []));
	const headers = Object.fromEntries(values('-H').map((header) => header.split(': ', 2) as [string, string]));
	const url = words.find((word) => word.startsWith('http')) ?? '';
	const answer = await request(url, {
		method: (values('-X')[0] ?? 'GET') as Dispatcher.HttpMethod,
		headers,
		body: values('-d')[0] ?? null,
	});
	await answer.body.dump();
	return answer.statusCode;
}

/** Opens what is printed as the console does: the code is in the fragment, which stays with the browser. */
async function openLink(link: string): Promise<number> {
	const { origin, hash } = new URL(link);
	const answer = await request(`${origin}/recado/v1/session`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ code: new URLSearchParams(hash.slice(1)).get('code') }),
	});
	await answer.body.dump();
	return answer.statusCode;
}

suite('recado dev', { concurrency: 3 }, () => {
	test('shows the first message and its callbacks; the printed requests work; a later start finds everything again', async (t) => {
		const directory = await temporaryDirectory(t);
		const first = startDev(t, directory);
		const scene = await ready(first);
		const whole = { plugchat: [/^sent$/, /^RECEIVED$/, /^READ$/, /^received text/] };
		await arrivals(first, { path: '/plugchat', phone: '5544999990001', what: whole.plugchat });
		await arrivals(first, { path: '/z-api', phone: '5544999990001', what: whole.plugchat });
		await arrivals(first, {
			path: '/instant-message',
			phone: '5544999990001',
			what: [/^sent$/, /^delivered$/, /^read$/, /^received text/],
		});

		const curls = scene['curls'];
		assert(isObject(curls));
		for (const [name, curl] of Object.entries(curls)) assert.equal(await paste(String(curl)), 200, name);
		await arrivals(first, { path: '/z-api', phone: '5544999990002', what: whole.plugchat });
		await arrivals(first, { path: '/instant-message', phone: '5544999990003', what: [/^sent$/, /^received text/] });
		const told = eventsOf(first, 'webhook');
		assert.deepEqual([...new Set(told.map((each) => each['signature']))], ['ok']);
		assert.deepEqual([...new Set(told.map((each) => each['isDuplicate']))], [false]);

		first.signal('SIGINT');
		const { code, err } = await first.end();
		assert.equal(code, 0, err);
		const second = startDev(t, directory);
		const again = await ready(second);
		assert.deepEqual(again['demo'], scene['demo']);
		assert.equal(again['receiver'], scene['receiver']);
		await arrivals(second, { path: '/plugchat', phone: '5544999990001', what: whole.plugchat });
		second.signal('SIGTERM');
		assert.equal((await second.end()).code, 0);
	});

	test('the first thing it points to is the console, by a link that signs in once; the next start has another one', async (t) => {
		const directory = await temporaryDirectory(t);
		const links: string[] = [];
		for (const _start of [1, 2]) {
			const command = startDev(t, directory, []);
			const line = await command.until(() => command.lines.find((one) => one.includes('http')), 'the first address');
			const [, link = ''] = /^Console {2}(http:\S+) {2}\(signs you in, once, within 10 minutes\)$/.exec(line) ?? [];
			links.push(link);
			assert.deepEqual([await openLink(link), await openLink(link)], [201, 401]);
			command.signal('SIGINT');
			assert.equal((await command.end()).code, 0);
		}
		assert.equal(new Set(links).size, 2);
	});

	test('a phone that was left disconnected is connected at the next start', async (t) => {
		const directory = await temporaryDirectory(t);
		const first = startDev(t, directory);
		const { demo, gateway } = await ready(first);
		assert(isObject(demo) && typeof gateway === 'string');
		const answer = await request(`${gateway}/api/whatsapp/disconnect`, { headers: { authorization: String(demo['accountToken']) } });
		await answer.body.dump();
		assert.equal(answer.statusCode, 200);
		first.signal('SIGINT');
		await first.end();
		const second = startDev(t, directory);
		await arrivals(second, { path: '/plugchat', phone: '5544999990001', what: [/^sent$/, /^READ$/] });
		second.signal('SIGINT');
		assert.equal((await second.end()).code, 0);
	});

	test('prints readable lines, and "recado send" finds its gateway and follows a message', async (t) => {
		const directory = await temporaryDirectory(t);
		const command = startDev(t, directory, []);
		await command.line(/What happens/);
		const screen = command.lines.join('\n');
		for (const part of ['Plugchat token', 'Z-API Client-Token', 'Instant Message JWT', "-H 'Content-Type: application/json'"])
			assert(screen.includes(part), part);
		const time = '\\d\\d:\\d\\d:\\d\\d\\.\\d{3}';
		await command.line(new RegExp(`^${time} {2}Plugchat +accepted "Olá! Aqui é o Recado\\." to 5544999990001 as \\w+$`));
		await command.line(new RegExp(`^${time} {2}Plugchat +received text ".+" +5544999990001 {2}…\\w{6} {2}signature ok$`));
		assert(!screen.includes('\u001b'), 'no colours where there is no terminal');

		const sent = await recado(['send', '--data', directory, '--to', '5544999990009', '--text', 'Oi', '--wait']);
		assert.equal(sent.code, 0, sent.err);
		assert.match(sent.out, /queued[^\n]*\n.*sent[^\n]*\n.*received[^\n]*\n.*read/);
		const json = await recado(['send', '--data', directory, '--to', '5544999990009', '--text', 'Oi', '--json']);
		assert.match(textIn(parseObject(json.out), 'id') ?? '', /^msg_/);
		const refused = await recado(['send', '--data', directory, '--to', 'nobody', '--text', 'Oi']);
		assert.equal(refused.code, 1);
		assert.match(refused.err, /was answered 400: .*[Ii]nvalid phone/);
		command.signal('SIGINT');
		assert.equal((await command.end()).code, 0);
	});

	test('says so when the port is taken', async (t) => {
		const taken = createServer();
		await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
		t.after(() => void taken.close());
		const address = taken.address();
		const port = address !== null && typeof address === 'object' ? String(address.port) : '';
		const { code, err } = await recado(['dev', '--data', await temporaryDirectory(t), '--port', port]);
		assert.equal(code, 1);
		assert.match(err, /^recado dev: 127\.0\.0\.1 port \d+ is taken by another program; choose another port with --port/m);
	});
});

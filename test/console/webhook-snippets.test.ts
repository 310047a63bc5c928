/** The programs that the console shows check deliveries of a real gateway, and what it offers of each API is what the gateway takes. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { EVENTS_OF, FORMS_OF, TOGETHER } from '../../console/src/pages/webhooks/dialect-events.ts';
import { readDuration, readSchedule, writeSchedule } from '../../console/src/pages/webhooks/durations.ts';
import { type Scheme, type Snippet, snippets } from '../../console/src/pages/webhooks/snippets.ts';
import { EVENT_TYPES } from '../../src/domain/event.ts';
import { type Account, ADMIN_TOKEN, type Gateway, startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/receiver.ts';

const run = promisify(execFile);
const SCHEMES: readonly Scheme[] = ['v1', 'v1a'];
const { resolve } = createRequire(import.meta.url);

/** As strict as people have it, and how the program is called with what Node and Fetch have. */
const STRICT = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noPropertyAccessFromIndexSignature'];
const CALLED = `
import type { IncomingMessage } from 'node:http';
export const ofNode = (request: IncomingMessage, body: Buffer): boolean => isGenuine(request.headers, body);
export const ofFetch = async (request: Request): Promise<boolean> => isGenuine(request.headers, new Uint8Array(await request.arrayBuffer()));
export const ofBoth: boolean = isGenuine({ 'Webhook-Id': 'x' }, Buffer.from(''));
`;

/** What a program is asked: a delivery as it came, or as somebody changed it on the way. */
interface Asked {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

let gateway: Gateway;
let account: Account;
let directory: string;

before(async () => {
	gateway = await startGateway();
	account = await gateway.account();
	directory = await mkdtemp(join(tmpdir(), 'recado-snippets-'));
});
after(async () => {
	await rm(directory, { recursive: true, force: true });
	await gateway[Symbol.asyncDispose]();
});

suite('programs that check a signature', () => {
	for (const scheme of SCHEMES) {
		test(`TypeScript, ${scheme}`, async () => {
			for (const given of ['headers', 'new Headers(headers)']) {
				await assertTellsApart(scheme, 'typescript', async (code, asked) => {
					const file = join(directory, `check-${scheme}.ts`);
					const main = `\nconst asked = ${JSON.stringify(asked)};\nconsole.log(JSON.stringify(asked.map(({ headers, body }) => isGenuine(${given}, Buffer.from(body)))));\n`;
					await writeFile(file, code + main);
					return (await run(process.execPath, ['--no-warnings', file])).stdout;
				});
			}
		});

		test(`TypeScript, ${scheme}: its types fit what Node and Fetch have, with all that is strict`, async () => {
			const file = join(directory, `types-${scheme}.ts`);
			await writeFile(file, snippetOf('typescript', scheme, 'whsec_whpk_').code + CALLED);
			const types = join(dirname(resolve('@types/node/package.json')), '..');
			const how = ['--noEmit', '--ignoreConfig', '--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--typeRoots', types];
			const told = await run(process.execPath, [resolve('typescript/lib/tsc.js'), ...how, ...STRICT, file]).catch(
				({ stdout }: { stdout: string }) => ({ stdout }),
			);
			assert.equal(told.stdout, '');
		});

		test(`Python, ${scheme}`, async (t) => {
			if (!(await has(t, 'python3', scheme === 'v1' ? ['--version'] : ['-c', 'import cryptography']))) return;
			await assertTellsApart(scheme, 'python', async (code, asked) => {
				const main = `\nimport json, sys\nprint(json.dumps([is_genuine(one["headers"], one["body"].encode()) for one in json.loads(sys.argv[1])]))\n`;
				return (await run('python3', ['-c', code + main, JSON.stringify(asked)])).stdout;
			});
		});

		test(`PHP, ${scheme}`, async (t) => {
			if (!(await has(t, 'php', scheme === 'v1' ? ['--version'] : ['-r', "exit(extension_loaded('sodium') ? 0 : 1);"]))) return;
			await assertTellsApart(scheme, 'php', async (code, asked) => {
				const main = `\necho json_encode(array_map(fn ($one) => is_genuine($one['headers'], $one['body']), json_decode($argv[1], true)));\n`;
				const file = join(directory, `check-${scheme}.php`);
				await writeFile(file, code + main);
				return (await run('php', [file, JSON.stringify(asked)])).stdout;
			});
		});

		test(`curl and OpenSSL, ${scheme}`, async (t) => {
			for (const [program, option] of [
				['curl', '--version'],
				['jq', '--version'],
				['openssl', 'version'],
			] as const) {
				if (!(await has(t, program, [option]))) return;
			}
			const { keys, request } = await delivered();
			const check = (key: string): Promise<string> => {
				const { code } = snippetOf('curl', scheme, key);
				const options = { cwd: directory, env: { ...process.env, RECADO_TOKEN: ADMIN_TOKEN } };
				return run('bash', ['-c', code, 'check', String(request.headers['webhook-id'])], options).then(
					({ stdout }) => stdout.trim(),
					({ stdout }: { stdout: string }) => stdout.trim(),
				);
			};
			assert.equal(await check(keys[scheme]), 'genuine');
			assert.equal(await check((await delivered()).keys[scheme]), 'forged', 'with the key of another webhook');
		});
	}
});

test('each API is offered the events that it has webhooks for, and no other', async () => {
	for (const [dialect, offered] of Object.entries(EVENTS_OF)) {
		const { status, body } = await gateway.admin('POST', '/webhooks', wish({ dialect, events: EVENT_TYPES }));
		assert.equal(status, 201, JSON.stringify(body));
		assert.deepEqual([...body.events].sort(), [...offered].sort(), dialect);
	}
});

test('events that an API does not tell apart are chosen together', async () => {
	for (const [dialect, offered] of Object.entries(EVENTS_OF)) {
		const groups = TOGETHER[dialect as keyof typeof EVENTS_OF] ?? [];
		for (const type of offered) {
			const { body } = await gateway.admin('POST', '/webhooks', wish({ dialect, events: [type] }));
			const expected = groups.find((group) => group.includes(type)) ?? [type];
			assert.deepEqual([...body.events].sort(), [...expected].sort(), `${dialect} ${type}`);
		}
	}
});

test('the forms that are offered are those that the gateway takes', async () => {
	for (const dialect of Object.keys(EVENTS_OF)) {
		const forms = FORMS_OF[dialect as keyof typeof EVENTS_OF] ?? [];
		const refused = await gateway.admin('POST', '/webhooks', wish({ dialect, form: 'none-such' }));
		assert.equal(refused.status, 400);
		assert.match(refused.body.faults[0].message, new RegExp(`: ${forms.join(', ') || '-'}$`));
	}
});

test('lengths of time are read as people write them', () => {
	assert.deepEqual(readSchedule('0s, 5s, 5m,30m;2h 1h30m'), [0, 5_000, 300_000, 1_800_000, 7_200_000, 5_400_000]);
	assert.equal(readDuration('90'), 90_000);
	assert.equal(readDuration('1,5h'), 5_400_000);
	for (const wrong of ['', 'soon', '5 minutes', '-5s', '5s5']) assert.equal(readDuration(wrong), undefined, wrong);
	assert.equal(readSchedule('5s, later'), undefined);
	const steps = [0, 5_000, 90_000, 86_400_000, 1];
	assert.deepEqual(readSchedule(writeSchedule(steps)), steps);
});

function wish(part: object): object {
	return { accountId: account.id, url: gateway.receiver.url('/offered'), ...part };
}

/** A program is no check where it finds everything genuine, or nothing. */
async function assertTellsApart(
	scheme: Scheme,
	language: Snippet['language'],
	ask: (code: string, asked: readonly Asked[]) => Promise<string>,
): Promise<void> {
	const { keys, request } = await delivered();
	const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
	const body = request.text;
	const asked: readonly Asked[] = [
		{ headers, body },
		{ headers, body: body.replace('evt_', 'evt-') },
		{ headers: { ...headers, 'webhook-id': 'dlv_other' }, body },
		{ headers: { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) }, body },
		{ headers: { ...headers, 'webhook-signature': 'v1,AAAA v1a,AAAA' }, body },
		...['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({ headers: { ...headers, [name]: undefined }, body })),
		...['', 'v1,é v1a,é', 'v1, v1a,', 'v1', `v1a,${'é'.repeat(64)}`].map((forged) => ({
			headers: { ...headers, 'webhook-signature': forged },
			body,
		})),
		...['now', '²', '', '9'.repeat(5_000)].map((moment) => ({ headers: { ...headers, 'webhook-timestamp': moment }, body })),
		{ headers: { ...headers, 'webhook-id': 'é' }, body },
		{ headers: {}, body },
	].map((one) => ({ ...one, headers: present(one.headers) }));
	const titled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [inTitleCase(name), value]));
	const answers = async (key: string, of: readonly Asked[]): Promise<unknown> =>
		JSON.parse(await ask(snippetOf(language, scheme, key).code, of));
	const expected = asked.map((_one, index) => index === 0);
	assert.deepEqual(await answers(keys[scheme], [...asked, { headers: titled, body }]), [...expected, true]);
	assert.deepEqual(await answers((await delivered()).keys[scheme], [{ headers, body }]), [false], 'with the key of another webhook');
	if (scheme === 'v1a') return; // Nobody but the gateway signs with it.
	const timestamp = String(Number(headers['webhook-timestamp']) - 301);
	const hmac = createHmac('sha256', Buffer.from(keys.v1.slice('whsec_'.length), 'base64'));
	const signature = hmac.update(`${headers['webhook-id']}.${timestamp}.${body}`).digest('base64');
	const replayed = { headers: { ...headers, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }, body };
	assert.deepEqual(await answers(keys.v1, [replayed]), [false], 'what somebody recorded and sends again later');
}

/** `Webhook-Id`, as it comes from PHP and from many a framework. */
function inTitleCase(name: string): string {
	return name.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());
}

function present(headers: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function snippetOf(language: Snippet['language'], scheme: Scheme, key: string): Snippet {
	const snippet = snippets({ scheme, key, origin: gateway.address }).find((one) => one.language === language);
	assert.ok(snippet, language);
	return snippet;
}

/** An example, as it came to the receiver of a webhook of its own, with an older secret that still signs. */
async function delivered(): Promise<{ readonly keys: Readonly<Record<Scheme, string>>; readonly request: ReceivedRequest }> {
	const path = `/signed/${gateway.receiver.requests.length}`;
	const asked = { ...wish({ signatures: SCHEMES, events: ['message.received'] }), url: gateway.receiver.url(path) };
	const { body: webhook } = await gateway.admin('POST', '/webhooks', asked);
	await gateway.admin('POST', `/webhooks/${webhook.id}/secret`);
	const { body: sent } = await gateway.admin('POST', `/webhooks/${webhook.id}/test`);
	const requests = await gateway.receiver.waitFor((all) => all.some((one) => one.headers['webhook-id'] === sent.id), 'the example');
	const request = requests.find((one) => one.headers['webhook-id'] === sent.id);
	assert.ok(request);
	// Of before the rotation: whoever was not told yet checks with these.
	return { keys: { v1: webhook.secret, v1a: webhook.publicKey }, request };
}

async function has(t: TestContext, program: string, options: readonly string[]): Promise<boolean> {
	const isThere = await run(program, options).then(
		() => true,
		() => false,
	);
	if (!isThere) t.skip(`${program} ${options.join(' ')} does not work here`);
	return isThere;
}

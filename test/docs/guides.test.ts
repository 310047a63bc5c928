/**
 * What the migration guides print holds: each command is run against a whole gateway, their check of signatures is tried on what it sends, and both
 * languages say the same to machines.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createDemo, offerTemplate } from '../../src/cli/dev-demo.ts';
import { GatewayClient } from '../../src/cli/gateway-client.ts';
import { optionsByRoom } from '../../src/config/options.ts';
import { ADMIN_TOKEN, type Gateway, startGateway } from '../support/gateway.ts';
import { codeOf, quotedIn, readPage } from './pages.ts';

const GUIDES = ['z-api', 'plugchat', 'instant-message'];

const OPTIONS = new Set(optionsByRoom().flatMap(([, options]) => options.map(([, option]) => option.env)));

const run = promisify(execFile);

describe('the migration guides', () => {
	let gateway: Gateway;
	before(async () => {
		gateway = await startGateway();
	});
	after(() => gateway[Symbol.asyncDispose]());

	for (const name of GUIDES) {
		const page = `docs/migrating-from-${name}.md`;
		const text = readPage(page);

		it(`${page}: the commands work, and what then arrives is signed as it says`, async (context) => {
			if (!(await hasCurl())) return context.diagnostic('curl is not installed');
			const path = `/${name}`;
			const output = await runInShell(codeOf(text, 'sh').join(''), await valuesFor(gateway, path));
			const requests = await gateway.receiver.waitFor((all) => all.some((each) => each.path === path), `a webhook at ${path}`, 30_000);
			const request = requests.find((each) => each.path === path);
			const [secret = ''] = /whsec_\S+/.exec(output) ?? [];
			const isFromRecado = await checkOf(text);
			assert.equal(isFromRecado(request?.headers, request?.text, secret), true);
			assert.equal(isFromRecado(request?.headers, `${request?.text} `, secret), false);
		});

		it(`${page}: the options that it names are options`, () => {
			for (const [option] of text.matchAll(/\bRECADO_\w+/g)) assert.ok(OPTIONS.has(option), option);
		});

		it(`${page}: the Portuguese one has the same code`, () => {
			const portuguese = readPage(`docs/migrating-from-${name}.pt-BR.md`);
			for (const language of ['sh', 'js']) assert.deepEqual(codeOf(portuguese, language), codeOf(text, language));
			assert.deepEqual([...new Set(quotedIn(portuguese))].sort(), [...new Set(quotedIn(text))].sort());
		});
	}
});

async function hasCurl(): Promise<boolean> {
	return await run('curl', ['--version']).then(
		() => true,
		() => false,
	);
}

/** What `npm start` prints, and a receiver. By the variables that the guides have it in. */
async function valuesFor(gateway: Gateway, path: string): Promise<Readonly<Record<string, string>>> {
	const client = new GatewayClient(gateway.address, ADMIN_TOKEN);
	const demo = await createDemo(client, path, gateway.receiver.url());
	await offerTemplate(client, demo);
	return {
		RECADO: gateway.address,
		RECADO_ADMIN_TOKEN: ADMIN_TOKEN,
		INSTANCE: demo.instanceId,
		TOKEN: path === '/plugchat' ? demo.accountToken : demo.instanceToken,
		CLIENT_TOKEN: demo.clientToken,
		JWT: demo.applicationToken,
		webhook: gateway.receiver.url(path),
	};
}

/** As a reader would paste it, but that each refusal is an error. Answers what it prints. */
async function runInShell(commands: string, { webhook = '', ...values }: Readonly<Record<string, string>>): Promise<string> {
	const script = commands
		.replace(/^([A-Z_]+)=(?:https?:.*|.*…)$/gm, (_line, name: string) => {
			assert.ok(name in values, `${name} is to be pasted, and nobody says what`);
			return `${name}='${values[name]}'`;
		})
		.replaceAll(/https:\/\/erp\.example\.com\/\w+/g, webhook);
	const whole = `set -euo pipefail\nshopt -s inherit_errexit\ncurl() { command curl --fail --noproxy '*' "$@"; }\n${script}`;
	const { stdout } = await run('bash', ['--norc', '-c', whole], { env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` } });
	return stdout;
}

type Check = (headers: unknown, body: unknown, secret: string) => boolean;

/** The function that the guide prints. */
async function checkOf(text: string): Promise<Check> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-guide-'));
	try {
		const file = join(directory, 'check.mjs');
		await writeFile(file, codeOf(text, 'js').join(''));
		const { isFromRecado }: { isFromRecado: Check } = await import(pathToFileURL(file).href);
		return isFromRecado;
	} finally {
		await rm(directory, { recursive: true });
	}
}

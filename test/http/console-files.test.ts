/** The console's files, from a directory as its build leaves one. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type ConsoleFiles, readConsole } from '../../src/http/console-files.ts';
import { startWorld } from './support.ts';

const SCRIPT = 'export const answer = 42;';
const PAGE = '<!doctype html><meta property="csp-nonce" nonce="RECADO_NONCE"><script src="/assets/app-1.js" nonce="RECADO_NONCE"></script>';

async function built(t: TestContext): Promise<ConsoleFiles | undefined> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-console-'));
	t.after(() => rm(directory, { recursive: true }));
	await mkdir(join(directory, 'assets'));
	await writeFile(join(directory, 'index.html'), PAGE);
	await writeFile(join(directory, 'favicon.svg'), '<svg/>');
	await writeFile(join(directory, '.built-from'), 'abc');
	await writeFile(join(directory, 'assets/app-1.js'), SCRIPT);
	await writeFile(join(directory, 'assets/app-1.js.br'), brotliCompressSync(SCRIPT));
	await writeFile(join(directory, 'assets/app-1.js.gz'), gzipSync(SCRIPT));
	return await readConsole(directory);
}

describe('the console', () => {
	test('is one page at / and below /console, with a policy whose nonce is new each time', async (t) => {
		await using world = await startWorld({ console: await built(t) });
		const nonces = new Set<string>();
		for (const url of ['/', '/console', '/console/', '/console/deliveries/dlv_1?state=dead']) {
			const { statusCode, headers, body } = await world.server.app.inject({ url });
			assert.equal(statusCode, 200, url);
			assert.equal(headers['content-type'], 'text/html; charset=utf-8');
			assert.equal(headers['cache-control'], 'no-cache');
			const policy = String(headers['content-security-policy']);
			const [, nonce = ''] = /style-src 'nonce-([^']+)'/.exec(policy) ?? [];
			assert.equal(body.split(`nonce="${nonce}"`).length, 3, 'the page has the nonce of its policy');
			const directives = new Map(policy.split('; ').map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]));
			// What strangers uploaded comes from here as well: scripts and styles have the nonce or do not run.
			assert.deepEqual([directives.get('script-src'), directives.get('default-src')], [`'nonce-${nonce}'`, "'none'"]);
			const fromHere = [...directives].filter(([, sources]) => sources.includes("'self'")).map(([name]) => name);
			assert.deepEqual(fromHere.sort(), ['connect-src', 'form-action', 'img-src', 'media-src']);
			assert.doesNotMatch(policy, /unsafe|https?:/);
			nonces.add(nonce);
		}
		assert.equal(nonces.size, 4);
	});

	test('has files that browsers keep for a year, encoded as they like', async (t) => {
		await using world = await startWorld({ console: await built(t) });
		const ask = (headers: Record<string, string>) => world.server.app.inject({ url: '/assets/app-1.js', headers });
		const plain = await ask({});
		assert.equal(plain.body, SCRIPT);
		assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
		assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8');
		assert.equal(plain.headers['content-encoding'], undefined);
		assert.equal(plain.headers.vary, 'accept-encoding');
		const brotli = await ask({ 'accept-encoding': 'gzip, deflate, br' });
		assert.equal(brotli.headers['content-encoding'], 'br');
		assert.deepEqual(brotli.rawPayload, brotliCompressSync(SCRIPT));
		assert.equal((await ask({ 'accept-encoding': 'br;q=0, gzip;q=0.5' })).headers['content-encoding'], 'gzip');
		assert.equal((await ask({ 'if-none-match': String(plain.headers.etag) })).statusCode, 304);
	});

	test('has an icon that is asked for anew, and nothing else of its directory', async (t) => {
		await using world = await startWorld({ console: await built(t) });
		const icon = await world.server.app.inject({ url: '/favicon.svg' });
		assert.equal(icon.headers['content-type'], 'image/svg+xml');
		assert.equal(icon.headers['cache-control'], 'no-cache');
		for (const url of ['/.built-from', '/index.html', '/assets/app-1.js.br', '/assets/gone-2.js', '/assets/..%2findex.html']) {
			assert.equal((await world.server.app.inject({ url })).statusCode, 404, url);
		}
		assert.equal((await world.server.app.inject({ method: 'POST', url: '/console' })).statusCode, 405);
	});

	test('is not there where it was not built, and all else is', async () => {
		assert.equal(await readConsole(join(tmpdir(), 'recado-nothing-is-here')), undefined);
		await using world = await startWorld();
		assert.equal((await world.server.app.inject({ url: '/' })).statusCode, 404);
		assert.equal((await world.server.app.inject({ url: '/health' })).statusCode, 200);
	});
});

/** Media over HTTP: for whoever knows the link, whole or in parts, until it is over. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StoredMedium } from '../../src/ports/media.ts';
import { startWorld, type World } from './support.ts';

const BYTES = Buffer.from('0123456789');

function put(world: World, id: string, more: Partial<StoredMedium> = {}): void {
	const blob = { sha256: 'ab', size: BYTES.length };
	const now = world.clock.now();
	world.media.set(id, { id, accountId: 'acc_1', mimeType: 'image/png', blob, createdAt: 0, expiresAt: now + 3_600_000, ...more });
	world.blobs.bytes.set('ab', BYTES);
}

async function ask(world: World, id: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') {
	const reply = await world.server.app.inject({ method, url: `/media/${id}`, headers });
	return { status: reply.statusCode, text: reply.payload, headers: reply.headers };
}

describe('media over HTTP', () => {
	test('come with their type, name and entity tag; only harmless types inline', async () => {
		await using world = await startWorld();
		put(world, 'med_1', { fileName: "é 'x'.png" });
		put(world, 'med_2', { mimeType: 'text/html' });
		put(world, 'med_3', { mimeType: 'image/png\r\nx: y' });
		put(world, 'med_4', { mimeType: 'image/svg+xml' });
		put(world, 'med_5', { mimeType: 'text/plain; name="ação 😀"' });
		const { status, text, headers } = await ask(world, 'med_1');
		assert.deepEqual([status, text, headers['content-type'], headers['content-length']], [200, '0123456789', 'image/png', '10']);
		assert.equal(headers['content-disposition'], "inline; filename*=UTF-8''%C3%A9%20%27x%27.png");
		assert.deepEqual([headers['etag'], headers['accept-ranges'], headers['x-content-type-options']], ['"ab"', 'bytes', 'nosniff']);
		assert.equal(headers['cache-control'], 'private, max-age=3600, immutable');
		assert.equal((await ask(world, 'med_1', { 'if-none-match': '"ab"' })).status, 304);
		const page = await ask(world, 'med_2');
		assert.deepEqual(
			[page.headers['content-disposition'], page.headers['content-security-policy']],
			['attachment', "default-src 'none'; sandbox"],
		);
		for (const id of ['med_3', 'med_5']) {
			const { status, headers } = await ask(world, id);
			assert.deepEqual([status, headers['content-type']], [200, 'application/octet-stream'], id);
		}
		assert.equal((await ask(world, 'med_4')).headers['content-disposition'], 'attachment', 'a drawing may have a script');
	});

	test('what could run is a download without rights, whatever is asked of it', async () => {
		await using world = await startWorld();
		const active = [
			'text/html',
			'application/xhtml+xml',
			'image/svg+xml',
			'text/xml',
			'text/javascript',
			'application/javascript',
			'text/css',
		];
		for (const [n, mimeType] of [...active, 'TEXT/HTML', 'application/pdf', 'application/wasm', 'text/html; charset=utf-8'].entries()) {
			put(world, `med_${n}`, { mimeType, fileName: 'page.html' });
			const asked = [ask(world, `med_${n}`), ask(world, `med_${n}`, { range: 'bytes=0-3' }), ask(world, `med_${n}`, {}, 'HEAD')];
			for (const { headers } of await Promise.all(asked)) {
				assert.match(String(headers['content-disposition']), /^attachment/, mimeType);
				assert.match(String(headers['content-security-policy']), /(^|; )sandbox$/, mimeType);
				assert.deepEqual([headers['x-content-type-options'], headers['x-frame-options']], ['nosniff', 'DENY'], mimeType);
			}
		}
		put(world, 'med_shown');
		const shown = await ask(world, 'med_shown');
		assert.match(String(shown.headers['content-security-policy']), /default-src 'none'.*sandbox$/);
		assert.equal((await ask(world, 'med_shown', { 'if-none-match': '"ab"' })).headers['x-content-type-options'], 'nosniff');
	});

	test('a script or a style sheet is served as neither: a page of this origin cannot run what somebody uploaded', async () => {
		await using world = await startWorld();
		const run = [
			'text/javascript',
			'Application/JavaScript',
			'text/javascript1.5',
			'application/x-ecmascript',
			'text/jscript; charset=utf-8',
		];
		for (const [n, mimeType] of [...run, 'text/livescript', 'text/css', 'TEXT/CSS ;charset=utf-8'].entries()) {
			put(world, `med_${n}`, { mimeType });
			for (const method of ['GET', 'HEAD'] as const) {
				const { status, headers } = await ask(world, `med_${n}`, {}, method);
				assert.deepEqual(
					[status, headers['content-type'], headers['x-content-type-options']],
					[200, 'application/octet-stream', 'nosniff'],
				);
			}
		}
		put(world, 'med_table', { mimeType: 'text/csv' });
		assert.equal((await ask(world, 'med_table')).headers['content-type'], 'text/csv');
	});

	test('HEAD tells the same without the bytes', async () => {
		await using world = await startWorld();
		put(world, 'med_1');
		const whole = await ask(world, 'med_1');
		const head = await ask(world, 'med_1', {}, 'HEAD');
		const told = ({ status, headers }: typeof whole): unknown => [
			status,
			headers['content-length'],
			headers['etag'],
			headers['content-type'],
		];
		assert.deepEqual([told(head), head.text], [told(whole), '']);
		assert.equal((await ask(world, 'med_9', {}, 'HEAD')).status, 404);
	});

	test('a part where one is asked for', async () => {
		await using world = await startWorld();
		put(world, 'med_1');
		const parts: readonly (readonly [string, number, string, string | undefined])[] = [
			['bytes=0-0', 206, '0', 'bytes 0-0/10'],
			['bytes=2-4', 206, '234', 'bytes 2-4/10'],
			['bytes=7-', 206, '789', 'bytes 7-9/10'],
			['bytes=8-99', 206, '89', 'bytes 8-9/10'],
			['bytes=-3', 206, '789', 'bytes 7-9/10'],
			['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
			['bytes=10-', 416, '', 'bytes */10'],
			['bytes=-0', 416, '', 'bytes */10'],
			['bytes=4-2', 200, '0123456789', undefined],
			['bytes=0-1,3-4', 200, '0123456789', undefined],
			['bytes=-', 200, '0123456789', undefined],
			['lines=1-2', 200, '0123456789', undefined],
		];
		for (const [range, status, text, contentRange] of parts) {
			const reply = await ask(world, 'med_1', { range });
			assert.deepEqual([reply.status, reply.text, reply.headers['content-range']], [status, text, contentRange], range);
		}
		assert.equal((await ask(world, 'med_1', { range: 'bytes=2-4', 'if-range': '"ab"' })).status, 206);
		assert.equal((await ask(world, 'med_1', { range: 'bytes=2-4', 'if-range': '"cd"' })).status, 200);
	});

	test('unknown, expired, not filled and gone are the same: not there', async () => {
		await using world = await startWorld();
		put(world, 'med_1', { expiresAt: world.clock.now() });
		put(world, 'med_2', { blob: { sha256: 'cd', size: 3 } });
		const { blob: _, ...reserved } = { ...world.media.get('med_2') } as StoredMedium;
		world.media.set('med_3', { ...reserved, id: 'med_3' });
		for (const id of ['med_0', 'med_1', 'med_2', 'med_3']) assert.equal((await ask(world, id)).status, 404, id);
	});
});

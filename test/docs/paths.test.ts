/** Each path of the API that a page names between backticks is there, with the method that stands before it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Pool } from 'undici';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { PAGES, quotedIn, readPage } from './pages.ts';

/** `PUT /recado/v1/accounts/{id}/client-token`, `/queue?pageSize=1`. What ends in `…` is the beginning of several. */
const PATH = /^(?:(GET|POST|PUT|PATCH|DELETE) )?(\/[\w{}/.-]+)(?:\?\S*)?$/;

/** What it names may have gone since. */
const HISTORY = 'CHANGELOG.md';

/** What pages leave out at the beginning, having said so. */
const PREFIXES = ['', '/recado/v1', '/instances/i/token/t', '/api/whatsapp'];

/** What several paths begin with, named as such; and a path of a collector's. */
const NO_PATHS: ReadonlySet<string> = new Set([
	'/recado/v1',
	'/recado/v1/instances/{id}/whatsapp',
	'/recado/v1/simulator/{instanceId}',
	'/instances/{instanceId}/token/{token}',
	'/api/whatsapp',
	'/v1/traces',
]);

/** No route has it, so the answer tells the methods that there are. */
const NO_METHOD = 'TRACE';

describe('the paths that pages name', () => {
	let gateway: Gateway;
	let pool: Pool;
	before(async () => {
		gateway = await startGateway();
		pool = new Pool(gateway.address, { connections: PREFIXES.length });
	});
	after(async () => {
		await pool.close();
		await gateway[Symbol.asyncDispose]();
	});

	for (const page of PAGES.filter((name) => name !== HISTORY)) {
		it(`are there: ${page}`, async () => {
			const lost: string[] = [];
			for (const quoted of new Set(quotedIn(readPage(page)))) {
				const [, method, path] = PATH.exec(quoted) ?? [];
				if (path !== undefined && !NO_PATHS.has(path) && !(await isThere(pool, method, path))) lost.push(quoted);
			}
			assert.deepEqual(lost, []);
		});
	}
});

async function isThere(pool: Pool, method: string | undefined, path: string): Promise<boolean> {
	const answers = await Promise.all(PREFIXES.map((prefix) => methodsOf(pool, `${prefix}${path.replace(/\{\w+\}/g, 'x')}`)));
	const methods = answers.flat();
	return method === undefined ? methods.length > 0 : methods.includes(method);
}

async function methodsOf(pool: Pool, path: string): Promise<readonly string[]> {
	const { headers, body } = await pool.request({ method: NO_METHOD, path });
	await body.dump();
	return headers['allow'] === undefined ? [] : String(headers['allow']).split(', ');
}

/** What Z-API documents and this gateway does not do yet: each answered 501, and listed in both READMEs. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { zApiDialect } from '../../src/dialects/z-api/dialect.ts';
import { type MissingGroup, NOT_THERE } from '../../src/dialects/z-api/not-there.ts';
import { INSTANCE_TOKEN, World } from './world.ts';

const BASE = `/instances/ins_1/token/${INSTANCE_TOKEN}`;
const GROUPS: readonly MissingGroup[] = ['business', 'newsletter', 'mobile', 'metaai'];

test('each is answered 501 in the form of the dialect, once the credentials are right', async () => {
	const world = new World();
	await using _mounted = await world.mount(zApiDialect(world));
	for (const { id, method, path } of NOT_THERE) {
		const url = path.replaceAll(/:\w+/g, '1');
		const body = id === 'metaai.conversation' ? { phone: '13135550002', message: 'oi' } : undefined;
		const request = { method, ...(body === undefined ? {} : { body }) };
		const reply = await world.ask({ ...request, url: `${BASE}${url}` });
		assert.deepEqual([reply.status, Object.keys(reply.body as object)], [501, ['error']], id);
		assert.match(JSON.stringify(reply.body), new RegExp(id.replace('.', '\\.')));
		assert.equal((await world.ask({ ...request, url: `/instances/ins_1/token/wrong${url}` })).status, 401, id);
	}
	assert.deepEqual(world.sent, []);
});

test('a mention of Meta AI is refused, too; a message to somebody else is not', async () => {
	const world = new World();
	await using _mounted = await world.mount(zApiDialect(world));
	const text = (body: object) => world.ask({ method: 'POST', url: `${BASE}/send-text`, body: { message: 'oi', ...body } });
	assert.equal((await text({ phone: '5511999999999', mentioned: ['13135550002'] })).status, 501);
	assert.equal((await text({ phone: '5511999999999', mentioned: ['5544988887777'] })).status, 200);
});

test('both READMEs list them by group', async () => {
	const rows = GROUPS.map((group) => {
		const names = NOT_THERE.filter((one) => one.group === group).map(({ id }) => `\`${id.slice(group.length + 1)}\``);
		return `| ${group} | ${names.length} | ${names.join(', ')} |`;
	});
	for (const name of ['README.md', 'README.pt-BR.md']) {
		const readme = await readFile(join(import.meta.dirname, '../..', name), 'utf8');
		for (const row of rows) assert.ok(readme.includes(row), `${name} lacks the row\n${row}`);
	}
	assert.equal(NOT_THERE.length, 63);
});

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { forgetDemo, keepCredentials, openCredentials, readCredentials } from './dev-credentials.ts';

async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-credentials-'));
	t.after(() => rm(directory, { recursive: true }));
	return join(directory, 'dev');
}

const DEMO = {
	accountId: 'acc_1',
	accountToken: 'a',
	clientToken: 'c',
	instanceId: 'ins_1',
	instanceToken: 'i',
	applicationId: 'app_1',
	applicationToken: 'j',
};

suite('the credentials of dev', () => {
	test('are made once, kept for this user alone, and found again', async (t) => {
		const directory = await temporaryDirectory(t);
		assert.equal(await readCredentials(directory), undefined);
		const made = await openCredentials(directory);
		assert.equal(Buffer.from(made.secretKey, 'base64').length, 32);
		assert(made.adminToken.length >= 16);
		assert.deepEqual(await openCredentials(directory), made);
		assert.equal((await stat(join(directory, 'credentials.json'))).mode & 0o777, 0o600);
		assert.equal((await stat(directory)).mode & 0o777, 0o700);
		assert.deepEqual(await readdir(directory), ['credentials.json']);
	});

	test('keep the demo, and forget it with another set-up id', async (t) => {
		const directory = await temporaryDirectory(t);
		const made = { ...(await openCredentials(directory)), gateway: 'http://127.0.0.1:3000', receiverPort: 8_443, demo: DEMO };
		await keepCredentials(directory, made);
		assert.deepEqual(await readCredentials(directory), made);
		const { demo, setupId, ...rest } = { demo: undefined, ...forgetDemo(made) };
		assert.equal(demo, undefined);
		assert.notEqual(setupId, made.setupId);
		assert.equal(rest.adminToken, made.adminToken);
	});

	test('are refused where the file is damaged, with what to do', async (t) => {
		const directory = await temporaryDirectory(t);
		const made = await openCredentials(directory);
		for (const text of ['', '{"adminToken":"x"}', '[]']) {
			await writeFile(join(directory, 'credentials.json'), text);
			await assert.rejects(openCredentials(directory), /is damaged; delete the directory/);
		}
		await keepCredentials(directory, made);
		await writeFile(join(directory, 'credentials.json'), JSON.stringify({ ...made, demo: { accountId: 'acc_1' } }));
		assert.deepEqual(await readCredentials(directory), made, 'half a demo is none');
	});
});

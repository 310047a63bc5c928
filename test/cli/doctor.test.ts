import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, type TestContext, test } from 'node:test';
import { createAuthority } from '../../src/cli/certificates.ts';
import { isObject, listIn, parseObject } from '../../src/cli/json.ts';
import { recado } from './command-process.ts';

const REQUIRED = { RECADO_ADMIN_TOKEN: 'a-token-of-an-administrator', RECADO_SECRET_KEY: 'ab'.repeat(32), RECADO_PORT: '0' };

async function temporaryDirectory(t: TestContext): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-doctor-'));
	t.after(() => rm(directory, { recursive: true }));
	return directory;
}

/** How quick and how full the disk is and what the process may open: true of the machine that runs the tests, whatever they lay out. */
const OF_THE_MACHINE: readonly unknown[] = ['disk speed', 'disk space', 'open files'];

/** The findings that are not ok and not of the machine, as `state about: detail`. */
async function troubles(
	environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
	const { code, out } = await recado(['doctor', '--json'], { environment: { ...REQUIRED, ...environment } });
	const findings = listIn(parseObject(out), 'findings').filter(isObject);
	assert(findings.length >= 8, out);
	const told = findings.filter((finding) => finding['state'] !== 'ok');
	for (const finding of told) assert.equal(typeof finding['advice'], 'string');
	const bad = told.filter((finding) => !OF_THE_MACHINE.includes(finding['about']));
	return { code, lines: bad.map((finding) => `${finding['state']} ${finding['about']}: ${finding['detail']}`) };
}

suite('recado doctor', { concurrency: 2 }, () => {
	test('finds a new configuration well', async (t) => {
		const directory = join(await temporaryDirectory(t), 'not', 'yet');
		const { code, out, err } = await recado(['doctor'], { environment: { ...REQUIRED, RECADO_DATA: directory } });
		assert.equal(code, 0, out + err);
		assert.match(out, /ok {4}data directory {2}\S+ is not there yet/);
		assert.match(out, /ok {4}clock/);
		assert.match(out, /disk space +\d+ MiB are free/);
		assert.match(out, /disk speed +writing a page through to the disk takes \d+\.\d\d ms/);
		assert.match(out, /\d+ ok, \d to look at, 0 failed\n$/);
	});

	test('tells every fault of the configuration', async (t) => {
		const { code, lines } = await troubles({ RECADO_DATA: await temporaryDirectory(t), RECADO_SECRET_KEY: 'x', RECADO_QUEUE_MAX: '-1' });
		assert.equal(code, 1);
		assert.equal(lines.length, 2);
		assert.match(lines.join('\n'), /RECADO_SECRET_KEY must be 32 random bytes[^\n]*\n[^\n]*RECADO_QUEUE_MAX must be a whole number/);
	});

	test('looks into the store: a sound one is well, a damaged one is not', async (t) => {
		const directory = await temporaryDirectory(t);
		const path = join(directory, 'recado.db');
		using database = new DatabaseSync(path);
		database.exec('PRAGMA journal_mode = WAL; CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1)');
		assert.deepEqual(await troubles({ RECADO_DATA: directory }), { code: 0, lines: [] });
		await writeFile(join(directory, 'other.db'), 'x'.repeat(8_192));
		const { code, lines } = await troubles({ RECADO_DATA: directory });
		assert.equal(code, 1);
		assert.match(lines.join('\n'), /^fail storage: \S+other\.db does not open/);
	});

	test('sees a directory that others can read, one that is a file, and a clock that went backwards', async (t) => {
		const directory = await temporaryDirectory(t);
		const [open, file, early] = ['open', 'file', 'early'].map((name) => join(directory, name));
		assert(open && file && early);
		await Promise.all([mkdir(open), mkdir(early, { mode: 0o700 }), writeFile(file, '')]);
		await chmod(open, 0o755);
		await writeFile(join(early, 'recado.db-wal'), '');
		const tomorrow = new Date(Date.now() + 86_400_000);
		await utimes(join(early, 'recado.db-wal'), tomorrow, tomorrow);
		assert.match(
			(await troubles({ RECADO_DATA: open })).lines.join(),
			/^warn data directory: \S+ can be looked into by other users \(mode 755\)$/,
		);
		assert.match((await troubles({ RECADO_DATA: file })).lines.join(), /^fail data directory: \S+ is not a directory$/);
		assert.match((await troubles({ RECADO_DATA: early })).lines.join(), /^warn clock: it says \S+ but the data were written at /);
	});

	test('reads the certificates that webhooks are trusted by', async (t) => {
		const directory = await temporaryDirectory(t);
		const path = join(directory, 'ca.pem');
		const tenYears = 3_650 * 86_400_000;
		const finding = async (bornAt: number): Promise<readonly string[]> => {
			await writeFile(path, (await createAuthority({ now: () => bornAt })).certificatePem);
			return (await troubles({ RECADO_DATA: join(directory, 'data'), RECADO_WEBHOOK_CA: path })).lines;
		};
		assert.deepEqual(await finding(Date.now()), []);
		assert.match((await finding(Date.now() - tenYears - 60_000)).join(), /^fail TLS: the authority \S.* expired on/);
		assert.match((await finding(Date.now() - tenYears + 10 * 86_400_000)).join(), /^warn TLS: the authority \S.* expires in \d+ days/);
		assert.match((await finding(Date.now() + tenYears)).join(), /^fail TLS: the authority \S.* is not valid before/);
	});

	test('sees that the port is taken', async (t) => {
		const taken = createServer();
		await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
		t.after(() => void taken.close());
		const address = taken.address();
		const port = address !== null && typeof address === 'object' ? String(address.port) : '';
		const { code, lines } = await troubles({ RECADO_DATA: join(await temporaryDirectory(t), 'data'), RECADO_PORT: port });
		assert.equal(code, 0);
		assert.match(lines.join(), /^warn port: 127\.0\.0\.1 port \d+ is taken/);
	});
});

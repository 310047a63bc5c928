/** What the doctor finds of a database: of real servers whatever they can be brought to, and of facts that none here has. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { checkDatabase, type DatabaseSeen, judgeDatabase } from '../../src/cli/doctor-checks-database.ts';
import { MIGRATIONS, SCHEMA } from '../../src/store/postgres/migrate.ts';
import { testAuthority } from '../support/certificates.ts';
import { PostgresServer, startPostgres, type TestDatabase } from '../support/postgres-server.ts';
import { createLaidOutDatabase } from '../support/postgres-store.ts';
import { recado } from './command-process.ts';

/** No system gives it away to whoever takes any free one. */
const NOBODYS_PORT = 9;

const ROLE = 'gateway';
const PASSWORD = 'the right one';

/** As `state: detail`, of the environment that names this address. */
async function findings(url: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
	const found = await checkDatabase({ RECADO_DATABASE_URL: url, ...more });
	for (const { about, state, advice } of found) {
		assert.equal(about, 'database');
		assert.equal(advice === undefined, state === 'ok');
	}
	return found.map(({ state, detail }) => `${state}: ${detail}`);
}

/** Those that are not ok. */
async function troubles(url: string, more?: Readonly<Record<string, string>>): Promise<readonly string[]> {
	return (await findings(url, more)).filter((finding) => !finding.startsWith('ok'));
}

function as(user: string, { url }: TestDatabase, password = ''): string {
	const address = new URL(url);
	address.username = user;
	address.password = password;
	return address.href;
}

suite('the doctor and a database', () => {
	/** Roles are of a whole server, and so is what it lets in. */
	let server: PostgresServer;
	let directory: string;
	let caFile: string;
	before(async () => {
		directory = await mkdtemp(join(tmpdir(), 'recado-doctor-'));
		caFile = join(directory, 'ca.pem');
		const authority = await testAuthority();
		await writeFile(caFile, authority.certificatePem);
		const { certPem, keyPem } = await authority.issue({ names: ['localhost'] });
		server = await PostgresServer.start({
			settings: ['ssl = on', "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'"],
			access: [`host all ${ROLE} all scram-sha-256`],
			files: { 'server.crt': certPem, 'server.key': keyPem },
		});
		await server.execute(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}'`);
	});
	after(async () => {
		await server[Symbol.asyncDispose]();
		await rm(directory, { recursive: true });
	});

	test('one that is new is well, and so is one that is laid out', async () => {
		await using empty = await (await startPostgres()).createDatabase();
		const [version, schema, connections, ...others] = await findings(empty.url);
		assert.match(String(version), /^ok: PostgreSQL \d\d\.\S+ answers$/);
		assert.equal(schema, 'ok: is not laid out yet; the first start does it');
		assert.match(String(connections), /^ok: \d+ of 197 connections are free; a process takes 6$/);
		assert.deepEqual(others, []);
		assert.deepEqual(await empty.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'"), []);
		await using laidOut = await createLaidOutDatabase();
		assert.ok((await findings(laidOut.url)).includes(`ok: has schema ${SCHEMA}`));
	});

	test('nothing is said where there is none, or where the configuration is to be mended first', async () => {
		assert.deepEqual(await checkDatabase({}), []);
		assert.deepEqual(await findings('mysql://127.0.0.1/recado'), []);
		await using database = await (await startPostgres()).createDatabase();
		assert.deepEqual(await findings(database.url, { RECADO_DATABASE_CA: '/nowhere.pem' }), []);
	});

	test('the command shows what is wrong with it, and fails', async () => {
		const environment = {
			...{ RECADO_ADMIN_TOKEN: 'a-token-of-an-administrator', RECADO_SECRET_KEY: 'ab'.repeat(32), RECADO_PORT: '0' },
			...{ RECADO_DATA: join(directory, 'data'), RECADO_DATABASE_URL: `postgres://recado@localhost:${NOBODYS_PORT}/recado` },
		};
		const { code, out } = await recado(['doctor'], { environment });
		assert.equal(code, 1);
		assert.match(out, /^fail {2}database +cannot be asked: connect ECONNREFUSED \S+\n +→ check RECADO_DATABASE_URL/m);
		// As does whoever starts it without asking the doctor.
		const started = await recado(['serve'], { environment });
		assert.equal(started.code, 1);
		assert.match(started.err, /^recado serve: The gateway cannot store anything right now; try again \(connect ECONNREFUSED .*\)\n$/);
	});

	test('one that is not there or lets nobody in is named with the reason', async () => {
		await using database = await server.createDatabase();
		await server.execute(`ALTER DATABASE ${database.name} OWNER TO ${ROLE}`);
		assert.deepEqual(await troubles(as(ROLE, database, PASSWORD)), []);
		assert.deepEqual(await troubles(as(ROLE, database, 'a wrong one')), [
			`fail: cannot be asked: password authentication failed for user "${ROLE}"`,
		]);
		const elsewhere = new URL(database.url);
		elsewhere.pathname = '/nowhere';
		assert.deepEqual(await troubles(elsewhere.href), ['fail: cannot be asked: database "nowhere" does not exist']);
	});

	test('it is asked over TLS as the gateway would ask it', async () => {
		await using database = await server.createDatabase();
		const url = new URL(database.url);
		url.hostname = 'localhost';
		url.search = 'sslmode=verify-full';
		assert.match((await troubles(url.href)).join(), /^fail: cannot be asked: .*certificate/);
		const found = await findings(url.href, { RECADO_DATABASE_CA: caFile });
		assert.ok(found.includes('ok: the connection is encrypted'), found.join('\n'));
		await using plain = await (await startPostgres()).createDatabase();
		assert.match((await troubles(plain.url, { RECADO_DATABASE_CA: caFile })).join(), /^fail: cannot be asked: .*does not support SSL/);
	});

	test('who may not make tables there, or finds those of somebody else, is told', async () => {
		await using foreign = await server.createDatabase();
		assert.deepEqual(await troubles(as(ROLE, foreign, PASSWORD)), ['fail: this user may not make tables']);
		await using laidOut = await server.createDatabase();
		await laidOut.execute('CREATE TABLE schema_version (version bigint PRIMARY KEY, compatible_from bigint)');
		await laidOut.execute(`GRANT CREATE ON SCHEMA public TO ${ROLE}`);
		assert.deepEqual(await troubles(as(ROLE, laidOut, PASSWORD)), ['fail: its tables belong to another user']);
	});

	test('a schema that is older is brought up to date, a newer one is somebody else’s unless it knows this one', async () => {
		await using database = await createLaidOutDatabase();
		const noted = (version: number, compatibleFrom: number): Promise<unknown> =>
			database.execute(`INSERT INTO schema_version VALUES (${version}, ${compatibleFrom})`);
		await noted(SCHEMA + 1, SCHEMA);
		assert.ok((await findings(database.url)).includes(`ok: has schema ${SCHEMA + 1}`));
		await noted(SCHEMA + 2, SCHEMA + 2);
		assert.deepEqual(await troubles(database.url), [
			`fail: has schema ${SCHEMA + 2}, written by a newer version; this one knows ${SCHEMA}`,
		]);
		const before = MIGRATIONS.at(-2)?.version;
		await database.execute(`DELETE FROM schema_version WHERE version > ${before}`);
		assert.ok((await findings(database.url)).includes(`ok: has schema ${before}; the next start, or recado migrate, makes it ${SCHEMA}`));
	});

	test('connections that others have are counted, whoever asks', async () => {
		await using small = await PostgresServer.start({ settings: ['max_connections = 12'] });
		await small.execute(`CREATE ROLE ${ROLE} LOGIN`);
		await using database = await small.createDatabase();
		await small.execute(`ALTER DATABASE ${database.name} OWNER TO ${ROLE}`);
		const url = as(ROLE, database);
		assert.deepEqual(await troubles(url), []);
		const others = await Promise.all(
			Array.from({ length: 4 }, async () => {
				const client = new pg.Client({ connectionString: small.url('postgres') });
				await client.connect();
				return client;
			}),
		);
		assert.deepEqual(await troubles(url), ['fail: 4 of 9 connections are free; a process takes 6']);
		assert.deepEqual(await troubles(url, { RECADO_DATABASE_READERS: '1' }), []);
		await Promise.all(others.map((client) => client.end()));
	});

	test('a replica is no place to write to', async () => {
		await using replica = await PostgresServer.start();
		await replica.restartAsReplica();
		assert.deepEqual(await troubles(replica.url('postgres')), ['fail: it is a replica and takes no writes']);
	});

	test('what none of these servers is: too old, or far away without TLS', () => {
		const seen: DatabaseSeen = {
			...{ version: 150_000, versionName: '15.0', isReplica: false, mayCreate: true, ownsTables: true, isEncrypted: false, isLocal: true },
			...{ connectionsMax: 97, connectionsUsed: 1, schema: undefined, schemaKnown: SCHEMA },
		};
		const bad = (given: Partial<DatabaseSeen>): readonly string[] =>
			judgeDatabase({ ...seen, ...given }, 6).flatMap(({ state, detail }) => (state === 'ok' ? [] : [`${state}: ${detail}`]));
		assert.deepEqual(bad({}), []);
		assert.deepEqual(bad({ version: 140_013, versionName: '14.13' }), ['fail: PostgreSQL 14.13 is too old']);
		assert.deepEqual(bad({ isLocal: false }), ['warn: the connection is not encrypted']);
		assert.deepEqual(bad({ isLocal: false, isEncrypted: true }), []);
	});
});

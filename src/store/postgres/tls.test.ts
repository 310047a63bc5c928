/** Connections over TLS, to real servers with certificates of the tests' authority: what each way to ask for it gives, and what it refuses. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { account, commit } from '../../../test/suites/store-fixtures.ts';
import { selfSignedCertificate, testAuthority } from '../../../test/support/certificates.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { PostgresServer, startPostgres, type TestDatabase } from '../../../test/support/postgres-server.ts';
import { postgresStore } from '../../../test/support/postgres-store.ts';
import { until } from '../../../test/support/waiting.ts';
import { createAuthority } from '../../cli/certificates.ts';
import { RecadoError } from '../../errors.ts';
import { Database } from './database.ts';
import type { PostgresStore } from './postgres-store.ts';
import { statement } from './statement.ts';

/** The server lets it in over TLS alone. */
const ENCRYPTED_ONLY = 'guarded';
/** The same, with a certificate of its own. */
const CERTIFIED = 'certified';
const HEARD_WITHIN_MS = 20_000;

const HOW = statement('', 'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');

interface Encryption {
	readonly ssl: boolean;
	readonly version: string | null;
}

let directory: string;
let server: PostgresServer;
let database: TestDatabase;
let caPem: string;
let strangerPem: string;

before(async () => {
	const [authority, stranger] = await Promise.all([testAuthority(), createAuthority({ now: Date.now })]);
	caPem = authority.certificatePem;
	strangerPem = stranger.certificatePem;
	const [own, client] = await Promise.all([authority.issue({ names: ['localhost'] }), selfSignedCertificate(CERTIFIED)]);
	directory = await mkdtemp(join(tmpdir(), 'recado-tls-'));
	await Promise.all([
		writeFile(join(directory, 'ca.pem'), caPem),
		writeFile(join(directory, 'client.pem'), client.certPem),
		writeFile(join(directory, 'client-key.pem'), client.keyPem),
	]);
	server = await PostgresServer.start({
		settings: ['ssl = on', "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'", "ssl_ca_file = 'clients.crt'"],
		access: [
			`hostssl all ${ENCRYPTED_ONLY} all trust`,
			`hostssl all ${CERTIFIED} all cert`,
			`host all ${ENCRYPTED_ONLY},${CERTIFIED} all reject`,
		],
		files: { 'server.crt': own.certPem, 'server.key': own.keyPem, 'clients.crt': client.certPem },
	});
	for (const role of [ENCRYPTED_ONLY, CERTIFIED]) await server.execute(`CREATE ROLE ${role} LOGIN`);
	database = await server.createDatabase();
	await server.execute(`ALTER DATABASE ${database.name} OWNER TO ${ENCRYPTED_ONLY}`);
});
after(async () => {
	await server[Symbol.asyncDispose]();
	await rm(directory, { recursive: true });
});

interface Wish {
	readonly host?: 'localhost' | '127.0.0.1';
	readonly user?: string;
	readonly parameters?: Readonly<Record<string, string>>;
	readonly ca?: string;
	/** Default: the one with TLS. */
	readonly at?: TestDatabase;
}

/** The certificate is for `localhost` alone. */
function addressOf({ host = 'localhost', user, parameters = {}, at = database }: Wish): string {
	const url = new URL(at.url);
	url.hostname = host;
	if (user !== undefined) url.username = user;
	url.search = String(new URLSearchParams(parameters));
	return url.href;
}

async function encryption(wish: Wish): Promise<Encryption | undefined> {
	const options = { readersMax: 1, connectTimeoutMs: 5_000, statementTimeoutMs: 5_000, isPreparing: true };
	await using db = new Database({ ...options, url: addressOf(wish), ca: wish.ca });
	const [found] = await db.query<Encryption>(HOW);
	return found;
}

async function isEncrypted(wish: Wish): Promise<boolean> {
	const found = await encryption(wish);
	assert.equal(found?.ssl, found?.version?.startsWith('TLSv1.') ?? false);
	return found?.ssl === true;
}

/** Typed as what it is to everybody: no store now; its cause says why. */
async function isRefused(wish: Wish, why: { readonly code?: string; readonly message?: RegExp }): Promise<void> {
	await assert.rejects(encryption(wish), (error) => {
		assert.ok(error instanceof RecadoError);
		assert.equal(error.code, 'store_unavailable');
		assert.ok(error.cause instanceof Error);
		if (why.code !== undefined) assert.equal('code' in error.cause && error.cause.code, why.code);
		if (why.message !== undefined) assert.match(error.cause.message, why.message);
		return true;
	});
}

const UNKNOWN_ISSUER = { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' };
const WRONG_NAME = { code: 'ERR_TLS_CERT_ALTNAME_INVALID' };
const NO_TLS = { message: /does not support SSL/ };

describe('a connection to a PostgreSQL with TLS', () => {
	test('is plain where nothing is said of it, and where it is said so', async () => {
		assert.equal(await isEncrypted({}), false);
		assert.equal(await isEncrypted({ parameters: { sslmode: 'disable' } }), false);
		await isRefused({ user: ENCRYPTED_ONLY }, { message: /no encryption|pg_hba\.conf/ });
	});

	test('is encrypted and verified where an authority is given, whatever the address says', async () => {
		for (const sslmode of ['', 'disable', 'no-verify', 'require', 'verify-ca', 'verify-full'])
			assert.equal(await isEncrypted({ ca: caPem, user: ENCRYPTED_ONLY, parameters: { sslmode } }), true, sslmode);
		await isRefused({ ca: caPem, host: '127.0.0.1' }, WRONG_NAME);
		await isRefused({ ca: caPem, host: '127.0.0.1', parameters: { sslmode: 'no-verify' } }, WRONG_NAME);
		await isRefused({ ca: strangerPem }, UNKNOWN_ISSUER);
	});

	for (const sslmode of ['require', 'verify-ca', 'verify-full']) {
		test(`sslmode=${sslmode} verifies in full, by the authority in the file that it names or by the system's`, async () => {
			const named = { sslmode, sslrootcert: join(directory, 'ca.pem') };
			assert.equal(await isEncrypted({ parameters: named }), true);
			await isRefused({ parameters: named, host: '127.0.0.1' }, WRONG_NAME);
			await isRefused({ parameters: { sslmode } }, UNKNOWN_ISSUER);
		});
	}

	test('sslmode=no-verify is encrypted and takes any certificate', async () => {
		assert.equal(await isEncrypted({ parameters: { sslmode: 'no-verify' }, host: '127.0.0.1' }), true);
	});

	test('shows a certificate of its own where the server wants one', async () => {
		const own = { sslcert: join(directory, 'client.pem'), sslkey: join(directory, 'client-key.pem') };
		assert.equal(await isEncrypted({ user: CERTIFIED, ca: caPem, parameters: own }), true);
		await isRefused({ user: CERTIFIED, ca: caPem }, { message: /valid client certificate/ });
		await isRefused({ user: CERTIFIED, parameters: { ...own, sslcert: join(directory, 'not.pem') } }, { code: 'ENOENT' });
	});

	test('is refused where the server has no TLS', async () => {
		await using plain = await (await startPostgres()).createDatabase();
		for (const sslmode of ['no-verify', 'require', 'verify-full']) await isRefused({ at: plain, parameters: { sslmode } }, NO_TLS);
		await isRefused({ at: plain, ca: caPem }, NO_TLS);
	});
});

describe('a PostgreSQL store over TLS', () => {
	test('has every connection encrypted, the one that listens too', async () => {
		await using first = stored();
		await first.open();
		await using second = stored();
		await second.open();
		const heard: unknown[] = [];
		second.peers.listen({ hear: (news) => heard.push(news), lost: () => undefined, changed: () => undefined });
		await until(() => first.peers.members.length === 2, { what: 'them to know each other', withinMs: HEARD_WITHIN_MS });
		await commit(first, { kind: 'account.insert', account: account('a') });
		assert.deepEqual(await second.accounts.account('acc_a'), account('a'));
		first.peers.tell({ kind: 'chores' });
		await until(() => heard.length > 0, { what: 'the news', withinMs: HEARD_WITHIN_MS });
		const rows = await database.execute(
			`SELECT ssl, count(*)::int AS count FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = '${ENCRYPTED_ONLY}' GROUP BY ssl`,
		);
		// Of each at least one that writes, one that reads, one for steps and one that listens.
		assert.ok(rows.length === 1 && rows[0]?.['ssl'] === true && Number(rows[0]['count']) >= 7, JSON.stringify(rows));
	});

	test('whose server shows a certificate of somebody else does not open, and says why', async () => {
		await using store = postgresStore({ url: addressOf({}), ca: strangerPem, clock: new FakeClock() });
		await assert.rejects(
			store.open(),
			(error) => error instanceof RecadoError && error.code === 'store_unavailable' && /certificate/.test(String(error.cause)),
		);
	});
});

function stored(): PostgresStore {
	return postgresStore({ url: addressOf({ user: ENCRYPTED_ONLY }), ca: caPem, clock: new FakeClock() });
}

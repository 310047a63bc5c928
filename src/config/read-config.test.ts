import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { RecadoError } from '../errors.ts';
import type { Config } from './config.ts';
import type { Environment } from './environment.ts';
import { OPTIONS, optionsByRoom } from './options.ts';
import { readConfig } from './read-config.ts';
import type { Files } from './readers.ts';
import { Secret } from './secret.ts';

const TOKEN = 'a-token-of-an-administrator';
const KEY = Buffer.alloc(32, 7);
const REQUIRED: Environment = { RECADO_ADMIN_TOKEN: TOKEN, RECADO_SECRET_KEY: KEY.toString('base64') };
const NO_FILES: Files = {
	readText: () => {
		throw Object.assign(new Error('not there'), { code: 'ENOENT' });
	},
};

function faultsOf(environment: Environment, files: Files = NO_FILES): readonly string[] {
	try {
		readConfig(environment, files);
		return [];
	} catch (error) {
		assert(error instanceof RecadoError);
		assert.equal(error.code, 'configuration');
		return error.faults.map((fault) => fault.path);
	}
}

interface Sample {
	readonly good: string;
	readonly read: unknown;
	readonly bad: string;
	/** What it goes with. */
	readonly beside?: Environment;
}

/** For each variable a value that differs from the default with what it is read as, and one that is a fault. */
const SAMPLES: Readonly<Record<string, Sample>> = {
	RECADO_HOST: { good: '::', read: '::', bad: 'no host' },
	RECADO_PORT: { good: '0', read: 0, bad: '65536' },
	RECADO_PUBLIC_URL: { good: 'https://recado.example.com/', read: 'https://recado.example.com', bad: 'https://example.com/path' },
	RECADO_TRUSTED_PROXIES: { good: '10.0.0.0/8', read: ['10.0.0.0/8'], bad: '10.0.0.1' },
	RECADO_BODY_BYTES_MAX: { good: '2MiB', read: 2_097_152, bad: '12' },
	RECADO_DATA: { good: '/var/lib/recado', read: '/var/lib/recado', bad: '' },
	RECADO_DATABASE_URL: { good: 'postgres://a:b@db/recado', read: 'postgres://a:b@db/recado', bad: 'postgres://a:b@db' },
	RECADO_DATABASE_CA: { good: '', read: undefined, bad: '/nowhere.pem' },
	RECADO_DATABASE_READERS: { good: '8', read: 8, bad: '0' },
	RECADO_DATABASE_CONNECT_TIMEOUT: { good: '2s', read: 2_000, bad: '2' },
	RECADO_DATABASE_STATEMENT_TIMEOUT: { good: '1m', read: 60_000, bad: '2h' },
	RECADO_DATABASE_POOLER: { good: 'transaction', read: 'transaction', bad: 'session' },
	RECADO_LEASE: { good: '3s', read: 3_000, bad: '10ms' },
	RECADO_ADMIN_TOKEN: { good: 'sixteen-letters!', read: 'sixteen-letters!', bad: 'fifteen-letters' },
	RECADO_SECRET_KEY: { good: 'ab'.repeat(32), read: 'ab'.repeat(32), bad: 'ab'.repeat(31) },
	RECADO_SECRET_KEY_PREVIOUS: { good: Buffer.alloc(32, 1).toString('base64url'), read: '01'.repeat(32), bad: 'not a key' },
	RECADO_ATTEMPT_DEADLINE_MS: { good: '30000', read: 30_000, bad: '15s' },
	RECADO_RESPONSE_BYTES_KEPT: { good: '0', read: 0, bad: '-1' },
	RECADO_RESPONSE_BYTES_MAX: { good: '64KiB', read: 65_536, bad: '64KB' },
	RECADO_WEBHOOK_CONCURRENCY: { good: '1', read: 1, bad: '0' },
	RECADO_ATTEMPTS_IN_FLIGHT_MAX: { good: '32', read: 32, bad: '1e3' },
	RECADO_PENDING_MEMORY: { good: '1GiB', read: 1_073_741_824, bad: '1KiB' },
	RECADO_PROBE_FIRST: { good: '250ms', read: 250, bad: '1' },
	RECADO_PROBE_CEILING: { good: '10s', read: 10_000, bad: '2h' },
	RECADO_RETRY_SCHEDULE: { good: '500ms, 2s', read: [500, 2_000], bad: '5s,soon' },
	RECADO_DELIVERY_PATIENCE: { good: '3d', read: 259_200_000, bad: '3' },
	RECADO_LANE_HOLD: { good: '90s', read: 90_000, bad: '25d' },
	RECADO_SECRET_OVERLAP: { good: '0s', read: 0, bad: '1w' },
	RECADO_RETENTION: { good: '7d', read: 604_800_000, bad: '1s' },
	RECADO_JANITOR_INTERVAL: { good: '5s', read: 5_000, bad: '2d' },
	RECADO_JANITOR_BATCH: { good: '50', read: 50, bad: '0' },
	RECADO_JANITOR_BREATH: { good: '0s', read: 0, bad: '2m' },
	RECADO_JOB_BATCH: { good: '50', read: 50, bad: '0' },
	RECADO_JOB_PAUSE: { good: '100ms', read: 100, bad: '2m' },
	RECADO_WEBHOOK_ALLOW: { good: '127.0.0.1/32, fd00::/8', read: ['127.0.0.1/32', 'fd00::/8'], bad: '127.0.0.1/33' },
	RECADO_WEBHOOK_CA: { good: '', read: undefined, bad: '/nowhere.pem' },
	RECADO_IDLE_CONNECTIONS_MAX: { good: '8', read: 8, bad: 'many' },
	RECADO_QUEUE_MAX: { good: '10', read: 10, bad: '0' },
	RECADO_TRANSCRIPT_MESSAGES_MAX: { good: '50', read: 50, bad: '1.5' },
	RECADO_MEDIA_BYTES_MAX: { good: '1MiB', read: 1_048_576, bad: '1GiB' },
	RECADO_DOCUMENT_BYTES_MAX: { good: '64MiB', read: 67_108_864, bad: '3GiB' },
	RECADO_MEDIA_DEADLINE: { good: '5s', read: 5_000, bad: '6m' },
	RECADO_MEDIA_LINK_LIFE: { good: '7d', read: 604_800_000, bad: '1s' },
	RECADO_SIMULATOR_SEED: { good: '42', read: 42, bad: 'x' },
	RECADO_RATE_LIMIT: { good: '50', read: 50, bad: '-1' },
	RECADO_RATE_BURST: { good: '100', read: 100, bad: '0' },
	RECADO_AUDIT_RETENTION: { good: '30d', read: 2_592_000_000, bad: '1s' },
	RECADO_SESSION_LIFETIME: { good: '1h', read: 3_600_000, bad: '1m' },
	RECADO_SESSION_IDLE: { good: '30m', read: 1_800_000, bad: '60d' },
	RECADO_STREAMS_MAX: { good: '0', read: 0, bad: '-1' },
	RECADO_STREAMS_PER_CREDENTIAL_MAX: { good: '3', read: 3, bad: '-1' },
	RECADO_OIDC_ISSUER: {
		...{ good: 'https://contas.example.com/realms/x', read: 'https://contas.example.com/realms/x', bad: 'http://contas.example.com' },
		beside: { RECADO_OIDC_CLIENT_ID: 'recado' },
	},
	RECADO_OIDC_CLIENT_ID: {
		...{ good: 'recado', read: 'recado', bad: 'two words' },
		beside: { RECADO_OIDC_ISSUER: 'https://contas.example.com' },
	},
	RECADO_OIDC_CLIENT_SECRET: { good: 'o segredo', read: 'o segredo', bad: 'tab\there' },
	RECADO_OIDC_ADMINS: { good: 'Ana@Loja.example, bia@loja.example', read: ['ana@loja.example', 'bia@loja.example'], bad: 'ana' },
	RECADO_READY_OLDEST_DUE_MAX: { good: '1m', read: 60_000, bad: '0s' },
	RECADO_SHUTDOWN_GRACE_MS: { good: '500', read: 500, bad: '50' },
	RECADO_OTLP_URL: { good: 'http://127.0.0.1:4318', read: 'http://127.0.0.1:4318', bad: 'http://127.0.0.1:4318/v1/traces' },
	RECADO_TRACE_RATIO: { good: '.25', read: 0.25, bad: '1.5' },
	RECADO_LOG_LEVEL: { good: 'debug', read: 'debug', bad: 'loud' },
};

suite('readConfig', () => {
	for (const [room, options] of optionsByRoom()) {
		for (const [name, option] of options) {
			const sample = SAMPLES[option.env];
			test(`reads ${option.env} into ${room}.${name} and names it when it is wrong`, () => {
				assert(sample, `${option.env} has no sample here`);
				const config = readConfig({ ...REQUIRED, ...sample.beside, [option.env]: sample.good }, NO_FILES);
				assert.deepEqual(revealed(config, room, name), sample.read);
				if (sample.bad !== '') assert.deepEqual(faultsOf({ ...REQUIRED, ...sample.beside, [option.env]: sample.bad }), [option.env]);
			});
		}
	}

	test('a provider of OpenID Connect and its client come together', () => {
		assert.deepEqual(faultsOf({ ...REQUIRED, RECADO_OIDC_ISSUER: 'https://contas.example.com' }), ['RECADO_OIDC_CLIENT_ID']);
		assert.deepEqual(faultsOf({ ...REQUIRED, RECADO_OIDC_CLIENT_ID: 'recado' }), ['RECADO_OIDC_ISSUER']);
		for (const here of ['http://localhost:8080', 'http://127.0.0.1:8080/x']) {
			assert.deepEqual(faultsOf({ ...REQUIRED, RECADO_OIDC_CLIENT_ID: 'recado', RECADO_OIDC_ISSUER: here }), []);
		}
	});

	test('works with the required variables alone, defaults for the rest', () => {
		const config = readConfig(REQUIRED, NO_FILES);
		assert.equal(config.http.port, 3_000);
		assert.equal(config.delivery.scheduleMs.length, 10);
		assert.deepEqual(config.net.allow, []);
		assert(!('publicUrl' in config.http));
		assert(!('ca' in config.net));
	});

	test('has defaults that are no faults and a body limit that holds the largest medium as Base64', () => {
		const config = readConfig(REQUIRED, NO_FILES);
		assert(config.http.bodyBytesMax > (config.media.bytesMax * 4) / 3);
	});

	test('reports every fault at once, unknown variables and cross-checks included', () => {
		const faults = faultsOf({
			RECADO_ADMIN_TOKEN: 'short',
			RECADO_PROT: '3001',
			RECADO_WEBHOOK_CA: '/nowhere.pem',
			RECADO_RESPONSE_BYTES_KEPT: '1MiB',
			RECADO_RESPONSE_BYTES_MAX: '1KiB',
			RECADO_WEBHOOK_CONCURRENCY: '100',
			RECADO_ATTEMPTS_IN_FLIGHT_MAX: '10',
		});
		assert.deepEqual(faults.toSorted(), [
			'RECADO_ADMIN_TOKEN',
			'RECADO_PROT',
			'RECADO_RESPONSE_BYTES_KEPT',
			'RECADO_SECRET_KEY',
			'RECADO_WEBHOOK_CA',
			'RECADO_WEBHOOK_CONCURRENCY',
		]);
	});

	test('takes of an address of the database what it says of TLS in one way alone', () => {
		const faults = (query: string): readonly string[] =>
			faultsOf({ ...REQUIRED, RECADO_DATABASE_URL: `postgres://a:b@db/recado?${query}` });
		for (const mode of ['disable', 'no-verify', 'require', 'verify-ca', 'verify-full']) assert.deepEqual(faults(`sslmode=${mode}`), []);
		assert.deepEqual(faults('sslmode=verify-full&sslrootcert=/etc/ca.pem&application_name=x'), []);
		// What falls back to a plain connection, what is a slip of the pen, and what other drivers take.
		for (const query of ['sslmode=prefer', 'sslmode=allow', 'sslmode=verify_full', 'sslmode=', 'sslmode=require&sslmode=prefer'])
			assert.deepEqual(faults(query), ['RECADO_DATABASE_URL'], query);
		for (const query of ['ssl=true', 'sslmode=require&uselibpqcompat=true', 'sslnegotiation=direct'])
			assert.deepEqual(faults(query), ['RECADO_DATABASE_URL'], query);
	});

	test('names the option that was probably meant', () => {
		assert.throws(() => readConfig({ ...REQUIRED, RECADO_WEBHOK_ALLOW: 'x' }), /did you mean RECADO_WEBHOOK_ALLOW\?/);
		for (const name of ['RECADO_SOMETHING_ELSE_ALTOGETHER', 'RECADO_FOO']) {
			assert.throws(
				() => readConfig({ ...REQUIRED, [name]: 'x' }),
				(error) => error instanceof Error && !error.message.includes('did you mean'),
			);
		}
	});

	test('refuses the current key as the previous one', () => {
		assert.deepEqual(faultsOf({ ...REQUIRED, RECADO_SECRET_KEY_PREVIOUS: KEY.toString('hex') }), ['RECADO_SECRET_KEY_PREVIOUS']);
	});

	test('never shows a secret: not in faults, not as text, not as JSON, not inspected', () => {
		const config = readConfig({ ...REQUIRED, RECADO_SECRET_KEY_PREVIOUS: 'ab'.repeat(32) }, NO_FILES);
		const shown = [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config), `${config.secrets.adminToken}`].join('\n');
		assert(shown.includes('[secret]'));
		for (const secret of [TOKEN, KEY.toString('base64'), 'ab'.repeat(32), '7,7,7,7', '07 07 07']) assert(!shown.includes(secret), secret);
		assert.throws(
			() => readConfig({ RECADO_ADMIN_TOKEN: 'tiny secret', RECADO_SECRET_KEY: 'wrong-secret' }),
			(error) => !inspect(error).includes('tiny secret') && !inspect(error).includes('wrong-secret'),
		);
	});
});

suite('RECADO_WEBHOOK_CA', () => {
	test('is refused where the file has no certificate or a broken one', async (t) => {
		const folder = await mkdtemp(join(tmpdir(), 'recado-config-'));
		t.after(() => rm(folder, { recursive: true }));
		const path = join(folder, 'ca.pem');
		for (const text of ['', 'hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', '-----BEGIN CERTIFICATE-----\n']) {
			await writeFile(path, text);
			assert.throws(() => readConfig({ ...REQUIRED, RECADO_WEBHOOK_CA: path }), /RECADO_WEBHOOK_CA must be a PEM file/);
		}
	});
});

test('every option is named once', () => {
	const names = optionsByRoom().flatMap(([, options]) => options.map(([, option]) => option.env));
	assert.equal(new Set(names).size, names.length);
	assert.deepEqual(names.toSorted(), Object.keys(SAMPLES).toSorted());
	assert.equal(OPTIONS.http.port.env, 'RECADO_PORT');
});

function revealed(config: Config, room: string, name: string): unknown {
	const { adminToken, key, previousKey } = config.secrets;
	const secrets: Readonly<Record<string, unknown>> = {
		adminToken: adminToken.reveal(),
		key: Buffer.from(key.reveal()).toString('hex'),
		previousKey: previousKey && Buffer.from(previousKey.reveal()).toString('hex'),
	};
	const values = Object.entries(config).find(([each]) => each === room)?.[1] ?? {};
	if (room === 'secrets') return secrets[name];
	const value: unknown = Object.entries(values).find(([each]) => each === name)?.[1];
	return value instanceof Secret ? value.reveal() : value;
}

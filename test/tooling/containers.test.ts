/**
 * `compose.yaml` and the `Dockerfile` say what the project is: they are read, and held against the configuration, package.json and the tree,
 * so that neither sets a variable nobody knows nor copies what is not there.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { optionsByRoom } from '../../src/config/options.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { GATEWAY_NODE_FLAGS } from '../support/node-flags.ts';

const ROOT = join(import.meta.dirname, '../..');
const KNOWN = new Set(optionsByRoom().flatMap(([, options]) => options.map(([, option]) => option.env)));

interface Service {
	readonly image: string;
	readonly build?: string;
	readonly read_only?: boolean;
	readonly cap_drop?: readonly string[];
	readonly security_opt?: readonly string[];
	readonly tmpfs?: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	readonly ports?: readonly string[];
	readonly networks: readonly string[];
	readonly stop_grace_period: string;
	readonly healthcheck?: { readonly test: readonly string[] };
	readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

interface Compose {
	readonly services: { readonly recado: Service; readonly postgres: Service };
	readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
	readonly volumes: Readonly<Record<string, unknown>>;
}

const compose = parse(readFileSync(join(ROOT, 'compose.yaml'), 'utf8')) as Compose;
const { recado, postgres } = compose.services;

/** Continued lines are one; comments are left out. */
const instructions: readonly { readonly name: string; readonly words: string }[] = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
	.replace(/^#.*\n/gm, '')
	.replace(/\\\n\s*/g, ' ')
	.split('\n')
	.filter((line) => line.trim() !== '')
	.map((line) => {
		const [, name = '', words = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
		return { name, words };
	});

function all(name: string): string[] {
	return instructions.filter((instruction) => instruction.name === name).map(({ words }) => words);
}

function last(name: string): string {
	return all(name).at(-1) ?? '';
}

/** Defaults are written as the variables' own examples, so that the configuration can be read. */
function filledIn(text: string): string {
	const values: Readonly<Record<string, string>> = {
		POSTGRES_PASSWORD: 'password',
		RECADO_ADMIN_TOKEN: 'an-administrators-token',
		RECADO_SECRET_KEY: Buffer.alloc(32).toString('base64'),
	};
	return text.replace(/\$\{(\w+)(:\?[^}]*)?\}/g, (_whole, name: string) => {
		const value = values[name];
		assert.ok(value, `compose.yaml needs ${name}, which its first lines do not tell of`);
		return value;
	});
}

describe('compose.yaml', () => {
	it('sets variables that the configuration knows, to values that it takes', () => {
		const environment = Object.fromEntries(Object.entries(recado.environment).map(([name, value]) => [name, filledIn(value)]));
		for (const name of Object.keys(environment)) assert.ok(KNOWN.has(name), `${name} is no option`);
		const config = readConfig({ ...environment, ...dockerEnvironment() });
		assert.equal(new URL(config.store.databaseUrl?.reveal() ?? '').hostname, 'postgres', 'the database is the service of that name');
	});

	it('gives the gateway the database that it makes, once that is healthy', () => {
		const url = new URL(filledIn(recado.environment['RECADO_DATABASE_URL'] ?? ''));
		assert.equal(url.username, postgres.environment['POSTGRES_USER']);
		assert.equal(url.password, filledIn(postgres.environment['POSTGRES_PASSWORD'] ?? ''));
		assert.equal(url.pathname, `/${postgres.environment['POSTGRES_DB']}`);
		assert.equal(recado.depends_on?.['postgres']?.condition, 'service_healthy');
		assert.match(postgres.healthcheck?.test.at(-1) ?? '', /pg_isready/);
	});

	it('takes from the gateway whatever it does not need', () => {
		assert.equal(recado.read_only, true);
		assert.deepEqual(recado.cap_drop, ['ALL']);
		assert.ok(recado.security_opt?.includes('no-new-privileges:true'));
		assert.deepEqual(
			recado.tmpfs?.map((mount) => mount.split(':')[0]),
			['/tmp', dockerEnvironment()['RECADO_DATA']],
			'where it may write',
		);
	});

	it('opens the gateway to this machine alone, and the database to nobody but the gateway', () => {
		for (const port of recado.ports ?? []) assert.match(port, new RegExp(`^127\\.0\\.0\\.1:.*:${dockerEnvironment()['RECADO_PORT']}$`));
		assert.equal(postgres.ports, undefined);
		assert.deepEqual(postgres.networks, ['inside']);
		assert.equal(compose.networks['inside']?.internal, true);
		assert.ok(recado.networks.every((name) => name in compose.networks));
	});

	it('waits for a stop longer than the gateway takes', () => {
		const graceMs = readConfig({ ...secrets(), ...dockerEnvironment() }).shutdown.graceMs;
		assert.ok(Number.parseInt(recado.stop_grace_period, 10) * 1_000 > graceMs);
	});
});

describe('Dockerfile', () => {
	it('is built from a Node.js that the project runs on', () => {
		const majors = all('FROM').map((words) => Number(/^node:(\d+)-/.exec(words)?.[1]));
		const [wanted] = /\d+/.exec(packageJson.engines.node) ?? [];
		assert.ok(majors.length > 0 && majors.every((major) => major >= Number(wanted)), majors.join(' '));
	});

	it('copies what is there, and .dockerignore lets it through', () => {
		const copied = all('COPY')
			.filter((words) => !words.startsWith('--from'))
			.flatMap((words) => words.split(' ').slice(0, -1));
		const allowed = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
			.split('\n')
			.filter((line) => line.startsWith('!'));
		for (const path of copied) {
			assert.ok(existsSync(join(ROOT, path)), path);
			assert.ok(allowed.includes(`!${path.replace(/^\.\//, '')}`), `${path} is ignored`);
		}
	});

	it('runs the command of the project as a user without rights, who can write where the data are', () => {
		assert.notEqual(last('USER'), '');
		assert.notEqual(last('USER'), 'root');
		assert.deepEqual(JSON.parse(last('ENTRYPOINT')), ['node', ...GATEWAY_NODE_FLAGS, packageJson.bin.recado]);
		assert.deepEqual(packageJson.scripts.recado.split(' '), ['node', ...GATEWAY_NODE_FLAGS, packageJson.bin.recado]);
		assert.deepEqual(JSON.parse(last('CMD')), ['serve']);
		const directory = dockerEnvironment()['RECADO_DATA'] ?? '';
		assert.ok(all('RUN').some((words) => words.includes(`mkdir ${directory}`) && words.includes(`chown node:node ${directory}`)));
		assert.equal(last('VOLUME'), directory);
	});

	it('sets variables that the configuration knows, and asks the port that it serves', () => {
		for (const name of Object.keys(dockerEnvironment())) assert.ok(KNOWN.has(name), `${name} is no option`);
		assert.equal(readConfig({ ...secrets(), ...dockerEnvironment() }).http.port, Number(last('EXPOSE')));
		assert.match(last('HEALTHCHECK'), /RECADO_PORT.*\/health/);
	});
});

function secrets(): Record<string, string> {
	return { RECADO_ADMIN_TOKEN: 'an-administrators-token', RECADO_SECRET_KEY: Buffer.alloc(32).toString('base64') };
}

/** What `ENV` sets of ours. */
function dockerEnvironment(): Record<string, string> {
	const pairs = all('ENV').flatMap((words) => words.split(/\s+/).map((pair) => pair.split('=')));
	return Object.fromEntries(pairs.filter(([name = '']) => name.startsWith('RECADO_')));
}

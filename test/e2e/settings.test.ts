/** What the gateway runs with, over public HTTP, to its administrator alone; and no secret of it, whichever way it is asked. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { settingGroups } from '../../src/composition/settings.ts';
import { optionsByRoom } from '../../src/config/options.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { Secret } from '../../src/config/secret.ts';
import type { Setting } from '../../src/ports/settings.ts';
import { createChecker, type OpenApi, operationAt } from '../http/recado/document.ts';
import { ADMIN_TOKEN, startGateway } from '../support/gateway.ts';

const PATH = '/recado/v1/settings';
const PASSWORD = 'a-password-in-the-address';
/** Each with what reveals it. */
const SECRETS: Readonly<Record<string, readonly [text: string, ...tells: string[]]>> = {
	RECADO_DATABASE_URL: [`postgres://recado:${PASSWORD}@db.example.com:5432/recado`, PASSWORD, 'db.example.com'],
	RECADO_ADMIN_TOKEN: ['a-token-of-an-administrator', 'a-token-of'],
	RECADO_SECRET_KEY: ['ab'.repeat(32), 'abab'],
	RECADO_SECRET_KEY_PREVIOUS: ['cd'.repeat(32), 'cdcd'],
	RECADO_OIDC_CLIENT_SECRET: ['the-secret-of-the-client', 'the-secret'],
};
const WITH_THEM = { RECADO_OIDC_ISSUER: 'https://accounts.example.com', RECADO_OIDC_CLIENT_ID: 'recado' };
const OPTIONS = optionsByRoom().flatMap(([room, options]) => options.map(([name, option]) => ({ room, name, option })));

function allOf(environment: Readonly<Record<string, string>>): ReadonlyMap<string, Setting> {
	const groups = settingGroups(readConfig({ ...secretTexts(['RECADO_ADMIN_TOKEN', 'RECADO_SECRET_KEY']), ...environment }));
	return new Map(groups.flatMap(({ settings }) => settings.map((setting) => [setting.name, setting] as const)));
}

function secretTexts(names: readonly string[]): Readonly<Record<string, string>> {
	return Object.fromEntries(names.map((name) => [name, SECRETS[name]?.[0] ?? '']));
}

describe('secrets', () => {
	const marked = OPTIONS.filter(({ option }) => option.isSecret).map(({ option }) => option.env);

	test('are all known to this test, set', () => {
		assert.deepEqual([...marked].sort(), Object.keys(SECRETS).sort());
	});

	test('none is told, nor a part of one, only that it is set', () => {
		const environment = { ...secretTexts(marked), ...WITH_THEM };
		const settings = allOf(environment);
		for (const name of marked) {
			const setting = settings.get(name);
			assert.deepEqual([setting?.isSecret, setting?.isSet, setting?.value], [true, true, undefined], name);
			for (const tell of SECRETS[name] ?? []) assert.ok(!JSON.stringify([...settings.values()]).includes(tell), name);
		}
		assert.equal(allOf({}).get('RECADO_SECRET_KEY_PREVIOUS')?.isSet, false);
	});

	test('whatever is read as a secret is marked as one', () => {
		const config = readConfig({ ...secretTexts(marked), ...WITH_THEM });
		for (const { room, name, option } of OPTIONS) {
			const values: Readonly<Record<string, unknown>> = { ...config[room] };
			assert.equal(values[name] instanceof Secret, option.isSecret === true, option.env);
		}
		assert.ok(!JSON.stringify([...config.given]).includes(PASSWORD));
	});
});

test('each option has its value, its default, and whether they differ in meaning', () => {
	const settings = allOf({
		RECADO_RETENTION: '720h',
		RECADO_JOB_BATCH: ' 50 ',
		RECADO_PUBLIC_URL: 'https://recado.example.com',
		RECADO_PORT: '',
	});
	assert.equal(settings.size, OPTIONS.length);
	const told = (name: string) => {
		const { value, default: fallback, isSet, isDefault } = settings.get(name) ?? {};
		return [value, fallback, isSet, isDefault];
	};
	assert.deepEqual(told('RECADO_RETENTION'), ['720h', '30d', true, true]);
	assert.deepEqual(told('RECADO_JOB_BATCH'), ['50', '200', true, false]);
	assert.deepEqual(told('RECADO_PUBLIC_URL'), ['https://recado.example.com', undefined, true, false]);
	assert.deepEqual(told('RECADO_PORT'), ['3000', '3000', false, true]);
	assert.deepEqual(told('RECADO_OTLP_URL'), [undefined, undefined, false, true]);
});

test('the administrator sees version, store, processes and every option; nobody else does', async () => {
	await using gateway = await startGateway({ environment: { RECADO_RETENTION: '7d' } });
	const document: OpenApi = (await gateway.call('GET', '/recado/v1/openapi.json')).body;
	const { status, body } = await gateway.admin('GET', '/settings');
	const operation = operationAt(document, 'GET', PATH);
	assert.ok(operation);
	assert.equal(createChecker(document)(operation, status, body), undefined);
	assert.equal(status, 200);
	assert.deepEqual([body.publicUrl, body.processes, body.version], [gateway.address, 1, packageJson.version]);
	assert.ok(['sqlite', 'postgresql'].includes(body.store.engine) && body.store.schema >= 6, JSON.stringify(body.store));
	const told = JSON.stringify(body);
	assert.ok(!told.includes(ADMIN_TOKEN) && !told.includes(gateway.environment['RECADO_SECRET_KEY'] ?? ''));
	const retention = body.groups.flatMap((group: { settings: object[] }) => group.settings).find(hasName('RECADO_RETENTION'));
	assert.deepEqual([retention.value, retention.default, retention.isDefault, retention.isSet], ['7d', '30d', false, true]);

	const { id } = await gateway.account();
	const { body: token } = await gateway.admin('POST', '/tokens', {
		name: 'x',
		accountId: id,
		scopes: ['accounts:manage', 'webhooks:manage'],
	});
	for (const authorization of [undefined, 'Bearer nobody', `Bearer ${token.token}`]) {
		const answer = await gateway.call('GET', PATH, { headers: authorization === undefined ? {} : { authorization } });
		assert.equal(answer.status, authorization?.includes(token.token) ? 403 : 401);
	}
});

function hasName(wanted: string): (setting: { readonly name: string }) => boolean {
	return ({ name }) => name === wanted;
}

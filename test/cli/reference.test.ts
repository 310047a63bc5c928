import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseEnv } from 'node:util';
import { COMMANDS } from '../../src/cli/commands.ts';
import { commandsPage } from '../../src/cli/reference.ts';
import { optionsByRoom } from '../../src/config/options.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { configurationPage, environmentExample } from '../../src/config/reference.ts';

const VARIABLES = optionsByRoom().flatMap(([, options]) => options.map(([, option]) => option));

suite('the reference of the command line and of the configuration', () => {
	test('names every variable with its meaning', () => {
		const page = configurationPage();
		for (const { env, meaning } of VARIABLES) assert(page.includes(`| \`${env}\` |`) && page.includes(meaning), env);
	});

	test('has a line for every variable in .env.example', () => {
		for (const { env } of VARIABLES) assert.match(environmentExample(), new RegExp(`^#?${env}=`, 'm'));
	});

	test('names every option of every command', () => {
		const page = commandsPage(COMMANDS);
		for (const command of COMMANDS) {
			assert(page.includes(`## recado ${command.name}\n`));
			for (const name of Object.keys(command.options)) assert(page.includes(`| \`--${name}`), `${command.name} --${name}`);
		}
	});
});

test('.env.example with its comments taken away and its secrets filled in is a configuration: that of the defaults', () => {
	const required = { RECADO_ADMIN_TOKEN: 'a-token-of-an-administrator', RECADO_SECRET_KEY: 'ab'.repeat(32) };
	const filled = parseEnv(environmentExample().replaceAll(/^#(RECADO_)/gm, '$1'));
	const given = Object.fromEntries(Object.entries({ ...filled, ...required }).map(([name, value]) => [name, value ?? '']));
	assert.equal(Object.keys(given).length, VARIABLES.length);
	const { given: _whatWasSet, ...filledIn } = readConfig(given);
	const { given: _required, ...defaults } = readConfig(required);
	assert.deepEqual(filledIn, defaults);
});

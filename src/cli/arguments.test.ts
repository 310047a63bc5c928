import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandOption, readArguments } from './arguments.ts';
import { UsageError } from './failure.ts';

const OPTIONS: Readonly<Record<string, CommandOption>> = {
	port: { value: 'PORT', short: 'p', default: '3000', meaning: 'a port' },
	secret: { value: 'SECRET', isRepeatable: true, meaning: 'a secret' },
	json: { meaning: 'JSON' },
};

test('reads values, defaults, switches and repeated options', () => {
	const args = readArguments(['-p', '80', '--secret', 'a', '--secret=b', '--json'], OPTIONS);
	assert.equal(args.integer('port', { min: 0, max: 100 }), 80);
	assert.deepEqual(args.all('secret'), ['a', 'b']);
	assert.equal(args.isSet('json'), true);
	const bare = readArguments([], OPTIONS);
	assert.equal(bare.text('port'), '3000');
	assert.equal(bare.text('secret'), undefined);
	assert.deepEqual(bare.all('secret'), []);
	assert.equal(bare.isSet('json'), false);
	assert.equal(bare.integer('secret', { min: 0, max: 1 }), undefined);
});

test('refuses what it does not know, with the option that was probably meant', () => {
	const refusal = (written: readonly string[], message: RegExp): void =>
		assert.throws(
			() => readArguments(written, OPTIONS),
			(error) => error instanceof UsageError && message.test(error.message),
		);
	refusal(['--prot', '1'], /unknown option --prot; did you mean --port\?/);
	refusal(['--completely-different'], /^unknown option --completely-different$/);
	refusal(['-x'], /-x/);
	refusal(['stray'], /stray/);
	refusal(['--port'], /port/);
	refusal(['--json=yes'], /json/);
});

test('names the bounds of a number', () => {
	for (const wrong of ['-1', '101', 'x', '1.5', '']) {
		assert.throws(
			() => readArguments([`--port=${wrong}`], OPTIONS).integer('port', { min: 0, max: 100 }),
			/--port must be a whole number from 0 to 100/,
		);
	}
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { COMMANDS } from '../../src/cli/commands.ts';
import { recado } from './command-process.ts';

suite('recado', { concurrency: 2 }, () => {
	test('without a command, and with --help, lists commands and exit codes', async () => {
		const [bare, asked] = await Promise.all([recado([]), recado(['--help'])]);
		assert.equal(bare.code, 0);
		assert.equal(asked.out, bare.out);
		for (const { name, summary } of COMMANDS) assert(bare.out.includes(name) && bare.out.includes(summary));
		assert.match(bare.out, /exit codes\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}78 /);
	});

	for (const command of COMMANDS) {
		test(`${command.name} --help describes each of its options`, async () => {
			const { code, out, err } = await recado([command.name, '--help']);
			assert.equal(code, 0);
			assert.equal(err, '');
			assert.match(out, new RegExp(`^usage: recado ${command.name} `));
			for (const name of Object.keys(command.options)) assert(out.includes(`--${name}`), name);
			assert(Math.max(...out.split('\n').map((line) => line.length)) <= 140);
		});
	}

	test('--version answers that of the package', async () => {
		assert.deepEqual(await recado(['--version']), { code: 0, out: `${packageJson.version}\n`, err: '' });
	});

	test('an unknown command or option ends with 2 and a hint, and nothing on standard output', async () => {
		const [command, option, value] = await Promise.all([
			recado(['lisetn']),
			recado(['listen', '--prot', '1']),
			recado(['listen', '--port', 'x']),
		]);
		for (const { code, out, err } of [command, option, value]) {
			assert.equal(code, 2);
			assert.equal(out, '');
			assert.match(err, /Try: recado .*--help/);
		}
		assert.match(command.err, /did you mean listen\?/);
		assert.match(option.err, /did you mean --port\?/);
		assert.match(value.err, /--port must be a whole number from 0 to 65535/);
	});

	test('serve refuses to start on any fault, tells all of them, and ends with 78', async () => {
		const { code, out, err } = await recado(['serve'], {
			environment: { RECADO_PORT: 'x', RECADO_ADMIN_TOKEN: 'short-secret', RECADO_DTA: '/tmp' },
		});
		assert.equal(code, 78);
		assert.equal(out, '');
		for (const name of ['RECADO_PORT', 'RECADO_ADMIN_TOKEN', 'RECADO_SECRET_KEY']) assert(err.includes(`  ${name} `), name);
		assert.match(err, /RECADO_DTA is not an option; did you mean RECADO_DATA\?/);
		assert(!err.includes('short-secret'));
	});

	test('send says what is missing, and that nobody answers', async () => {
		const [bare, alone] = await Promise.all([
			recado(['send', '--text', 'x']),
			recado(['send', '--to', '5544999999999', '--text', 'x', '--url', 'http://127.0.0.1:9', '--token', 'x', '--instance', 'ins_1']),
		]);
		assert.equal(bare.code, 2);
		assert.match(bare.err, /--to is missing/);
		assert.equal(alone.code, 1);
		assert.match(alone.err, /http:\/\/127\.0\.0\.1:9 does not answer/);
	});
});

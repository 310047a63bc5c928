import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const MODULE = new URL('./environment.ts', import.meta.url).href;

/** In a process of its own: the environment is the one thing that a test cannot hand in. */
async function environmentOf(variables: Readonly<Record<string, string>>, file?: string): Promise<unknown> {
	const script = `import { readEnvironment } from '${MODULE}'; console.log(JSON.stringify(readEnvironment(${JSON.stringify(file)})))`;
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { ...variables } });
	return JSON.parse(stdout);
}

test('answers our variables and the terminal ones as they stand, nothing else', async () => {
	const environment = await environmentOf({ RECADO_PORT: ' 1 ', RECADO_PROT: '', NO_COLOR: '1', HOME: '/root', OTHER_SECRET: 'x' });
	assert.deepEqual(environment, { RECADO_PORT: ' 1 ', RECADO_PROT: '', NO_COLOR: '1' });
});

test('takes from a file what the process was not given', async (t) => {
	const folder = await mkdtemp(join(tmpdir(), 'recado-environment-'));
	t.after(() => rm(folder, { recursive: true }));
	const file = join(folder, '.env');
	await writeFile(file, '# a comment\nRECADO_PORT=1\nRECADO_HOST="::"\nHOME=/elsewhere\n');
	assert.deepEqual(await environmentOf({ RECADO_PORT: '2' }, file), { RECADO_PORT: '2', RECADO_HOST: '::' });
});

/**
 * Nothing happens at import: a process that loads every module of `src` prints nothing and ends by itself, so no timer or socket is left behind.
 * It also makes coverage honest, which sees only what some test has loaded. The command (`src/cli/main.ts`) is run by its own tests.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const COMMAND = join('src', 'cli', 'main.ts');
const DEADLINE_MS = 60_000;

it('importing any module does nothing', () => {
	const files = globSync('src/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts') && file !== COMMAND);
	assert.ok(files.length > 50, `${files.length} modules`);
	const script = files.map((file) => `import ${JSON.stringify(`./${file.replaceAll('\\', '/')}`)};`).join('\n');
	const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, encoding: 'utf8', timeout: DEADLINE_MS });
	assert.deepEqual({ status: run.status, printed: run.stdout, warned: run.stderr }, { status: 0, printed: '', warned: '' });
});

/**
 * Makes `npm start` enough alone in a fresh clone: builds the console where it is missing or was built from other sources. Plain JavaScript, because it
 * runs on whatever Node.js the machine has.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** A hash of what it was built from and with. */
const stamp = join(root, 'console/dist/.built-from');
const DIRECTORIES = ['console/src', 'console/public'];
const FILES = [
	'console/index.html',
	'console/vite.config.ts',
	'console/mantine-styles.ts',
	'package-lock.json',
	'scripts/build-console.ts',
];

const sources = hashOfSources();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
	process.stdout.write('recado: building the console, once\n');
	const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const { status } = spawnSync(node, [join(root, 'scripts', 'build-console.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
	if (status !== 0) process.exit(status ?? 1);
	writeFileSync(stamp, sources);
}

function hashOfSources() {
	const hash = createHash('sha256');
	for (const file of [...DIRECTORIES.flatMap(filesIn), ...FILES]) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
	return hash.digest('hex');
}

function filesIn(directory) {
	return readdirSync(join(root, directory), { recursive: true })
		.map((name) => `${directory}/${name.split('\\').join('/')}`)
		.filter((name) => /\.\w+$/.test(name))
		.sort();
}

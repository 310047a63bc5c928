/**
 * Makes `npm start` and `npm test` enough alone in a fresh clone: runs `npm ci` where node_modules is missing or is not what package-lock.json
 * says. Plain JavaScript, because it runs on whatever Node.js the machine has; what follows runs on the one of the `node` package,
 * which npm finds first on the PATH of its scripts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const nodeBinary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (!isInstalled()) {
	process.stdout.write('recado: installing dependencies (npm ci), once\n');
	const status = install();
	if (status !== 0) process.exit(status);
}
if (!existsSync(nodeBinary)) {
	process.stderr.write(
		'recado: the Node.js that the project brings along is not there. Its npm package unpacks it with an install script:\n' +
			'allow it (npm config get ignore-scripts must be false) and run `npm ci` again.\n',
	);
	process.exit(1);
}

/** Whether npm's own record of what it installed agrees with the lockfile, package by package. */
function isInstalled() {
	const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
	const wanted = readPackages(join(root, 'package-lock.json'));
	if (!installed || !wanted) return false;
	for (const [path, entry] of Object.entries(wanted)) {
		// The project itself; a workspace's link; a package for another platform, which npm leaves out.
		if (path === '' || entry.link || (entry.optional && !installed[path])) continue;
		if (installed[path]?.version !== entry.version || installed[path]?.integrity !== entry.integrity) return false;
	}
	return true;
}

function readPackages(file) {
	if (!existsSync(file)) return undefined;
	return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** The npm that runs this script, where one does: no shell, the same on each system. `error`: no warning about the machine's older Node.js. */
function install() {
	const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
	const words = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
	const npm = process.env.npm_execpath;
	const run = npm?.endsWith('.js')
		? spawnSync(process.execPath, [npm, ...words], options)
		: spawnSync('npm', words, { ...options, shell: process.platform === 'win32' });
	return run.status ?? 1;
}

/**
 * Builds the console into console/dist, with each file also as Brotli and gzip: the gateway sends what is there and compresses nothing itself. Whoever
 * starts the gateway from the sources builds it first (`scripts/build-console-if-needed.mjs`).
 */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

/** What is compressed already gains nothing. */
const COMPRESSED = /\.(js|css|svg|html|json)$/;
/** Below this an encoded file saves no packet. */
const BYTES_MIN = 1_024;

const root = join(import.meta.dirname, '..');
const dist = join(root, 'console/dist');
/** Built beside, and put in its place as a whole: a gateway may start meanwhile. */
const next = join(root, 'console/dist.new');

await build({ configFile: join(root, 'console/vite.config.ts'), logLevel: 'warn', build: { outDir: next } });
for (const file of await readdir(next, { recursive: true, withFileTypes: true })) {
	if (file.isFile() && COMPRESSED.test(file.name)) await compress(join(file.parentPath, file.name));
}
await rm(dist, { recursive: true, force: true });
await rename(next, dist);

async function compress(path: string): Promise<void> {
	const bytes = await readFile(path);
	// The page gets a nonce each time it is served.
	if (bytes.length < BYTES_MIN || path.endsWith('index.html')) return;
	const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
	await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, options));
	await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }));
}

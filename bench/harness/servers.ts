/** Servers and programs of others, started without root: nginx, Redis, PostgreSQL, git, npm. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** As root, servers of others run as this user (`nobody`), for PostgreSQL refuses to run as root. */
export const NOBODY = 65_534;
const STOP_MS = 10_000;
/** Characters of what a server said, for a message of what went wrong. */
const SAID_KEPT = 4_000;
const POSTGRES_HOMES = '/usr/lib/postgresql';

/** A server of others: ends with SIGTERM, then SIGKILL. */
export class Server implements AsyncDisposable {
	readonly #process: ChildProcess;
	#said = '';

	constructor(command: string, args: readonly string[]) {
		this.#process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...asNobody() });
		for (const stream of [this.#process.stdout, this.#process.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.#said = `${this.#said}${text}`.slice(-SAID_KEPT);
			});
		}
		// Also where the run is broken off.
		const end = (): void => void this.#process.kill('SIGTERM');
		process.once('exit', end);
		this.#process.once('exit', () => process.off('exit', end));
	}

	/** Waits until `isThere` does not reject. */
	async until(isThere: () => Promise<unknown>, timeoutMs: number): Promise<void> {
		for (const giveUpAt = Date.now() + timeoutMs; ; await pause(20)) {
			if (this.#process.exitCode !== null) throw new Error(`a server ended with ${this.#process.exitCode}: ${this.#said}`);
			try {
				await isThere();
				return;
			} catch (error) {
				if (Date.now() > giveUpAt) throw new Error(`a server did not come up: ${this.#said}`, { cause: error });
			}
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
		const exit = once(this.#process, 'exit');
		this.#process.kill('SIGTERM');
		const late = pause(STOP_MS, undefined, { ref: false }).then(() => this.#process.kill('SIGKILL'));
		await Promise.race([exit, late.then(() => exit)]);
	}
}

/** Runs a command to its end; rejects with what it said where it fails. */
export async function runOnce(
	command: string,
	args: readonly string[],
	options: { readonly cwd?: string; readonly isOurs?: boolean } = {},
): Promise<string> {
	const { cwd = '/', isOurs = false } = options;
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd, ...(isOurs ? {} : asNobody()) });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			said += text;
		});
	}
	const [code] = (await once(child, 'exit')) as [number | null];
	if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.slice(-SAID_KEPT)}`);
	return said.trim();
}

/** The path of a program, from PATH and where systems put servers; undefined where it is not installed. */
export async function findProgram(name: string): Promise<string | undefined> {
	const versions = await readdir(POSTGRES_HOMES).catch(() => []);
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(POSTGRES_HOMES, version, 'bin'));
	const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', ...newestFirst];
	return directories.map((directory) => join(directory, name)).find(isExecutable);
}

export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise<void>((resolve) => server.close(() => resolve()));
	return port;
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

export function isRoot(): boolean {
	return process.getuid?.() === 0;
}

function asNobody(): { readonly uid?: number; readonly gid?: number } {
	return isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
}

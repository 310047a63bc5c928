/** The doctor's checks of where the embedded store lives: the directory, the disk and the files themselves. */
import { randomUUID } from 'node:crypto';
import { access, constants, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { type Check, directoryOf, type Finding } from './doctor-finding.ts';
import { codeOf } from './port-taken.ts';

const MIB = 1_048_576;
const FREE_MIB_FAIL = 100;
const FREE_MIB_WARN = 1_024;

/** From here on the write of a group of commits blocks the event loop noticeably. */
const FSYNC_MS_WARN = 5;
const FSYNC_SAMPLES = 15;
/** A page of SQLite. */
const FSYNC_BYTES = 4_096;

export const checkDirectory: Check = async (environment) => {
	const path = directoryOf(environment);
	const found = await stat(path).catch(() => undefined);
	if (found && !found.isDirectory())
		return [{ state: 'fail', ...about(path, 'is not a directory'), advice: 'set RECADO_DATA to a directory' }];
	const parent = found ? path : await nearestDirectory(path);
	const isWritable = await access(parent, constants.W_OK | constants.X_OK).then(
		() => true,
		() => false,
	);
	if (!isWritable) {
		const advice = `let this user write there, or set RECADO_DATA to another directory`;
		return [{ state: 'fail', ...about(parent, 'cannot be written to'), advice }];
	}
	if (!found) return [{ state: 'ok', ...about(path, 'is not there yet; the first start makes it') }];
	if ((found.mode & 0o077) !== 0) {
		const mode = (found.mode & 0o777).toString(8);
		return [{ state: 'warn', ...about(path, `can be looked into by other users (mode ${mode})`), advice: `chmod 700 ${path}` }];
	}
	return [{ state: 'ok', ...about(path, 'is there, writable, for this user alone') }];
};

function about(path: string, words: string): { readonly about: string; readonly detail: string } {
	return { about: 'data directory', detail: `${path} ${words}` };
}

/** The closest directory above that exists. */
async function nearestDirectory(path: string): Promise<string> {
	const parent = dirname(path);
	const found = await stat(parent).catch(() => undefined);
	return found || parent === path ? parent : nearestDirectory(parent);
}

export const checkDisk: Check = async (environment) => {
	const path = directoryOf(environment);
	const directory = (await stat(path).catch(() => undefined))?.isDirectory() ? path : await nearestDirectory(path);
	return [await freeSpace(directory), await fsyncTime(directory)];
};

async function freeSpace(directory: string): Promise<Finding> {
	const { bavail, bsize } = await statfs(directory);
	const mib = Math.floor((bavail * bsize) / MIB);
	const state = mib < FREE_MIB_FAIL ? 'fail' : mib < FREE_MIB_WARN ? 'warn' : 'ok';
	const detail = `${mib} MiB are free at ${directory}`;
	return {
		state,
		about: 'disk space',
		detail,
		...(state === 'ok' ? {} : { advice: 'free some: when the disk is full, nothing is accepted any more' }),
	};
}

/** Each group of commits waits for one fsync, so this is the floor under every answer. */
async function fsyncTime(directory: string): Promise<Finding> {
	const path = join(directory, `.recado-doctor-${randomUUID()}`);
	try {
		const file = await open(path, 'wx', 0o600);
		const samples: number[] = [];
		try {
			for (let sample = 0; sample < FSYNC_SAMPLES; sample += 1) {
				await file.write(Buffer.alloc(FSYNC_BYTES, sample));
				const before = performance.now();
				await file.sync();
				samples.push(performance.now() - before);
			}
		} finally {
			await file.close();
			await rm(path, { force: true });
		}
		const median = samples.toSorted((a, b) => a - b)[Math.floor(FSYNC_SAMPLES / 2)] ?? 0;
		const detail = `writing a page through to the disk takes ${median.toFixed(2)} ms`;
		if (median <= FSYNC_MS_WARN) return { state: 'ok', about: 'disk speed', detail };
		return {
			state: 'warn',
			about: 'disk speed',
			detail,
			advice: 'keep RECADO_DATA on a local disk with a fast fsync, not on a network share',
		};
	} catch (error) {
		return {
			state: 'fail',
			about: 'disk speed',
			detail: `nothing can be written at ${directory} (${codeOf(error) ?? 'unknown reason'})`,
			advice: 'see the data directory above',
		};
	}
}

/** Reads only, so it may run beside a gateway that is at work. */
export const checkStorage: Check = async (environment) => {
	const directory = directoryOf(environment);
	const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.db') || name.endsWith('.sqlite'));
	if (names.length === 0) return [{ state: 'ok', about: 'storage', detail: 'is empty; the first start lays it out' }];
	return names.map((name) => openAndCheck(join(directory, name)));
};

function openAndCheck(path: string): Finding {
	const advice = 'stop the gateway, keep a copy of the directory, and restore the last backup; do not delete the -wal file';
	try {
		using database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
		const faults = database
			.prepare('PRAGMA quick_check(5)')
			.all()
			.map((row) => String(Object.values(row)[0]));
		if (faults.length === 1 && faults[0] === 'ok') return { state: 'ok', about: 'storage', detail: `${path} opens and is sound` };
		return { state: 'fail', about: 'storage', detail: `${path} is damaged: ${faults.join('; ')}`, advice };
	} catch (error) {
		return {
			state: 'fail',
			about: 'storage',
			detail: `${path} does not open: ${error instanceof Error ? error.message : String(error)}`,
			advice,
		};
	}
}

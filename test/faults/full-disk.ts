/**
 * A disk without room: a small file system that is filled up, and, where nothing may be mounted, a limit on the size of files, which fails
 * writes in another way. What cannot be stored is answered 503 and not acknowledged; with room again, everything goes on by itself.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testedStore } from '../support/open-store.ts';
import { becomes } from '../support/waiting.ts';
import { Rig } from './rig.ts';
import { type Context, type Line, rounds, type Scenario, skippedLine } from './scenario.ts';

const DISK_MIB = 24;
const WITHIN_MS = 60_000;
/** So many refusals are seen before there is room again, and so many acceptances after that. */
const SEEN = 30;
const OF_THE_SERVER = "the disk is the database server's";

export const FULL_DISK: readonly Scenario[] = [
	{
		name: 'full-disk',
		promise:
			'While the disk is full, messages are answered 503 with Retry-After and none is acknowledged; with room again it goes on by itself.',
		run: fillDisk,
	},
	{
		name: 'file-limit',
		promise: 'The same where writes fail because files may not grow.',
		run: limitFiles,
	},
];

interface Shortage {
	begin(): void;
	end(): void;
}

async function fillDisk(context: Context): Promise<readonly Line[]> {
	const fault = 'disk full';
	if (testedStore() !== 'sqlite') return [skippedLine(fault, OF_THE_SERVER)];
	using disk = mountDisk();
	if (!disk) return [skippedLine(fault, 'a file system can be mounted by root alone')];
	await using rig = await Rig.open({ dataDirectory: join(disk.directory, 'data') });
	const ballast = join(disk.directory, 'ballast');
	return [await runShort(rig, fault, context, { begin: () => fill(ballast), end: () => rmSync(ballast) })];
}

async function limitFiles(context: Context): Promise<readonly Line[]> {
	const fault = 'files may not grow';
	if (testedStore() !== 'sqlite') return [skippedLine(fault, OF_THE_SERVER)];
	if (!canRun('prlimit', ['--version'])) return [skippedLine(fault, 'there is no prlimit here')];
	await using rig = await Rig.open();
	const limit = (size: string): void => run('prlimit', ['--pid', String(rig.gateway.pid), `--fsize=${size}:`]);
	return [await runShort(rig, fault, context, { begin: () => limit('4096'), end: () => limit('unlimited') })];
}

async function runShort(rig: Rig, fault: string, context: Context, shortage: Shortage): Promise<Line> {
	const count = rounds(context, { quick: 1, whole: 5 });
	await rig.ownWebhook();
	const { customers, gateway } = rig;
	const enough = new AbortController();
	const faults: string[] = [];
	const expect = async (isTrue: () => boolean | Promise<boolean>, words: string): Promise<void> => {
		if (!(await becomes(isTrue, WITHIN_MS))) faults.push(words);
	};
	const answers = async (path: string, status: number): Promise<boolean> => (await gateway.request('GET', path)).status === status;
	const writing = customers.write({ until: enough.signal });
	for (let round = 0; round < count; round += 1) {
		const { refusals } = customers;
		shortage.begin();
		await expect(() => customers.refusals >= refusals + SEEN, 'messages are not refused though there is no room');
		await expect(() => answers('/ready', 503), 'it says that it is ready while there is no room');
		await expect(() => answers('/health', 200), 'it does not answer that it is alive');
		const { accepted } = customers;
		shortage.end();
		await expect(() => customers.accepted >= accepted + SEEN, 'it does not go on when there is room again');
		await expect(() => answers('/ready', 200), 'it is not ready when there is room again');
	}
	enough.abort();
	await writing;
	return rig.line(fault, count, [...faults, ...(await rig.close())]);
}

/** Undefined where this process may not mount anything. */
function mountDisk(): ({ readonly directory: string } & Disposable) | undefined {
	const directory = mkdtempSync(join(tmpdir(), 'recado-disk-'));
	const remove = (): void => rmSync(directory, { recursive: true, force: true });
	if (!canRun('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', directory])) {
		remove();
		return undefined;
	}
	return {
		directory,
		[Symbol.dispose]() {
			// Lazily: whatever still has a file open there keeps it until it is gone.
			run('umount', ['--lazy', directory]);
			remove();
		},
	};
}

/** To the last page. */
function fill(file: string): void {
	const descriptor = openSync(file, 'w');
	try {
		for (const size of [1_048_576, 4_096]) writeUntilFull(descriptor, Buffer.alloc(size));
	} finally {
		closeSync(descriptor);
	}
}

function writeUntilFull(descriptor: number, piece: Buffer): void {
	for (;;) {
		try {
			writeSync(descriptor, piece);
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
			throw error;
		}
	}
}

function canRun(command: string, args: readonly string[]): boolean {
	try {
		run(command, args);
		return true;
	} catch {
		return false;
	}
}

/** Tools of the system, which are there or not. */
function run(command: string, args: readonly string[]): void {
	execFileSync(command, args, { stdio: 'ignore' });
}

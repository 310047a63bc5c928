/** How much memory a process has (Linux). */
import { readFile } from 'node:fs/promises';

/** `resident` now, `peak` since its start; undefined on other systems. */
export async function residentMiB(pid: number): Promise<{ readonly resident: number; readonly peak: number } | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
	if (status === undefined) return undefined;
	const read = (name: string): number => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) / 1_024);
	return { resident: read('VmRSS'), peak: read('VmHWM') };
}

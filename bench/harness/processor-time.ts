/** How much of a processor a process has used (Linux). */
import { readFile } from 'node:fs/promises';

/** What the kernel counts in: USER_HZ, 100 on every system that Node.js runs on. */
const TICK_MS = 10;

/** Milliseconds of all its threads since its start, in user and kernel mode; undefined on other systems. */
export async function processorMs(pid: number): Promise<number | undefined> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	if (stat === undefined) return undefined;
	// Its name may have spaces and brackets in it; what follows is the state, the third field of proc_pid_stat(5).
	const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

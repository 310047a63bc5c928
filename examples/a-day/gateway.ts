/**
 * The gateway that the day is played on: one that runs already, or a new one, started as `npm start` starts it and gone with everything it kept when the
 * day is over. Either way it is known by its address and the administrator's token, and by nothing else.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Gateway extends AsyncDisposable {
	readonly address: string;
	readonly adminToken: string;
	/** The directory of the authority whose certificates it trusts: `ca.pem` and its key. */
	readonly authority: string;
}

const RECADO = join(import.meta.dirname, '../../src/cli/main.ts');

export function runningGateway(gateway: Omit<Gateway, typeof Symbol.asyncDispose>): Gateway {
	return { ...gateway, [Symbol.asyncDispose]: async () => {} };
}

/** `recado dev` in a process and a directory of its own. Throws where it ends before it is ready. */
export async function newGateway(): Promise<Gateway> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-day-'));
	const child = spawn(process.execPath, [RECADO, 'dev', '--json', '--port', '0', '--data', directory], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const exit = once(child, 'exit');
	const stop = async (): Promise<void> => {
		child.kill('SIGTERM');
		await exit;
		await rm(directory, { recursive: true, force: true });
	};
	// Read to its end, or the gateway would wait for somebody to read what it prints.
	const lines = createInterface({ input: child.stdout });
	const ready = new Promise<Ready>((resolve, reject) => {
		lines.on('line', (line) => {
			const told = JSON.parse(line) as Ready;
			if (told.event === 'ready') resolve(told);
		});
		exit.then(() => reject(new Error('The gateway ended before it was ready')), reject);
	});
	try {
		const { gateway, adminToken } = await ready;
		return { address: gateway, adminToken, authority: directory, [Symbol.asyncDispose]: stop };
	} catch (error) {
		await rm(directory, { recursive: true, force: true });
		throw error;
	}
}

/** The line of `recado dev --json` that says that it is there. */
interface Ready {
	readonly event: string;
	readonly gateway: string;
	readonly adminToken: string;
}

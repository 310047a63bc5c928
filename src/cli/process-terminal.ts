/** The terminal of this process. */
import type { Environment } from '../config/environment.ts';
import type { Terminal } from './command.ts';
import { EXIT } from './exit-code.ts';
import { paintFor } from './paint.ts';

export function processTerminal(environment: Environment): Terminal {
	return {
		environment,
		paint: paintFor(process.stdout, environment),
		print: (line) => void process.stdout.write(`${line}\n`),
		warn: (line) => void process.stderr.write(`${line}\n`),
		stopAsked,
	};
}

/** npm passes Ctrl-C on to a process that the terminal has told already: what comes this soon is the same wish. */
const SAME_WISH_MS = 1_000;

/** A second signal while the first one is being obeyed ends the process at once. */
function stopAsked(): Promise<void> {
	return new Promise((resolve) => {
		let askedAt: number | undefined;
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.on(signal, () => {
				const now = performance.now();
				if (askedAt !== undefined && now - askedAt > SAME_WISH_MS) process.exit(EXIT.failed);
				askedAt ??= now;
				resolve();
			});
		}
	});
}

/** Runs the `recado` command in a process of its own, as a person or a script does, and waits for what it says or for its end. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

export interface CommandWish {
	readonly environment?: Readonly<Record<string, string>>;
	readonly directory?: string;
}

export interface CommandEnd {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

export class CommandProcess implements AsyncDisposable {
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #lines: string[] = [];
	readonly #waiting = new Set<() => void>();
	readonly #ended: Promise<CommandEnd>;
	#isOver = false;

	constructor(args: readonly string[], { environment = {}, directory = process.cwd() }: CommandWish = {}) {
		this.#child = spawn(process.execPath, [MAIN, ...args], { cwd: directory, env: { PATH: process.env['PATH'], ...environment } });
		let out = '';
		let err = '';
		this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
		});
		this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
			err += text;
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			createInterface({ input: stream }).on('line', (line) => {
				this.#lines.push(line);
				for (const look of this.#waiting) look();
			});
		}
		this.#ended = once(this.#child, 'close').then(([code]) => {
			this.#isOver = true;
			for (const look of this.#waiting) look();
			return { code: typeof code === 'number' ? code : null, out, err };
		});
	}

	get lines(): readonly string[] {
		return this.#lines;
	}

	/** The first line of either stream that matches, now or later; rejects with what was said where the process ends without it. */
	line(pattern: RegExp): Promise<string> {
		return this.until(() => this.#lines.find((line) => pattern.test(line)), String(pattern));
	}

	/** What `look` answers, as soon as it is something; it is asked again after each line. */
	until<T>(look: () => T | undefined, what: string): Promise<T> {
		return new Promise((resolve, reject) => {
			const ask = (): void => {
				const found = look();
				if (found === undefined && !this.#isOver) return;
				this.#waiting.delete(ask);
				if (found === undefined) reject(new Error(`ended without ${what}:\n${this.#lines.join('\n')}`));
				else resolve(found);
			};
			this.#waiting.add(ask);
			ask();
		});
	}

	end(): Promise<CommandEnd> {
		return this.#ended;
	}

	signal(name: NodeJS.Signals): void {
		this.#child.kill(name);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.#ended;
	}
}

/** Runs it to its end. */
export async function recado(args: readonly string[], wish?: CommandWish): Promise<CommandEnd> {
	await using process = new CommandProcess(args, wish);
	return await process.end();
}

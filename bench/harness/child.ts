/**
 * A process of the benchmark's own: started with `fork`, asked by messages one at a time, ended by closing the channel to it. Everything that
 * is measured (gateway, receiver, generator, peers) runs in one, so that none waits for another's event loop.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** From the closing of the channel; then it is killed. */
const STOP_MS = 20_000;

export interface ChildOptions {
	readonly heapMiB?: number;
}

export class Child implements AsyncDisposable {
	readonly #process: ChildProcess;

	constructor(file: string, { heapMiB }: ChildOptions = {}) {
		const execArgv = heapMiB === undefined ? [] : [`--max-old-space-size=${heapMiB}`];
		this.#process = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv });
	}

	get pid(): number {
		return this.#process.pid ?? 0;
	}

	/** Sends an order and answers the next message. Rejects where the process ends instead, or tells of an error. */
	async ask<T>(order: object): Promise<T> {
		const child = this.#process;
		const ended = new AbortController();
		const message = once(child, 'message', { signal: ended.signal });
		const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
			throw new Error(`a process of the benchmark ended with ${code}`);
		});
		try {
			child.send(order);
			const [told] = (await Promise.race([message, exit])) as [T | { readonly error: string }];
			if (typeof told === 'object' && told !== null && 'error' in told) throw new Error(told.error);
			return told as T;
		} finally {
			ended.abort();
			message.catch(() => {});
			exit.catch(() => {});
		}
	}

	/** As `kill -9` does. */
	async kill(): Promise<void> {
		if (this.#hasEnded) return;
		const exit = once(this.#process, 'exit');
		this.#process.kill('SIGKILL');
		await exit;
	}

	/** Safe when called twice. */
	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#hasEnded) return;
		const exit = once(this.#process, 'exit');
		if (this.#process.connected) this.#process.disconnect();
		const late = pause(STOP_MS, undefined, { ref: false }).then(() => this.#process.kill('SIGKILL'));
		await Promise.race([exit, late.then(() => exit)]);
	}

	get #hasEnded(): boolean {
		return this.#process.exitCode !== null || this.#process.signalCode !== null;
	}
}

/** The other side, in the process: answers each order with what `work` makes of it, and ends when nobody asks any more. */
export function answerOrders<Order>(work: (order: Order) => Promise<object>, end: () => Promise<void> = async () => {}): void {
	process.on('message', (order: Order) => {
		work(order).then(
			(answer) => process.send?.(answer),
			(error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
		);
	});
	process.on('disconnect', () => void end().finally(() => process.exit()));
}

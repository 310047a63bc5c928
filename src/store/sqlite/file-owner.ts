/**
 * One process owns a store's file. A second one would make ready again what the first is sending, and neither would hear of the other's
 * webhooks. The lock is one of the operating system's, on a file beside the store: it ends with the process, however that ends.
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { RecadoError } from '../../errors.ts';

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

export class FileOwner implements Disposable {
	readonly #file: string;
	#lock: DatabaseSync | undefined;

	constructor(file: string) {
		this.#file = `${file}-owner`;
	}

	/** Throws `store_in_use` where another process, or another store of this one, has it. */
	claim(): void {
		if (this.#lock) return;
		closeSync(openSync(this.#file, 'a', 0o600));
		const lock = new DatabaseSync(this.#file, { timeout: 0 });
		try {
			lock.exec('BEGIN EXCLUSIVE');
		} catch (cause) {
			lock.close();
			throw isBusy(cause) ? new RecadoError('store_in_use', { cause }) : cause;
		}
		this.#lock = lock;
	}

	/** Safe when called twice or before `claim`. */
	[Symbol.dispose](): void {
		this.#lock?.close();
		this.#lock = undefined;
	}
}

function isBusy(error: unknown): boolean {
	return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

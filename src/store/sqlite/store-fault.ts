/**
 * Tells what fails because the store cannot work now (a full disk, a lock, a broken disk) from what fails because of the one operation:
 * the first concerns everybody in the group and may pass, the second only who asked.
 */
import { RecadoError } from '../../errors.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html. */
const FAULTS_OF_THE_STORE: ReadonlySet<number> = new Set([
	5, // BUSY
	6, // LOCKED
	7, // NOMEM
	8, // READONLY
	10, // IOERR
	11, // CORRUPT
	13, // FULL
	14, // CANTOPEN
	15, // PROTOCOL
	26, // NOTADB
]);

/** How soon asking again makes sense: a lock is gone by then, a disk may have room again. */
const RETRY_AFTER_SECONDS = 5;

export function storeUnavailable(cause: unknown): RecadoError {
	return new RecadoError('store_unavailable', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/** What SQLite throws, as `store_unavailable` where that is what it means. */
export function faultOrSame(error: unknown): unknown {
	if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
	// The low byte is the primary code; the rest says more about it.
	return FAULTS_OF_THE_STORE.has(error.errcode & 0xff) ? storeUnavailable(error) : error;
}

export function isStoreUnavailable(error: unknown): error is RecadoError {
	return error instanceof RecadoError && error.code === 'store_unavailable';
}

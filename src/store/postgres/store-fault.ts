/**
 * Tells what fails because the database cannot work now (gone, full, out of connections, in recovery) from what fails because of the one
 * operation. The first concerns everybody and may pass; the second only who asked.
 */
import pg from 'pg';
import { RecadoError } from '../../errors.ts';

/** How soon asking again makes sense: a database that restarts is back by then. */
const RETRY_AFTER_SECONDS = 5;

/**
 * By the first two characters of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, authorisation, no such
 * database, resources, operator intervention, system error, configuration, internal.
 */
const FAULT_CLASSES: ReadonlySet<string> = new Set(['08', '28', '3D', '53', '57', '58', 'F0', 'XX']);

/** The session takes no writes. */
const READ_ONLY = '25006';

/** Besides: a lock that was not given in time. */
const FAULT_CODES: ReadonlySet<string> = new Set([READ_ONLY, '55P03']);

/** Out of shared memory: so many locks do not fit, fewer may. */
const TOO_MUCH = '53200';

/** Two transactions waited for each other, or could not be put in a row: the same again succeeds. */
const AGAIN_CODES: ReadonlySet<string> = new Set(['40001', '40P01']);

/** What statements of ours raise where a precondition does not hold; the message says which. In no class of PostgreSQL's own. */
const REFUSED = 'RC409';

/** What a unique index refuses where a row is changed, and not inserted. */
const UNIQUE_VIOLATION = '23505';

/** What they raise where this process is no member any more: its lease ended and somebody took over. */
export const LEASE_LOST = 'RC410';

export function storeUnavailable(cause: unknown): RecadoError {
	return new RecadoError('store_unavailable', { cause, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/** What `pg` throws, as `store_unavailable` where that is what it means. Whatever has no SQLSTATE is of the connection. */
export function faultOrSame(error: unknown): unknown {
	if (error instanceof RecadoError) return error;
	const code = sqlStateOf(error);
	if (code === undefined) return storeUnavailable(error);
	return FAULT_CLASSES.has(code.slice(0, 2)) || FAULT_CODES.has(code) ? storeUnavailable(error) : error;
}

/** A transaction was sent with its COMMIT, and the server said nothing of it: it happened, or did not, or will yet. */
export class Unanswered extends Error {}

export function isUnanswered(error: unknown): boolean {
	return error instanceof RecadoError && error.cause instanceof Unanswered;
}

/** Whether the server itself said that a statement failed, and with it the transaction. What a pooler says of a connection is of class 08. */
export function isRefusedByServer(error: unknown): boolean {
	const code = sqlStateOf(error instanceof RecadoError ? error.cause : error);
	return code !== undefined && !code.startsWith('08');
}

export function sqlStateOf(error: unknown): string | undefined {
	return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The word of the precondition that did not hold; undefined where it was something else. */
export function refusalOf(error: unknown): string | undefined {
	const code = sqlStateOf(error);
	if (code === UNIQUE_VIOLATION) return 'exists';
	return code === REFUSED && error instanceof Error ? error.message : undefined;
}

export function isAgain(error: unknown): boolean {
	const code = sqlStateOf(error);
	return code !== undefined && AGAIN_CODES.has(code);
}

/** Whoever takes writes, after a failover or a limit that was lifted, is found by a new connection: this one may never do so again. */
export function isReadOnly(error: unknown): boolean {
	return sqlStateOf(error) === READ_ONLY;
}

/** Nothing is wrong with the database: it was asked for more in one transaction than it has room for. */
export function isTooMuch(error: unknown): boolean {
	return isStoreUnavailable(error) && sqlStateOf(error.cause) === TOO_MUCH;
}

export function isStoreUnavailable(error: unknown): error is RecadoError {
	return error instanceof RecadoError && error.code === 'store_unavailable';
}

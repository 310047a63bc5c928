/** What to tell a person about a failure that the gateway has words for: no stack, which would only hide them. */
import { RecadoError } from '../errors.ts';

/** Undefined for a fault of ours: its stack is what helps then. */
export function expectedFailure(error: unknown): string | undefined {
	if (!(error instanceof RecadoError) || error.code === 'internal') return undefined;
	return error.cause === undefined ? error.message : `${error.message} (${reasonOf(error)})`;
}

/** Why it failed, as whoever noticed it first said: the file system, the database, TLS. A host with several addresses that all refuse has no words of its own. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error instanceof RecadoError && error.cause !== undefined) return reasonOf(error.cause);
	if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
	return error.message;
}

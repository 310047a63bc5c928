/** What to tell a person about a failure that the gateway has words for: no stack, which would only hide them. */
import { RecadoError } from '../errors.ts';

/** Undefined for a fault of ours: its stack is what helps then. */
export function expectedFailure(error: unknown): string | undefined {
	return error instanceof RecadoError && error.code !== 'internal' ? error.message : undefined;
}

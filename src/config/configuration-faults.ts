/** What is wrong with a configuration, for whoever shows it to a person: the command line knows configurations, not the error catalogue. */
import { RecadoError, tellFault } from '../errors.ts';

const OTHER_KEY =
	'RECADO_SECRET_KEY is not the key that the secrets in RECADO_DATA were encrypted with; set that one, or set it as RECADO_SECRET_KEY_PREVIOUS beside a new one';

/** One sentence each, `RECADO_PORT must be …`; undefined where the error is about something else. */
export function configurationFaults(error: unknown): readonly string[] | undefined {
	if (!(error instanceof RecadoError)) return undefined;
	if (error.code === 'configuration') return error.faults.map((fault) => tellFault(fault, 'en'));
	// Read well, and yet not the key that this store was written with.
	return error.code === 'secret_unreadable' ? [OTHER_KEY] : undefined;
}

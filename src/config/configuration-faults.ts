/** What is wrong with a configuration, for whoever shows it to a person: the command line knows configurations, not the error catalogue. */
import { RecadoError, tellFault } from '../errors.ts';

/** One sentence each, `RECADO_PORT must be …`; undefined where the error is about something else. */
export function configurationFaults(error: unknown): readonly string[] | undefined {
	if (!(error instanceof RecadoError) || error.code !== 'configuration') return undefined;
	return error.faults.map((fault) => tellFault(fault, 'en'));
}

/** What the command tells a script by its exit code; documented in `recado --help`. */

export const EXIT: { readonly ok: 0; readonly failed: 1; readonly usage: 2; readonly configuration: 78 } = {
	ok: 0,
	/** What was asked for did not work. */
	failed: 1,
	/** The command line makes no sense. */
	usage: 2,
	/** EX_CONFIG of sysexits.h, so that a supervisor can tell it from a crash and does not restart in a loop. */
	configuration: 78,
};

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

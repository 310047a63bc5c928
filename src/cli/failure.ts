/** The two ways in which a subcommand ends early on purpose. */

/** The command line asks for something that is not there. Shown with a hint to the help; exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** What was asked for did not work, for a reason that a person can act on. Shown without a stack; exit code 1. */
export class CommandFailure extends Error {
	override readonly name = 'CommandFailure';
}

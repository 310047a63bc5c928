/** Why a server could not listen, in words that say what to do. */

export interface ListenAttempt {
	readonly host: string;
	readonly port: number;
	/** How to choose another port: the option or the variable. */
	readonly option: string;
}

export function failureToListen(error: unknown, attempt: ListenAttempt): string {
	const where = `${attempt.host} port ${attempt.port}`;
	const code = codeOf(error);
	if (code === 'EADDRINUSE')
		return `${where} is taken by another program; choose another port with ${attempt.option}, or 0 for any free one`;
	if (code === 'EACCES') return `this user may not listen on ${where}; choose a port above 1023 with ${attempt.option}`;
	if (code === 'EADDRNOTAVAIL') return `this machine has no address ${attempt.host}`;
	return `cannot listen on ${where}: ${error instanceof Error ? error.message : String(error)}`;
}

/** The system's code of an error, wherever it stands in the chain of causes. */
export function codeOf(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	return 'code' in error && typeof error.code === 'string' && error.code.startsWith('E') ? error.code : codeOf(error.cause);
}

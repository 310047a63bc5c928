/**
 * The log: JSON lines on standard output, by pino. Tokens, secrets and credentials are cut out here, so that a careless caller cannot leak
 * one; addresses with tokens in their path are the callers' to leave out (they log the route instead).
 */
import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Pino's own, and `silent`. */
export type LogLevel = LevelWithSilent;

export interface LoggerOptions {
	readonly level: LogLevel;
	/** Standard output if undefined. */
	readonly destination?: DestinationStream;
}

/** Keys whose values never reach a log, at the top of a line and up to two levels below it. */
const SECRET_KEYS: readonly string[] = [
	'authorization',
	'Authorization',
	'cookie',
	'"client-token"',
	'clientToken',
	'token',
	'tokens',
	'secret',
	'secrets',
	'password',
	'secretKey',
	'adminToken',
];

export function createLogger(options: LoggerOptions): Logger {
	return pino(
		{
			level: options.level,
			base: null,
			messageKey: 'event',
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			redact: { paths: SECRET_KEYS.flatMap(pathsOf), censor: '[secret]' },
		},
		options.destination ?? pino.destination({ dest: 1, sync: false }),
	);
}

function pathsOf(key: string): readonly string[] {
	const under = key.startsWith('"') ? `[${key}]` : `.${key}`;
	return [key.startsWith('"') ? `[${key}]` : key, `*${under}`, `*.*${under}`];
}

/**
 * The log: JSON lines on standard output, by pino. Tokens, secrets and credentials are cut out here, so that a careless caller cannot leak
 * one; addresses with tokens in their path are the callers' to leave out (they log the route instead).
 */
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS: readonly ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] = [
	'trace',
	'debug',
	'info',
	'warn',
	'error',
	'fatal',
	'silent',
];
export type LogLevel = (typeof LOG_LEVELS)[number];

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

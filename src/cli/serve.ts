/** `recado serve`: the gateway, configured by the environment. */
import { readEnvironment } from '../config/environment.ts';
import { readConfig } from '../config/read-config.ts';
import type { Arguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { CommandFailure, UsageError } from './failure.ts';
import { codeOf, failureToListen } from './port-taken.ts';
import { stopWithin } from './stop-within.ts';

export const serve: Command = {
	name: 'serve',
	summary: 'the gateway, configured by environment variables',
	description: [
		'Starts the gateway. It is configured by environment variables (docs/reference/configuration.md); RECADO_ADMIN_TOKEN and RECADO_SECRET_KEY have to be set. All faults are reported at once, and it does not start on any.',
		'SIGINT and SIGTERM stop it gracefully within RECADO_SHUTDOWN_GRACE_MS; a second signal ends it at once. Nothing is lost either way.',
	],
	options: {
		// Not `--env-file`: Node.js takes that for itself, wherever it stands.
		environment: { value: 'FILE', meaning: 'variables from a file (see .env.example); those of the process go before it' },
	},
	examples: [
		'RECADO_ADMIN_TOKEN=$(openssl rand -hex 24) RECADO_SECRET_KEY=$(openssl rand -base64 32) recado serve',
		'recado serve --environment .env',
	],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const config = readConfig(environmentFor(args, terminal));
	const { startApp } = await import('../app.ts');
	const stopAsked = terminal.stopAsked();
	const app = await startApp(config).catch((error: unknown) => {
		if (!codeOf(error)?.startsWith('EA')) throw error;
		throw new CommandFailure(failureToListen(error, { ...config.http, option: 'RECADO_PORT' }));
	});
	// The log is on standard output, for machines; this line is for whoever starts it by hand.
	terminal.warn(`Recado listens on ${app.address}`);
	await stopAsked;
	terminal.warn('Stopping; a second signal ends it at once.');
	if (await stopWithin(app, config.shutdown.graceMs)) return EXIT.ok;
	terminal.warn('The stop took too long and was cut off. Nothing is lost: the next start goes on where this one ended.');
	process.exit(EXIT.failed);
}

/** What the process was given, with what `--environment` adds. */
export function environmentFor(args: Arguments, terminal: Terminal): Terminal['environment'] {
	const file = args.text('environment');
	if (file === undefined) return terminal.environment;
	try {
		return readEnvironment(file);
	} catch (error) {
		throw new UsageError(`--environment ${file} cannot be read (${codeOf(error) ?? 'unknown reason'})`);
	}
}

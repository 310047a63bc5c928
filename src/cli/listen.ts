/** `recado listen`: a local HTTPS receiver that verifies signatures and shows what arrives. */
import { join } from 'node:path';
import type { Arguments } from './arguments.ts';
import { type Arrival, arrivalJson, arrivalLine } from './arrival.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { CommandFailure, UsageError } from './failure.ts';
import { openAuthority } from './local-authority.ts';
import { failureToListen } from './port-taken.ts';
import { Receiver } from './receiver.ts';
import { isSigningSecret } from './verify-signature.ts';

export const listen: Command = {
	name: 'listen',
	summary: 'a local HTTPS receiver that verifies signatures and shows what arrives',
	description: [
		'Receives webhooks over HTTPS on this machine and shows each on one line: when, where, what it tells, for which phone, the end of its webhook-id, whether its signature is right, and whether the same webhook-id came before.',
		'Its certificate comes from an authority of its own, made once and kept in --data. Let a gateway trust it with RECADO_WEBHOOK_CA=<data>/ca.pem, and let it reach this machine with RECADO_WEBHOOK_ALLOW=127.0.0.1/32.',
	],
	options: {
		port: { value: 'PORT', short: 'p', default: '0', meaning: 'the port to listen on; 0 takes a free one' },
		host: { value: 'ADDRESS', default: '127.0.0.1', meaning: 'the address to listen on, and the name in the certificate' },
		secret: { value: 'WHSEC', isRepeatable: true, meaning: "a webhook's secret (whsec_...); without one, signatures are not checked" },
		answer: { value: 'STATUS', default: '200', meaning: 'the HTTP status to answer with, to practise failures' },
		data: { value: 'DIRECTORY', default: './data/listen', meaning: 'where the certificate authority is kept' },
		json: { meaning: 'one JSON object a line, with the whole body' },
	},
	examples: [
		'recado listen --port 8443 --secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
		'recado listen --answer 500          # see how retries come, then start again without it',
		'recado listen --json | jq -r .what',
	],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const secrets = args.all('secret');
	const wrong = secrets.find((secret) => !isSigningSecret(secret));
	if (wrong !== undefined) throw new UsageError('--secret must be whsec_ and the Base64 of 24 to 64 bytes, as the gateway shows it');
	const host = args.text('host') ?? '127.0.0.1';
	const port = args.integer('port', { min: 0, max: 65_535 }) ?? 0;
	const status = args.integer('answer', { min: 200, max: 599 }) ?? 200;
	const directory = args.text('data') ?? '.';
	const authority = await openAuthority(directory);
	const show = (arrival: Arrival): void => {
		terminal.print(args.isSet('json') ? arrivalJson(arrival) : arrivalLine(arrival, { paint: terminal.paint, label: arrival.path }));
	};
	const certificate = await authority.issue({ names: [...new Set([host, '127.0.0.1', 'localhost'])] });
	await using receiver = new Receiver({ ...certificate, host, port, status, secretsFor: async () => secrets, onArrival: show });
	const address = await receiver.start().catch((error: unknown) => {
		throw new CommandFailure(failureToListen(error, { host, port, option: '--port' }));
	});
	// To standard error with --json: what a script reads must stay one object a line.
	const tell = args.isSet('json') ? terminal.warn : terminal.print;
	tell(`Listening on ${address}; every path works. Ctrl-C ends it.`);
	tell(`Its certificate authority: ${join(directory, 'ca.pem')}`);
	if (secrets.length === 0) tell('No --secret is given: signatures are not checked.');
	await terminal.stopAsked();
	return EXIT.ok;
}

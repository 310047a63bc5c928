/** `recado dev` (`npm start`): a whole gateway to try, without configuration, with a phone and a receiver of its own. */
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import type { Arguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { type DevCredentials, type DevDemo, forgetDemo, keepCredentials, openCredentials } from './dev-credentials.ts';
import {
	connectPhone,
	consoleLink,
	createDemo,
	type FirstMessage,
	knowsDemo,
	offerTemplate,
	registerWebhooks,
	sendFirstMessage,
} from './dev-demo.ts';
import { DEV_PHONES, type DevScreen, screenFor } from './dev-screen.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { CommandFailure } from './failure.ts';
import { GatewayClient } from './gateway-client.ts';
import { AUTHORITY_FILE, openAuthority } from './local-authority.ts';
import { codeOf, failureToListen } from './port-taken.ts';
import { Receiver } from './receiver.ts';
import { stopWithin } from './stop-within.ts';
import { WebhookSecrets } from './webhook-secrets.ts';

const HOST = '127.0.0.1';
const FIRST_MESSAGE: FirstMessage = { phone: DEV_PHONES.plugchat, message: 'Olá! Aqui é o Recado.' };

export const dev: Command = {
	name: 'dev',
	summary: 'a whole gateway to try: simulated phone, demo account, local receiver (npm start)',
	description: [
		'Starts a gateway with embedded storage, a demo account with one simulated phone and one Instant Message application, and a local HTTPS receiver whose certificate the gateway trusts. It needs no configuration and reads none.',
		'It prints addresses, credentials and one request per API to paste, sends a first message by itself, and shows each webhook on one line as it arrives. Everything it makes is kept in --data and found again at the next start. Ctrl-C ends it.',
	],
	options: {
		port: { value: 'PORT', short: 'p', default: '3000', meaning: 'the port of the gateway; 0 takes a free one' },
		data: { value: 'DIRECTORY', default: './data/dev', meaning: 'where everything is kept' },
		verbose: { meaning: "show the gateway's own log too" },
		json: { meaning: 'one JSON object a line: ready (with credentials), accepted, webhook, stopping' },
	},
	examples: [
		'recado dev',
		'recado dev --port 3100 --data /tmp/recado',
		'recado dev --json | jq -c \'select(.event == "webhook") | [.path, .what]\'',
	],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const port = args.integer('port', { min: 0, max: 65_535 }) ?? 3_000;
	const directory = resolve(args.text('data') ?? '.');
	const screen = screenFor(terminal, args.isSet('json'));
	const stopAsked = terminal.stopAsked();
	const credentials = await openCredentials(directory);
	const { startApp } = await import('../app.ts');
	const secrets = new WebhookSecrets();
	await using receiver = await startReceiver({ directory, preferredPort: credentials.receiverPort ?? 0, secrets, screen });
	// After the receiver, which makes the authority that the configuration names.
	const config = devConfig({ credentials, directory, port, isVerbose: args.isSet('verbose') });
	const app = await startApp(config).catch((error: unknown) => {
		if (!codeOf(error)?.startsWith('EA')) throw error;
		throw new CommandFailure(failureToListen(error, { host: HOST, port, option: '--port' }));
	});
	await using running = new AsyncDisposableStack();
	running.defer(async () => {
		// What hangs would keep the process; its work is in the store and goes on at the next start.
		if (!(await stopWithin(app, config.shutdown.graceMs))) process.exit(EXIT.failed);
	});
	const client = new GatewayClient(app.address, credentials.adminToken);
	const place = { gateway: app.address, receiver: `https://${HOST}:${receiver.port}` };
	const demo = await prepareDemo({ client, credentials, directory, ...place, receiverPort: receiver.port });
	secrets.open(() => app.webhookSecrets());
	screen.ready({ ...place, directory, credentials, demo, console: await consoleLink(client) });
	screen.accepted(FIRST_MESSAGE, await sendFirstMessage(client, demo, FIRST_MESSAGE));
	await stopAsked;
	screen.stopping();
	return EXIT.ok;
}

interface DevWish {
	readonly credentials: DevCredentials;
	readonly directory: string;
	readonly port: number;
	readonly isVerbose: boolean;
}

/** Through the same table and checks as that of `serve`; the environment is not asked. */
function devConfig({ credentials, directory, port, isVerbose }: DevWish): Config {
	return readConfig({
		RECADO_HOST: HOST,
		RECADO_PORT: String(port),
		RECADO_DATA: join(directory, 'store'),
		RECADO_ADMIN_TOKEN: credentials.adminToken,
		RECADO_SECRET_KEY: credentials.secretKey,
		RECADO_WEBHOOK_CA: join(directory, AUTHORITY_FILE),
		RECADO_WEBHOOK_ALLOW: `${HOST}/32`,
		// A warning is about a message or a webhook, which the screen shows in its own words.
		RECADO_LOG_LEVEL: isVerbose ? 'info' : 'error',
	});
}

interface DemoWish {
	readonly client: GatewayClient;
	readonly credentials: DevCredentials;
	readonly directory: string;
	readonly gateway: string;
	readonly receiver: string;
	readonly receiverPort: number;
}

/** Finds the demo of an earlier start or makes it, and lets its webhooks point to the receiver of this start. */
async function prepareDemo({ client, credentials, directory, gateway, receiver, receiverPort }: DemoWish): Promise<DevDemo> {
	// Where the store was deleted, what was made in it is gone: the new demo is another one.
	const isLost = credentials.demo !== undefined && !(await knowsDemo(client, credentials.demo));
	const kept = isLost ? forgetDemo(credentials) : credentials;
	await keepCredentials(directory, { ...kept, gateway, receiverPort });
	const demo = kept.demo ?? (await createDemo(client, kept.setupId, receiver));
	await keepCredentials(directory, { ...kept, gateway, receiverPort, demo });
	await registerWebhooks(client, demo, receiver);
	await offerTemplate(client, demo);
	await connectPhone(client, demo);
	return demo;
}

interface ReceiverWish {
	readonly directory: string;
	readonly preferredPort: number;
	readonly secrets: WebhookSecrets;
	readonly screen: DevScreen;
}

/** On the port of the last start where that is free, so that what waits for delivery still arrives; else on any. */
async function startReceiver({ directory, preferredPort, secrets, screen }: ReceiverWish): Promise<Receiver> {
	const authority = await openAuthority(directory);
	const certificate = await authority.issue({ names: [HOST, 'localhost'] });
	const start = async (port: number): Promise<Receiver> => {
		const receiver = new Receiver({
			...certificate,
			host: HOST,
			port,
			status: 200,
			secretsFor: (path) => secrets.of(path),
			onArrival: (arrival) => screen.arrived(arrival),
		});
		await receiver.start();
		return receiver;
	};
	return preferredPort === 0 ? start(0) : start(preferredPort).catch(() => start(0));
}

/** `recado send`: one text through a running gateway, and, if asked, what becomes of it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Arguments } from './arguments.ts';
import { timeOfDay } from './arrival.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { CommandFailure, UsageError } from './failure.ts';
import { ACCESS_OPTIONS, openGateway, TOKEN_SOURCES } from './gateway-access.ts';
import type { GatewayClient } from './gateway-client.ts';
import { isObject, listIn, textIn } from './json.ts';

const POLL_MS = 200;

export const send: Command = {
	name: 'send',
	summary: 'sends a text through a running gateway',
	description: [
		`Sends one text by the management API and says which message it became. ${TOKEN_SOURCES}`,
		'With --wait it shows each step as it is reached and ends when the message is read (0) or has failed (1).',
	],
	options: {
		to: { value: 'PHONE', meaning: 'the number with its country code: 5544999999999' },
		text: { value: 'TEXT', meaning: 'what to say' },
		instance: { value: 'ID', meaning: 'which instance sends; needless where the gateway has one alone' },
		...ACCESS_OPTIONS,
		wait: { meaning: 'show the steps until the message is read or has failed' },
		'wait-seconds': { value: 'SECONDS', default: '60', meaning: 'how long --wait waits at most; then it fails' },
		json: { meaning: 'the message as one JSON object; with --wait one per step' },
	},
	examples: [
		'recado send --to 5544999999999 --text "Olá" --wait',
		'recado send --url https://recado.example.com --token "$RECADO_ADMIN_TOKEN" --instance ins_… --to 5544999999999 --text "Olá" --json',
	],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const to = required(args, 'to');
	const text = required(args, 'text');
	const seconds = args.integer('wait-seconds', { min: 1, max: 86_400 }) ?? 60;
	const { client, demo } = await openGateway(args, terminal);
	const instance = args.text('instance') ?? demo?.instanceId ?? (await onlyInstance(client));
	const message = await client.call({
		method: 'POST',
		path: `/recado/v1/instances/${encodeURIComponent(instance)}/messages`,
		body: { to, text },
	});
	const id = textIn(message, 'id');
	if (id === undefined) throw new CommandFailure('the gateway answered without a message id; is --url a Recado?');
	const show = stepShower(args, terminal);
	show(message);
	return args.isSet('wait') ? follow(client, id, { show, untilMs: Date.now() + seconds * 1_000 }) : EXIT.ok;
}

function required(args: Arguments, name: string): string {
	const value = args.text(name);
	if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
	return value;
}

async function onlyInstance(client: GatewayClient): Promise<string> {
	const ids = listIn(await client.call({ method: 'GET', path: '/recado/v1/instances' }), 'items').map((each) => textIn(each, 'id'));
	const [only] = ids;
	if (only !== undefined && ids.length === 1) return only;
	throw new UsageError(
		ids.length === 0 ? 'the gateway has no instance yet' : `say which instance sends: --instance ${ids.join(' or --instance ')}`,
	);
}

/** Shows what is new each time: with --json the whole message, else a line for each step that was not shown before. */
function stepShower(args: Arguments, terminal: Terminal): (message: unknown) => void {
	const shown = new Set<string>();
	return (message) => {
		const steps = timelineOf(message).filter(([step]) => !shown.has(step));
		for (const [step] of steps) shown.add(step);
		if (args.isSet('json')) {
			if (steps.length > 0) terminal.print(JSON.stringify(message));
			return;
		}
		for (const [step, at] of steps) {
			const failure = step === 'failed' && isObject(message) ? textIn(message['failure'], 'reason') : undefined;
			terminal.print([timeOfDay(at), step.padEnd(8), textIn(message, 'id') ?? '', failure ?? ''].join('  ').trimEnd());
		}
	};
}

/** The steps in the order in which they were reached. */
function timelineOf(message: unknown): readonly (readonly [step: string, at: number])[] {
	const timeline = isObject(message) && isObject(message['timeline']) ? message['timeline'] : {};
	const steps = Object.entries(timeline).map(([step, at]) => [step, typeof at === 'string' ? Date.parse(at) : Number(at)] as const);
	return steps.toSorted(([, a], [, b]) => a - b);
}

interface Following {
	readonly show: (message: unknown) => void;
	readonly untilMs: number;
}

async function follow(client: GatewayClient, id: string, { show, untilMs }: Following): Promise<ExitCode> {
	while (Date.now() < untilMs) {
		const message = await client.call({ method: 'GET', path: `/recado/v1/messages/${encodeURIComponent(id)}` });
		show(message);
		const status = textIn(message, 'status');
		if (status === 'failed') return EXIT.failed;
		if (status === 'read' || status === 'played') return EXIT.ok;
		await wait(POLL_MS);
	}
	throw new CommandFailure('the message was not read in time; it is not lost, and its webhooks will tell');
}

/** `recado replay`: sends deliveries of a running gateway again, one or many, and shows how far that has come. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Arguments } from './arguments.ts';
import { timeOfDay } from './arrival.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { CommandFailure, UsageError } from './failure.ts';
import { ACCESS_OPTIONS, openGateway, TOKEN_SOURCES } from './gateway-access.ts';
import type { GatewayClient } from './gateway-client.ts';
import { jobLine } from './job-line.ts';
import { textIn } from './json.ts';
import { momentBefore } from './moment.ts';

const POLL_MS = 300;

/** What narrows the deliveries, by the option that says it. */
const FILTERS = { webhook: 'webhookId', account: 'accountId', chat: 'chatId', event: 'eventType' } as const;

export const replay: Command = {
	name: 'replay',
	summary: 'sends deliveries again: one, or all that a filter meets',
	description: [
		`Sends settled deliveries again, the same bytes under the same webhook-id: one by --delivery, or as a job all that fit everything that is given. ${TOKEN_SOURCES}`,
		'A job goes on inside the gateway, also after a restart of it; the command shows its progress until it is done. Ctrl-C ends the showing and leaves the job running; --job shows it again.',
		'It ends with 0 when the delivery has arrived or the job is done, and with 1 when the delivery is dead again or somebody cancelled the job.',
	],
	options: {
		delivery: { value: 'ID', meaning: 'replay this one' },
		webhook: { value: 'ID', meaning: 'those of this webhook' },
		account: { value: 'ID', meaning: 'those of this account' },
		chat: { value: 'ID', meaning: 'those of this chat' },
		event: { value: 'TYPE', meaning: 'those that tell this: message.received, ...' },
		state: { value: 'STATE', isRepeatable: true, meaning: 'those that are delivered, dead or cancelled; the dead ones if missing' },
		since: { value: 'TIME', meaning: 'those made from then on: 2026-01-31T08:00:00-03:00, or 2h, 3d for so long ago' },
		until: { value: 'TIME', meaning: 'those made before then' },
		all: { meaning: 'every delivery in that state: has to be said where nothing narrows it' },
		job: { value: 'ID', meaning: 'show the progress of a job that runs already' },
		...ACCESS_OPTIONS,
		json: { meaning: 'the delivery or the job as one JSON object a line, each time it has changed' },
	},
	examples: [
		'recado replay --delivery dlv_…',
		'recado replay --webhook whk_… --since 2h',
		'recado replay --account acc_… --state delivered --since 2026-01-31T08:00:00Z --until 2026-01-31T09:30:00Z',
		'recado replay --job job_…',
	],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const wish = wishOf(args);
	const { client } = await openGateway(args, terminal);
	const begun = await begin(client, wish);
	const id = textIn(begun, 'id');
	if (id === undefined) throw new CommandFailure('the gateway answered without an id; is --url a Recado?');
	const stop = terminal.stopAsked().then(() => true as const);
	const show = shower(args, terminal, wish.kind === 'delivery' ? deliveryLine : jobLine);
	const path = wish.kind === 'delivery' ? `/recado/v1/deliveries/${encodeURIComponent(id)}` : `/recado/v1/jobs/${encodeURIComponent(id)}`;
	for (let seen = begun; ; seen = await client.call({ method: 'GET', path })) {
		show(seen);
		const state = textIn(seen, 'state');
		if (state === 'delivered' || state === 'done') return EXIT.ok;
		if (state === 'dead' || state === 'cancelled') return EXIT.failed;
		if (await Promise.race([stop, wait(POLL_MS, false, { ref: true })])) return leave(wish.kind, id, terminal);
	}
}

type Wish =
	| { readonly kind: 'delivery'; readonly id: string }
	| { readonly kind: 'watch'; readonly id: string }
	| { readonly kind: 'job'; readonly body: Readonly<Record<string, unknown>> };

/** Throws UsageError. */
function wishOf(args: Arguments): Wish {
	const narrowed = Object.entries(FILTERS).flatMap(([option, key]) => {
		const value = args.text(option);
		return value === undefined ? [] : [[key, value] as const];
	});
	const span = (['since', 'until'] as const).flatMap((option) => {
		const value = args.text(option);
		return value === undefined ? [] : [[option, momentBefore(value, `--${option}`, Date.now()).toISOString()] as const];
	});
	const states = args.all('state');
	const filter = [...narrowed, ...span, ...(states.length === 0 ? [] : [['states', states] as const])];
	for (const [option, kind] of [
		['delivery', 'delivery'],
		['job', 'watch'],
	] as const) {
		const id = args.text(option);
		if (id === undefined) continue;
		if (filter.length > 0 || args.isSet('all') || (args.text('delivery') !== undefined && args.text('job') !== undefined)) {
			throw new UsageError(`--${option} names one; a filter goes without it`);
		}
		return { kind, id };
	}
	if (narrowed.length + span.length === 0 && !args.isSet('all')) {
		throw new UsageError('say which: --delivery, a filter such as --webhook or --since, or --all');
	}
	return { kind: 'job', body: { kind: 'replay', ...Object.fromEntries(filter) } };
}

function begin(client: GatewayClient, wish: Wish): Promise<unknown> {
	switch (wish.kind) {
		case 'delivery':
			return client.call({ method: 'POST', path: `/recado/v1/deliveries/${encodeURIComponent(wish.id)}/replay` });
		case 'watch':
			return client.call({ method: 'GET', path: `/recado/v1/jobs/${encodeURIComponent(wish.id)}` });
		case 'job':
			return client.call({ method: 'POST', path: '/recado/v1/jobs', body: wish.body });
	}
}

/** What is new each time: nothing is said twice. */
function shower(args: Arguments, terminal: Terminal, lineOf: (thing: unknown) => string): (thing: unknown) => void {
	let last = '';
	return (thing) => {
		const shown = args.isSet('json') ? JSON.stringify(thing) : lineOf(thing);
		if (shown === last) return;
		last = shown;
		terminal.print(args.isSet('json') ? shown : `${timeOfDay(Date.now())}  ${shown}`);
	};
}

function deliveryLine(delivery: unknown): string {
	const error = textIn(delivery, 'lastError');
	const state = textIn(delivery, 'state') ?? '';
	return [textIn(delivery, 'id'), state, state === 'delivered' || error === undefined ? '' : `last error: ${error}`].join('  ').trimEnd();
}

/** Whoever looks away loses nothing. */
function leave(kind: Wish['kind'], id: string, terminal: Terminal): ExitCode {
	terminal.warn(
		kind === 'delivery'
			? `${id} is still on its way; the gateway goes on with it.`
			: `${id} goes on in the gateway; "recado replay --job ${id}" shows it again, and POST /recado/v1/jobs/${id}/cancel ends it.`,
	);
	return EXIT.ok;
}

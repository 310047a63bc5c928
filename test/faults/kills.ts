/** `kill -9`: at each step between a request and its settled delivery, at moments that nobody chose, and a stop as an orchestrator asks for it. */

import { becomes, pause } from '../support/waiting.ts';
import type { Failpoint } from './failpoints.ts';
import { Rig, type Treat } from './rig.ts';
import { between, type Context, type Line, rounds, type Scenario } from './scenario.ts';

/** A receiver that takes its time keeps deliveries in flight. */
const ANSWER_MS_MAX = 40;
/** A failpoint is passed so often at most before it kills. */
const NTH_MAX = 60;
/** A random kill comes so long after the gateway serves, at most. */
const SERVES_MS_MAX = 600;
/** One in so many kills comes while the gateway starts. */
const STARTS_EVERY = 5;
const STARTS_MS_MAX = 250;
const CHATS = 24;
const ROUNDS_A_STEP = 10;
/** Load that flows comes to any failpoint within a second or two; a slow machine has its time. */
const DIES_WITHIN_MS = 60_000;

/** Where the driver kills, because the receiver has the request. */
const SENT = 'attempt-sent';
/** In the order in which a delivery passes them. */
const STEPS: readonly (Failpoint | typeof SENT)[] = [
	'before-commit',
	'after-commit',
	'before-attempt',
	SENT,
	'after-answer',
	'after-settle',
];

export const KILLS: readonly Scenario[] = [
	{
		name: 'kill-steps',
		promise:
			'Killed at each step between accept, commit, attempt, answer and settlement: what was acknowledged arrives, under the same id.',
		run: killAtSteps,
	},
	{
		name: 'kill-random',
		promise: 'Killed at any moment, while it starts too: nothing acknowledged is lost.',
		run: killAnytime,
	},
	{
		name: 'stop',
		promise: 'Stopped under load as an orchestrator does it: no delivery is left as sending.',
		run: stopUnderLoad,
	},
];

async function killAtSteps(context: Context): Promise<readonly Line[]> {
	if (context.size === 'quick') return [await killAt(STEPS, 'at each step', context)];
	const lines: Line[] = [];
	for (const step of STEPS)
		lines.push(
			await killAt(
				Array.from({ length: ROUNDS_A_STEP }, () => step),
				step,
				context,
			),
		);
	return lines;
}

async function killAt(steps: typeof STEPS, name: string, context: Context): Promise<Line> {
	const takeTime = takingTime(context);
	let arrivalsLeft = Number.POSITIVE_INFINITY;
	await using rig: Rig = await Rig.open({
		chats: CHATS,
		treat: (request) => {
			arrivalsLeft -= 1;
			if (arrivalsLeft === 0) rig.gateway.signal('SIGKILL');
			return takeTime(request);
		},
	});
	await rig.ownWebhook();
	const faults: string[] = [];
	for (const step of steps) {
		const nth = between(context.random, 1, NTH_MAX);
		if (step === SENT) arrivalsLeft = nth;
		else await rig.gateway.arm(step, nth);
		const enough = new AbortController();
		const writing = rig.customers.write({ until: enough.signal });
		if (!(await becomes(() => !rig.gateway.isAlive, DIES_WITHIN_MS))) {
			faults.push(`it does not come to ${step} any more`);
			await rig.gateway.kill();
		}
		// Where it never came to that, it may not come to it later either.
		arrivalsLeft = Number.POSITIVE_INFINITY;
		enough.abort();
		await writing;
		await rig.gateway.start();
		if (faults.length > 0) break;
	}
	return rig.line(`kill -9 ${name}`, steps.length, [...faults, ...(await rig.close())]);
}

async function killAnytime(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 3, whole: 200 });
	await using rig = await Rig.open({ chats: CHATS, treat: takingTime(context) });
	await rig.ownWebhook();
	for (let round = 0; round < count; round += 1) {
		const writing = rig.customers.write();
		await pause(between(context.random, 0, SERVES_MS_MAX));
		await rig.gateway.kill();
		await writing;
		if (round % STARTS_EVERY === 0) {
			const beginning = rig.gateway.begin();
			await pause(between(context.random, 0, STARTS_MS_MAX));
			await rig.gateway.kill();
			await beginning;
		}
		await rig.gateway.start();
	}
	return [rig.line('kill -9 at random', count, await rig.close())];
}

async function stopUnderLoad(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 1, whole: 10 });
	// Longer than the grace of a stop: some attempts have to be interrupted.
	await using rig = await Rig.open({
		chats: CHATS,
		environment: { RECADO_SHUTDOWN_GRACE_MS: '400' },
		treat: () => ({ as: 200, afterMs: between(context.random, 0, 600) }),
	});
	await rig.ownWebhook();
	const faults: string[] = [];
	for (let round = 0; round < count; round += 1) {
		const writing = rig.customers.write();
		await pause(between(context.random, 100, SERVES_MS_MAX));
		await rig.gateway.stop();
		await writing;
		faults.push(...(await rig.auditRemains()));
		await rig.gateway.start();
	}
	return [rig.line('stop under load', count, [...faults, ...(await rig.close())])];
}

function takingTime({ random }: Context): Treat {
	return () => ({ as: 200, afterMs: between(random, 0, ANSWER_MS_MAX) });
}

/**
 * Several gateways on one PostgreSQL database, under load all the time: one after the other is killed, one stands still for longer than its lease
 * and goes on as if nothing had happened, the database crashes. And how long it takes until others do what a killed one had in hand.
 */

import { becomes, pause, until } from '../support/waiting.ts';
import { faultServer } from './fault-server.ts';
import type { FaultGateway } from './gateway.ts';
import { Rig, type RigWish, type Treat } from './rig.ts';
import { between, type Context, type Line, rounds, type Scenario } from './scenario.ts';

const GATEWAYS = 4;
const CHATS = 32;
const ANSWER_MS_MAX = 40;
const KILL_EVERY_MS = 5_000;
const QUICK_KILL_EVERY_MS = 1_000;
const QUICK_LEASE_MS = 6_000;
/** Beside other tests the machine adds its own time to what is measured: so many leases are one, and two are not. */
const QUICK_LEASES_MAX = 1.5;
/** The lease of `Rig` twice over: whatever the one that stands still had in hand was taken over long ago. */
const STANDS_STILL_MS = 3_000;
/** Load that flows on after a fault. */
const BETWEEN_MS = 1_000;
const FREEZES_WITHIN_MS = 30_000;
const ACCEPTS_WITHIN_MS = 60_000;
const ARRIVES_WITHIN_MS = 60_000;

export const CLUSTER: readonly Scenario[] = [
	{
		name: 'cluster-kills',
		promise: 'Four gateways on one database, one killed every five seconds: nothing acknowledged is lost, chats keep their order.',
		run: killInTurn,
	},
	{
		name: 'cluster-pause',
		promise: 'A gateway that stands still for longer than its lease, and then goes on, settles nothing that others have taken over.',
		run: standStill,
	},
	{
		name: 'database-restart',
		promise: 'The database crashes under four gateways: what it had acknowledged arrives, and they go on by themselves.',
		run: crashDatabase,
	},
	{
		name: 'takeover',
		promise: 'What a killed gateway had in hand is sent by another one within one lease.',
		run: takeOver,
	},
];

async function killInTurn(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 2, whole: 24 });
	const everyMs = context.size === 'quick' ? QUICK_KILL_EVERY_MS : KILL_EVERY_MS;
	return [
		await underLoad(context, { fault: `${GATEWAYS} gateways, one killed every ${everyMs / 1000} s`, count }, async ({ gateways }) => {
			await pause(everyMs);
			const gateway = anyOf(gateways.all, context);
			await gateway.kill();
			await gateway.start();
		}),
	];
}

async function standStill(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 1, whole: 10 });
	return [
		await underLoad(context, { fault: 'one of 4 stands still beyond its lease', count }, async ({ gateways }) => {
			await pause(BETWEEN_MS);
			const gateway = anyOf(gateways.all, context);
			gateway.signal('SIGSTOP');
			await until(() => gateway.isFrozen(), { what: 'a gateway to stand still', withinMs: FREEZES_WITHIN_MS });
			await pause(STANDS_STILL_MS);
			gateway.signal('SIGCONT');
			await pause(BETWEEN_MS);
		}),
	];
}

async function crashDatabase(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 1, whole: 2 });
	const server = await faultServer();
	return [
		await underLoad(context, { fault: 'the database crashes and recovers', count }, async ({ customers }) => {
			await pause(BETWEEN_MS);
			await server.restartImmediate();
			const { accepted } = customers;
			await until(() => customers.accepted > accepted + CHATS, { what: 'messages to be accepted again', withinMs: ACCEPTS_WITHIN_MS });
		}),
	];
}

interface Load {
	readonly fault: string;
	readonly count: number;
}

/** Brings the fault about so often while customers write. */
async function underLoad(context: Context, { fault, count }: Load, bringAbout: (rig: Rig) => Promise<void>): Promise<Line> {
	const treat: Treat = () => ({ as: 200, afterMs: between(context.random, 0, ANSWER_MS_MAX) });
	await using rig = await openCluster({ gateways: GATEWAYS, chats: CHATS, treat });
	const enough = new AbortController();
	const writing = rig.customers.write({ until: enough.signal });
	for (let round = 0; round < count; round += 1) await bringAbout(rig);
	enough.abort();
	await writing;
	return rig.line(fault, count, await rig.close());
}

/** The receiver never answers the first attempt, so that the kill meets a delivery in hand; then the second attempt is waited for. */
async function takeOver(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 2, whole: 10 });
	const leaseMs = context.size === 'quick' ? QUICK_LEASE_MS : 10_000;
	const longMs = 3 * leaseMs;
	const arrivedAt = new Map<unknown, number[]>();
	const treat: Treat = (request) => {
		const id = request.headers['webhook-id'];
		const times = [...(arrivedAt.get(id) ?? []), performance.now()];
		arrivedAt.set(id, times);
		return { as: 200, afterMs: times.length === 1 ? longMs : 0 };
	};
	const environment = { RECADO_LEASE: `${leaseMs}ms`, RECADO_ATTEMPT_DEADLINE_MS: String(longMs) };
	await using rig = await openCluster({ gateways: 2, chats: 1, treat, environment });
	const faults: string[] = [];
	let longest = 0;
	for (let round = 0; round < count; round += 1) {
		await rig.customers.write({ each: 1 });
		await until(() => arrivedAt.size === round + 1, { what: 'the first attempt', withinMs: ARRIVES_WITHIN_MS });
		const times = (): readonly number[] => [...arrivedAt.values()].at(-1) ?? [];
		const holder = await holderOf(rig);
		const killedAt = performance.now();
		await holder.kill();
		if (!(await becomes(() => times().length > 1, longMs))) faults.push(`nobody takes over for ${longMs} ms`);
		const [, againAt = killedAt + longMs] = times();
		longest = Math.max(longest, againAt - killedAt);
		await holder.start();
	}
	const mostMs = context.size === 'quick' ? leaseMs * QUICK_LEASES_MAX : leaseMs;
	if (longest > mostMs) faults.push(`it took ${Math.round(longest)} ms to take over, longer than a lease of ${leaseMs} ms`);
	const fault = `takeover, ${(longest / 1000).toFixed(1)} s with a lease of ${leaseMs / 1000} s`;
	return [rig.line(fault, count, [...faults, ...(await rig.close())])];
}

async function openCluster(wish: RigWish): Promise<Rig> {
	const rig = await Rig.open({ ...wish, store: 'postgres' });
	await rig.ownWebhook();
	return rig;
}

/** Who has the one delivery in hand that is under way. */
async function holderOf({ gateways, database }: Rig): Promise<FaultGateway> {
	const [row] = (await database?.execute('SELECT name FROM work JOIN processes ON token = holder')) ?? [];
	const holder = gateways.all.find(({ pid }) => String(row?.['name']).includes(String(pid)));
	if (!holder) throw new Error(`Nobody has the delivery in hand, or none of the gateways: ${JSON.stringify(row)}`);
	return holder;
}

function anyOf(gateways: readonly FaultGateway[], { random }: Context): FaultGateway {
	const gateway = gateways[between(random, 0, gateways.length - 1)];
	if (!gateway) throw new Error('There is no gateway');
	return gateway;
}

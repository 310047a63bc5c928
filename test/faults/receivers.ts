/**
 * Every wrong receiver at once, each with a webhook of its own, and a healthy one among them. First everything is wrong: the healthy one must
 * get its share all the same, and each fault must be noted as what it is. Then all are mended, and everything has to arrive, in order.
 */
import { testCertificate } from '../support/certificates.ts';
import { type DnsRecord, startDnsServer } from '../support/fake-dns-server.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { becomes, until } from '../support/waiting.ts';
import { RECEIVER_FAULTS, type ReceiverFault, TRAP } from './receiver-faults.ts';
import { Rig, record, type Treat } from './rig.ts';
import { type Context, type Line, rounds, type Scenario } from './scenario.ts';

const HEALTHY = '/healthy';
/** Those that are wrong stay so until it has got its share, so that one that they hold up has no end of it. */
const HEALTHY_WITHIN_MS = 30_000;
const NOTED_WITHIN_MS = 30_000;
const ARRIVES_WITHIN_MS = 60_000;
const ADDRESS = '127.0.0.1';

export const RECEIVERS: Scenario = {
	name: 'receivers',
	promise:
		'A receiver that is wrong in whatever way is noted as what it is, leads nobody astray, holds up no other, and gets everything in order once it is mended.',
	run: mistreat,
};

/** One row at work. */
interface Case {
	readonly fault: ReceiverFault;
	readonly path: string;
	readonly webhookId: string;
	readonly faults: string[];
	mend(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}

interface Parts {
	readonly rig: Rig;
	readonly trap: Receiver;
	readonly records: Record<string, DnsRecord>;
}

async function mistreat(context: Context): Promise<readonly Line[]> {
	await using stack = new AsyncDisposableStack();
	const records: Record<string, DnsRecord> = {};
	const dns = stack.use(await startDnsServer(records));
	const trap = stack.use(await startReceiver({ host: TRAP }));
	const rig = stack.use(await Rig.open({ dns, chats: 4, environment: { RECADO_ATTEMPT_DEADLINE_MS: '1500' } }));
	await rig.ownWebhook(HEALTHY);
	const cases: Case[] = [];
	for (const fault of RECEIVER_FAULTS) cases.push(stack.use(await openCase(fault, { rig, trap, records })));
	const healthyFaults: string[] = [];
	const each = rounds(context, { quick: 2, whole: 6 });
	await rig.customers.write({ each });
	if (!(await becomes(() => rig.ledger.missing(HEALTHY).length === 0, HEALTHY_WITHIN_MS))) healthyFaults.push('the others hold it up');
	await Promise.all(cases.map((one) => expectNoted(one, rig)));
	const mendedAt = performance.now();
	await Promise.all(cases.map((one) => one.mend()));
	await rig.customers.write({ each });
	const seconds = await waitForEach(cases, rig, mendedAt);
	if (trap.connections.tcp > 0) healthyFaults.push(`${trap.connections.tcp} connections were led to an address that is out of bounds`);
	healthyFaults.push(...(await rig.close()));
	const lineOf = (fault: string, path: string, faults: readonly string[]): Line => ({
		...rig.line(fault, 1, faults),
		...rig.ledger.figures(path),
		seconds: seconds.get(path) ?? 0,
	});
	return [
		...cases.map((one) => lineOf(`receiver ${one.fault.name}`, one.path, one.faults)),
		lineOf('the healthy one beside them', HEALTHY, healthyFaults),
	];
}

async function openCase(fault: ReceiverFault, parts: Parts): Promise<Case> {
	const { rig, records } = parts;
	const { name, certificate } = fault;
	const path = `/${name}`;
	const faults: string[] = [];
	let isMended = false;
	const treat = treating(fault, parts, () => isMended, faults);
	const receiver = await startReceiver(certificate ? { certificate: await certificate() } : {});
	record(receiver, rig.ledger, treat);
	if (fault.cutsHandshakes) receiver.cutHandshakes(Number.POSITIVE_INFINITY);
	const host = fault.dns === undefined ? ADDRESS : `${name}.hooks.test`;
	if (fault.dns !== undefined) records[host] = fault.dns;
	// What got a 410 is dead, and comes out of order when somebody sends it again.
	const webhookId = await rig.webhook({ url: receiver.url(path, host), path, order: isGone(fault) ? 'none' : 'chat' });
	return {
		...{ fault, path, webhookId, faults },
		async mend() {
			isMended = true;
			receiver.cutHandshakes(0);
			records[host] = { a: [ADDRESS], ttlSeconds: { a: 1 } };
			if (certificate) receiver.present(await testCertificate());
			if (isGone(fault)) await bringBack(webhookId, rig);
		},
		[Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
	};
}

function treating({ treats, asksForMs, noted }: ReceiverFault, { trap }: Parts, isMended: () => boolean, faults: string[]): Treat {
	const askedAt = new Map<unknown, number>();
	return (request) => {
		const isGood = noted === 'delivered' && asksForMs === undefined;
		if (isMended() || treats === undefined) return { as: 200 };
		if (asksForMs === undefined) return { as: treats((path) => trap.url(path, TRAP)), isGood };
		const id = request.headers['webhook-id'];
		const before = askedAt.get(id);
		if (before === undefined) {
			askedAt.set(id, Date.now());
			return { as: treats((path) => trap.url(path, TRAP)), isGood };
		}
		const waitedMs = Date.now() - before;
		if (waitedMs < asksForMs) faults.push(`${String(id)} came again after ${waitedMs} ms, ${asksForMs} were asked for`);
		return { as: 200 };
	};
}

/** The gateway says why, before anything is mended. */
async function expectNoted({ fault, webhookId, faults }: Case, { gateway }: Rig): Promise<void> {
	const attempts = fault.asksForMs === undefined ? 1 : 2;
	let words = new Set<string>();
	const isNoted = async (): Promise<boolean> => {
		const { items }: { items: readonly ListedDelivery[] } = await gateway.manage('GET', `/deliveries?webhookId=${webhookId}&limit=200`);
		words = new Set(items.map(({ lastError, state, attemptCount }) => lastError ?? `${state} after ${attemptCount}`));
		if (fault.noted !== 'delivered') return words.has(fault.noted) || words.has(fault.orNoted ?? '');
		return items.some(({ state, attemptCount }) => state === 'delivered' && attemptCount === attempts);
	};
	if (!(await becomes(isNoted, NOTED_WITHIN_MS))) faults.push(`it is noted as ${[...words].join(', ')}, not as ${fault.noted}`);
}

interface ListedDelivery {
	readonly state: string;
	readonly attemptCount: number;
	readonly lastError?: string;
}

function isGone(fault: ReceiverFault): boolean {
	return fault.name === 'gone-410';
}

/** A 410 disabled the webhook: a person enables it again, and sends again what died of it. */
async function bringBack(webhookId: string, { gateway }: Rig): Promise<void> {
	const isDisabled = async (): Promise<boolean> => (await gateway.manage('GET', `/webhooks/${webhookId}`)).enabled === false;
	await until(isDisabled, { what: 'a webhook to be disabled by 410', withinMs: NOTED_WITHIN_MS });
	// What was asked before it was mended dies of its answer, too.
	const isAtRest = async (): Promise<boolean> =>
		(await gateway.manage('GET', `/deliveries?webhookId=${webhookId}&state=sending&limit=1`)).items.length === 0;
	await until(isAtRest, { what: 'nothing to be on its way to it', withinMs: NOTED_WITHIN_MS });
	await gateway.manage('PATCH', `/webhooks/${webhookId}`, { enabled: true });
	const { items } = await gateway.manage('GET', `/deliveries?webhookId=${webhookId}&state=dead&limit=200`);
	for (const { id } of items) await gateway.manage('POST', `/deliveries/${id}/replay`);
}

/** Answers how many seconds each took from being mended until nothing was missing. */
async function waitForEach(cases: readonly Case[], rig: Rig, mendedAt: number): Promise<Map<string, number>> {
	const seconds = new Map<string, number>();
	await Promise.all(
		[...cases.map(({ path }) => path), HEALTHY].map(async (path) => {
			await becomes(() => rig.ledger.missing(path).length === 0, ARRIVES_WITHIN_MS);
			seconds.set(path, (performance.now() - mendedAt) / 1000);
		}),
	);
	for (const { path, faults } of cases) {
		const missing = rig.ledger.missing(path);
		if (missing.length > 0) faults.push(`${missing.length} did not arrive once it was mended`);
	}
	return seconds;
}

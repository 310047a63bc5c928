/**
 * A power cut leaves the files as they are at some moment. The process is frozen under load, its files are copied, and a fresh gateway on the
 * copy has to know everything that was acknowledged before. What it delivers goes to a receiver of its own: DNS sends it there.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../src/ports/clock.ts';
import { startDnsServer } from '../support/fake-dns-server.ts';
import { testedStore } from '../support/open-store.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { becomes, pause, until } from '../support/waiting.ts';
import { areSettled, auditDeliveries } from './audit.ts';
import { FaultGateway } from './gateway.ts';
import type { Ledger } from './ledger.ts';
import { auditFiles } from './remains.ts';
import { Rig, record } from './rig.ts';
import { between, type Context, type Line, rounds, type Scenario, skippedLine } from './scenario.ts';

const HOST = 'hook.hooks.test';
const HERE = '127.0.0.1';
/** Where the gateways of the copies deliver to. */
const THERE = '127.0.0.2';
/** The first copy is made when so many are accepted. */
const ACCEPTED_FIRST = 50;
const PAUSE_MS_MAX = 150;
const ARRIVES_WITHIN_MS = 60_000;
const FREEZES_WITHIN_MS = 30_000;

export const POWER_CUT: Scenario = {
	name: 'power-cut',
	promise: 'The files as they are at any moment hold everything that was acknowledged before: a gateway on a copy of them delivers it.',
	run: cutPower,
};

interface Copy {
	readonly directory: string;
	/** What was known when it was made. */
	readonly ledger: Ledger;
}

async function cutPower(context: Context): Promise<readonly Line[]> {
	const fault = 'power cut, files copied';
	if (testedStore() !== 'sqlite') return [skippedLine(fault, "the files are the database server's")];
	const count = rounds(context, { quick: 2, whole: 40 });
	await using dns = await startDnsServer({ [HOST]: { a: [HERE] } });
	await using elsewhere = await startDnsServer({ [HOST]: { a: [THERE] } });
	await using rig = await Rig.open({ dns, treat: () => ({ as: 200, afterMs: between(context.random, 0, 40) }) });
	await using receiver = await startReceiver({ host: THERE, port: rig.receiver.port });
	await rig.webhook({ url: rig.receiver.url('/hook', HOST), path: '/hook' });
	const enough = new AbortController();
	const writing = rig.customers.write({ until: enough.signal });
	await until(() => rig.customers.accepted >= ACCEPTED_FIRST, { what: 'the load to flow', withinMs: ARRIVES_WITHIN_MS });
	const copies: Copy[] = [];
	for (let round = 0; round < count; round += 1) {
		await pause(between(context.random, 20, PAUSE_MS_MAX));
		copies.push(await copyFrozen(rig, round, context.random));
	}
	enough.abort();
	await writing;
	const faults = [...(await rig.close())];
	for (const [round, copy] of copies.entries()) {
		const found = await revive(copy, { rig, receiver, dnsServer: elsewhere.address });
		faults.push(...found.map((fault) => `copy ${round + 1}: ${fault}`));
	}
	return [rig.line(fault, count, faults)];
}

/** What the ledger knows when the process stands still was acknowledged before, so it is in the files. */
async function copyFrozen(rig: Rig, round: number, random: Random): Promise<Copy> {
	const directory = join(rig.directory, `copy-${round}`);
	mkdirSync(directory);
	rig.gateway.signal('SIGSTOP');
	const ledger = rig.ledger.fork();
	await until(() => rig.gateway.isFrozen(), { what: 'the gateway to stand still', withinMs: FREEZES_WITHIN_MS });
	const copy = (suffix: string): void => {
		const file = join(rig.dataDirectory, `recado.db${suffix}`);
		if (existsSync(file)) copyFileSync(file, join(directory, `recado.db${suffix}`));
	};
	copy('');
	copy('-wal');
	// The index of the log is memory that is mapped to a file: it may be there or not, and the log may end in a frame that was half written.
	if (round % 2 === 0) copy('-shm');
	else appendFileSync(join(directory, 'recado.db-wal'), randomBytes(between(random, 1, 4_000)));
	rig.gateway.signal('SIGCONT');
	return { directory, ledger };
}

async function revive(copy: Copy, { rig, receiver, dnsServer }: { rig: Rig; receiver: Receiver; dnsServer: string }): Promise<string[]> {
	const { ledger } = copy;
	record(receiver, ledger);
	await using gateway = new FaultGateway({ environment: { ...rig.environment, RECADO_DATA: copy.directory }, dnsServer });
	await gateway.start();
	await becomes(() => ledger.missing().length === 0, ARRIVES_WITHIN_MS);
	const missing = ledger.missing();
	const faults = missing.length === 0 ? [] : [`${missing.length} acknowledged messages are not in it, ${missing[0]} for one`];
	await becomes(() => areSettled(gateway), ARRIVES_WITHIN_MS);
	faults.push(...ledger.faults, ...(await auditDeliveries(gateway, ledger)));
	await gateway.stop();
	return [...faults, ...auditFiles(join(copy.directory, 'recado.db'))];
}

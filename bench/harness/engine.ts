/**
 * An engine at work: the process that accepts events and delivers them (the gateway, the ceiling, a peer), and the generator that writes to
 * it. `measureRate` is what throughput, ceiling and peers have in common: the same work, timed from the first request to the last outcome.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Child } from './child.ts';
import type { LoadOrder, LoadReport } from './load-process.ts';
import { round } from './percentiles.ts';
import { type Receiver, startReceiver } from './receivers.ts';
import type { EngineOrder, EngineReady } from './traffic.ts';
import type { Workspace } from './workspace.ts';

export interface EngineSpec {
	readonly name: string;
	/** Relative to `bench/`. */
	readonly file: string;
	readonly options?: Readonly<Record<string, string>>;
	/** How many events a second are expected of it: decides how many it is given. */
	readonly expectedPerSecond: number;
}

export const GATEWAY: EngineSpec = { name: 'throughput', file: 'gateway.ts', expectedPerSecond: 4_000 };
export const CEILING: EngineSpec = { name: 'ceiling', file: 'ceiling.ts', expectedPerSecond: 6_000 };

const BENCH = join(import.meta.dirname, '..');
/** Looks this often whether all has come, and gives up when nothing came for as long. */
const LOOK_MS = 20;
const STALLED_MS = 30_000;
export const CONCURRENCY = 64;

export class Engine implements AsyncDisposable {
	readonly ready: EngineReady;
	readonly #child: Child;
	readonly #directory: string;
	readonly #isDirectoryOurs: boolean;

	private constructor(child: Child, ready: EngineReady, directory: { readonly path: string; readonly isOurs: boolean }) {
		this.#child = child;
		this.ready = ready;
		this.#directory = directory.path;
		this.#isDirectoryOurs = directory.isOurs;
	}

	/** In a directory of its own that goes with it, unless one is given. */
	static async start(
		workspace: Workspace,
		spec: EngineSpec,
		{ urls, directory }: { urls: readonly string[]; directory?: string },
	): Promise<Engine> {
		const path = directory ?? (await workspace.room(spec.name));
		const child = new Child(join(BENCH, spec.file));
		const { ca } = workspace.certificates;
		const { options = {} } = spec;
		try {
			const ready = await child.ask<EngineReady>({ kind: 'start', directory: path, ca, urls, options } satisfies EngineOrder);
			return new Engine(child, ready, { path, isOurs: directory === undefined });
		} catch (error) {
			await child.kill();
			throw error;
		}
	}

	get pid(): number {
		return this.#child.pid;
	}

	async isIdle(): Promise<boolean> {
		return (await this.#child.ask<{ isIdle: boolean }>({ kind: 'idle' } satisfies EngineOrder)).isIdle;
	}

	async kill(): Promise<void> {
		await this.#child.kill();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#child[Symbol.asyncDispose]();
		if (this.#isDirectoryOurs) await rm(this.#directory, { recursive: true, force: true });
	}
}

/** The process that writes to engines. */
export class Generator implements AsyncDisposable {
	readonly #child = new Child(join(BENCH, 'harness', 'load-process.ts'));

	/** Rejects where a request was not accepted. */
	async run(order: LoadOrder): Promise<LoadReport> {
		const report = await this.#child.ask<LoadReport>(order);
		if (report.failed > 0) throw new Error(`${report.failed} of ${report.sent} requests were not accepted: ${report.faults.join(' | ')}`);
		return report;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#child[Symbol.asyncDispose]();
	}
}

/** Waits until the receiver has answered so many requests in all. */
export async function untilArrived(receiver: Pick<Receiver, 'count'>, wanted: number, stalledMs: number = STALLED_MS): Promise<void> {
	for (let last = { count: -1, at: performance.now() }; ; await pause(LOOK_MS)) {
		const count = await receiver.count();
		if (count >= wanted) return;
		if (count !== last.count) last = { count, at: performance.now() };
		else if (performance.now() - last.at > stalledMs) throw new Error(`${count} of ${wanted} arrived, and no more for ${stalledMs} ms`);
	}
}

export async function untilIdle(engine: Engine): Promise<void> {
	for (const giveUpAt = performance.now() + STALLED_MS; !(await engine.isIdle()); await pause(LOOK_MS)) {
		if (performance.now() > giveUpAt) throw new Error(`everything arrived, and is not on record after ${STALLED_MS} ms`);
	}
}

export interface Work {
	readonly chats: number;
	readonly firstChat?: number;
	readonly warmUp: number;
	readonly events: number;
}

export interface Rate {
	readonly receiver: Receiver['kind'];
	readonly perSecond: number;
	readonly acceptedPerSecond: number;
	readonly events: number;
	readonly seconds: number;
}

/** One run of one engine, with everything new: receiver, engine, generator. */
export async function measureOnce(workspace: Workspace, spec: EngineSpec, work: Work): Promise<Rate> {
	await using receiver = await startReceiver(workspace);
	await using engine = await Engine.start(workspace, spec, { urls: [receiver.url] });
	await using generator = new Generator();
	return await measureRate({ receiver, engine, generator }, work);
}

export async function measureRate(
	{ receiver, engine, generator }: { receiver: Receiver; engine: Engine; generator: Generator },
	{ chats, firstChat = 0, warmUp, events }: Work,
): Promise<Rate> {
	const order = { ...engine.ready, kind: 'closed', chats, firstChat, concurrency: CONCURRENCY, text: 'plain' } as const;
	const before = await receiver.count();
	if (warmUp > 0) await generator.run({ ...order, events: warmUp });
	await untilArrived(receiver, before + warmUp);
	await untilIdle(engine);
	const startedAt = performance.now();
	const report = await generator.run({ ...order, events, offset: warmUp });
	await untilArrived(receiver, before + warmUp + events);
	await untilIdle(engine);
	const seconds = (performance.now() - startedAt) / 1000;
	return {
		receiver: receiver.kind,
		perSecond: Math.round(events / seconds),
		acceptedPerSecond: Math.round(events / report.seconds),
		events,
		seconds: round(seconds),
	};
}

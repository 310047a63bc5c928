/**
 * The driver's hand on the gateway process: it starts, kills, freezes and stops it, again and again on the same data directory, talks to
 * its API and watches its memory.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { systemClock } from '../../src/system/system-clock.ts';
import { ADMIN_TOKEN } from '../support/gateway.ts';
import { GATEWAY_NODE_FLAGS } from '../support/node-flags.ts';
import { until } from '../support/waiting.ts';
import type { Failpoint } from './failpoints.ts';
import type { Order, Report } from './gateway-process.ts';

export interface GatewayWish {
	readonly environment: Readonly<Record<string, string>>;
	/** `127.0.0.1:5353`; default: the DNS of this machine. */
	readonly dnsServer?: string;
}

export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
	readonly body: any;
}

interface Prepared {
	readonly child: ChildProcess;
	readonly ended: Promise<unknown>;
}

interface Running extends Prepared {
	/** Undefined until it serves. */
	pool: Pool | undefined;
	origin: string;
}

const PROGRAM = join(import.meta.dirname, 'gateway-process.ts');
/** Node's own place for it: compiled modules are kept, so that two hundred starts are not two hundred compilations. */
const COMPILED = join(tmpdir(), 'node-compile-cache');
const MEMORY_LOOK_MS = 100;
const CONNECTIONS = 128;
const ENDS_WITHIN_MS = 60_000;

export class FaultGateway implements AsyncDisposable {
	readonly #wish: GatewayWish;
	#running: Running | undefined;
	#clockMs = 0;
	#peakMiB = 0;
	#isDisposed = false;

	constructor(wish: GatewayWish) {
		this.#wish = wish;
		this.#watchMemory();
	}

	get origin(): string {
		return this.#running?.origin ?? '';
	}

	/** The most memory that any of its processes had resident. */
	get peakMiB(): number {
		return this.#peakMiB;
	}

	/** Resolves when it serves. */
	async start(): Promise<void> {
		const report = await this.begin();
		if (report?.kind === 'serving') return;
		throw new Error(`The gateway did not start: ${report?.kind === 'failed' ? report.message : 'its process ended'}`);
	}

	/** Resolves to what became of the start; undefined where the process ended before. */
	async begin(): Promise<Report | undefined> {
		const running: Running = { ...take(), pool: undefined, origin: '' };
		this.#running = running;
		void running.ended.then(() => running.pool?.destroy());
		const reply = this.#told(running, ({ kind }) => kind === 'serving' || kind === 'failed');
		this.#order({ kind: 'start', ...this.#wish, clockMs: this.#clockMs });
		const report = await reply;
		if (report?.kind === 'serving') {
			running.origin = report.address;
			running.pool = new Pool(report.address, { connections: CONNECTIONS });
			spare ??= prepare();
		}
		return report;
	}

	/** Resolves when it heard so: what is asked of it from then on comes to an armed point. */
	async arm(point: Failpoint, nth: number): Promise<void> {
		const armed = this.#told(this.#alive(), (report) => report.kind === 'armed');
		this.#order({ kind: 'arm', point, nth });
		await armed;
	}

	/** Sets its time of day this far from the real one, now and at later starts. */
	async setClock(clockMs: number): Promise<void> {
		this.#clockMs = clockMs;
		if (!this.isAlive) return;
		const set = this.#told(this.#alive(), (report) => report.kind === 'clock-set');
		this.#order({ kind: 'clock', clockMs });
		await set;
	}

	get isAlive(): boolean {
		return this.#running !== undefined && isAlive(this.#running.child);
	}

	/** It answers requests, as far as the driver knows. */
	get isServing(): boolean {
		return this.isAlive && this.#running?.pool !== undefined;
	}

	/** Resolves when its process is gone, however that came. */
	async ended(): Promise<void> {
		await this.#running?.ended;
	}

	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended();
	}

	/** As an orchestrator stops it. Rejects where it ends otherwise than it should. */
	async stop(): Promise<void> {
		const { child } = this.#alive();
		this.#order({ kind: 'stop' });
		await until(() => !isAlive(child), { what: 'the gateway to stop', withinMs: ENDS_WITHIN_MS });
		if (child.exitCode !== 0) throw new Error(`The gateway stopped with ${child.exitCode ?? child.signalCode}`);
	}

	signal(name: NodeJS.Signals): void {
		this.#running?.child.kill(name);
	}

	get pid(): number {
		return this.#alive().child.pid ?? 0;
	}

	/** Whether every thread of it stands still after a SIGSTOP. */
	isFrozen(): boolean {
		return /^State:\s+T/m.test(this.#status());
	}

	/** A request to any of its APIs as its administrator. Rejects where the process goes meanwhile. */
	async request(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
		const { pool } = this.#alive();
		if (pool === undefined) throw new Error('The gateway does not serve');
		const response = await pool.request({
			method: method as 'GET',
			path,
			headers: {
				authorization: `Bearer ${ADMIN_TOKEN}`,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.body.text();
		const isJson = String(response.headers['content-type'] ?? '').includes('json');
		return { status: response.statusCode, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
	}

	/** The management API; rejects on anything but success. */
	// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
	async manage(method: string, path: string, body?: unknown): Promise<any> {
		const answer = await this.request(method, `/recado/v1${path}`, body);
		if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
		return answer.body;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		if (!this.isAlive) return;
		await this.kill();
	}

	#alive(): Running {
		if (!this.#running || !this.isAlive) throw new Error('The gateway is not running');
		return this.#running;
	}

	#order(order: Order): void {
		// One that is dying does not hear it any more; what waits for it waits for its end too.
		this.#running?.child.send(order, () => {});
	}

	#told({ child, ended }: Running, isIt: (report: Report) => boolean): Promise<Report | undefined> {
		return new Promise((resolve) => {
			const hear = (report: Report): void => {
				if (!isIt(report)) return;
				child.off('message', hear);
				resolve(report);
			};
			child.on('message', hear);
			void ended.then(() => resolve(undefined));
		});
	}

	#watchMemory(): void {
		if (this.#isDisposed) return;
		const peakKiB = Number(/^VmHWM:\s+(\d+)/m.exec(this.#status())?.[1] ?? 0);
		this.#peakMiB = Math.max(this.#peakMiB, Math.round(peakKiB / 1024));
		systemClock.schedule(MEMORY_LOOK_MS, () => this.#watchMemory());
	}

	/** What Linux tells of the process; empty elsewhere, and when it is gone. */
	#status(): string {
		try {
			return this.isAlive ? readFileSync(`/proc/${this.#running?.child.pid}/status`, 'utf8') : '';
		} catch {
			return '';
		}
	}
}

/** The next process loads its modules while others work, whoever starts it. */
let spare: Prepared | undefined;

function take(): Prepared {
	const taken = spare && isAlive(spare.child) ? spare : prepare();
	spare = undefined;
	taken.child.ref();
	taken.child.channel?.ref();
	return taken;
}

/** Nobody waits for its end, and it ends with us. */
function prepare(): Prepared {
	const { NODE_V8_COVERAGE: _coverage, NODE_TEST_CONTEXT: _context, ...environment } = process.env;
	const child = fork(PROGRAM, {
		env: { ...environment, NODE_COMPILE_CACHE: COMPILED },
		execArgv: [...GATEWAY_NODE_FLAGS],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	child.unref();
	child.channel?.unref();
	return { child, ended: once(child, 'exit') };
}

function isAlive(child: ChildProcess): boolean {
	return child.exitCode === null && child.signalCode === null;
}

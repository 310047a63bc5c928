/**
 * The gateways of a scenario as whoever stands before them sees them: a load balancer without a health check. Each request goes to the next one
 * that serves.
 */
import type { Answer, FaultGateway } from './gateway.ts';

export class Gateways implements AsyncDisposable {
	readonly all: readonly FaultGateway[];
	#turn = 0;

	constructor(all: readonly FaultGateway[]) {
		this.all = all;
	}

	get isAlive(): boolean {
		return this.all.some(({ isAlive }) => isAlive);
	}

	/** The most memory that any one of them had. */
	get peakMiB(): number {
		return Math.max(...this.all.map(({ peakMiB }) => peakMiB));
	}

	/** Rejects where the one that got it goes meanwhile. */
	async request(method: string, path: string, body?: unknown): Promise<Answer> {
		const serving = this.all.filter(({ isServing }) => isServing);
		this.#turn += 1;
		const gateway = serving[this.#turn % serving.length];
		if (!gateway) throw new Error('No gateway serves');
		return gateway.request(method, path, body);
	}

	/** All of them, the first one before the others. */
	async start(): Promise<void> {
		const [first, ...others] = this.all;
		await first?.start();
		await Promise.all(others.map((gateway) => gateway.start()));
	}

	async stop(): Promise<void> {
		await Promise.all(this.all.map((gateway) => gateway.stop()));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all(this.all.map((gateway) => gateway[Symbol.asyncDispose]()));
	}
}

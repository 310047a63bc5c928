/** Ten tabs of the console that stand open at a gateway, and what they asked and cost since somebody began to count. */
import { join } from 'node:path';
import { Child } from './child.ts';
import type { ConsoleOrder, ConsoleReport } from './console-process.ts';
import { round } from './percentiles.ts';

export interface Asked {
	readonly requestsPerSecond: number;
	readonly bytesPerSecond: number;
	/** Messages of streams. */
	readonly streamEventsPerSecond: number;
	/** Processor time of the tabs' own process, of one processor. */
	readonly consoleCpuShare: number;
}

export class Consoles implements AsyncDisposable {
	readonly #child = new Child(join(import.meta.dirname, 'console-process.ts'));
	#since: { readonly at: number; readonly report: ConsoleReport } | undefined;

	/** Resolves when all of them listen and show something. */
	static async open(wish: Omit<Extract<ConsoleOrder, { kind: 'open' }>, 'kind'>): Promise<Consoles> {
		const consoles = new Consoles();
		try {
			await consoles.#ask({ kind: 'open', ...wish });
			return consoles;
		} catch (error) {
			await consoles.#child.kill();
			throw error;
		}
	}

	async countFromNow(): Promise<void> {
		this.#since = { report: await this.#ask({ kind: 'report' }), at: performance.now() };
	}

	/** Since `countFromNow`. Rejects where the gateway refused something. */
	async asked(): Promise<Asked> {
		const now = await this.#ask({ kind: 'report' });
		const { report: before, at } = this.#since ?? { report: undefined, at: 0 };
		const seconds = (performance.now() - at) / 1_000;
		if (now.faults.length > 0) throw new Error(`a console was refused: ${now.faults.join(' | ')}`);
		const perSecond = (name: 'requests' | 'bytes' | 'streamEvents'): number => Math.round((now[name] - (before?.[name] ?? 0)) / seconds);
		return {
			requestsPerSecond: perSecond('requests'),
			bytesPerSecond: perSecond('bytes'),
			streamEventsPerSecond: perSecond('streamEvents'),
			consoleCpuShare: round((now.processorMs - (before?.processorMs ?? 0)) / (seconds * 1_000)),
		};
	}

	#ask(order: ConsoleOrder): Promise<ConsoleReport> {
		return this.#child.ask<ConsoleReport>(order);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#child[Symbol.asyncDispose]();
	}
}

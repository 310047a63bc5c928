/**
 * The load generator, in a process of its own, on kept-alive connections. *Closed*: so many requests at once, each as soon as the one before
 * is answered; it finds out how much is taken. *Open*: a constant rate, whatever the answers do; each text says when it was meant to be
 * sent, so that a stall of either side counts in full and not once (no coordinated omission).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { answerOrders } from './child.ts';
import { type Percentiles, percentilesOf } from './percentiles.ts';
import { messageBody, numberedText, PLAIN_TEXT, timedText } from './traffic.ts';

interface LoadTarget {
	readonly origin: string;
	/** Event number n goes to path n modulo their number, from chat n modulo `chats`. */
	readonly paths: readonly string[];
	readonly headers: Readonly<Record<string, string>>;
	readonly chats: number;
	/** The number of the first chat. */
	readonly firstChat?: number;
	/** How many events were sent before: the circle goes on. */
	readonly offset?: number;
}

export type LoadOrder = LoadTarget &
	(
		| { readonly kind: 'closed'; readonly events: number; readonly concurrency: number; readonly text: 'plain' | 'numbered' }
		| { readonly kind: 'open'; readonly perSecond: number; readonly seconds: number; readonly connections: number }
	);

export interface LoadReport {
	readonly sent: number;
	readonly failed: number;
	/** What the first refusals said. */
	readonly faults: readonly string[];
	readonly seconds: number;
	/** From the time each was meant to be sent (open), or was sent (closed), to its answer. */
	readonly answered: Percentiles;
	/** How late the generator itself was. */
	readonly lateness: Percentiles;
}

const ACCEPTED = 202;
const FAULTS_TOLD = 3;

class Load {
	readonly #order: LoadOrder;
	readonly #pool: Pool;
	readonly #answered: number[] = [];
	readonly #lateness: number[] = [];
	readonly #faults: string[] = [];
	#failed = 0;
	#sent = 0;

	constructor(order: LoadOrder) {
		this.#order = order;
		this.#pool = new Pool(order.origin, { connections: order.kind === 'closed' ? order.concurrency : order.connections, pipelining: 1 });
	}

	async run(): Promise<LoadReport> {
		const startedAt = performance.now();
		await (this.#order.kind === 'closed' ? this.#closed(this.#order) : this.#open(this.#order));
		const seconds = (performance.now() - startedAt) / 1000;
		await this.#pool.close();
		return {
			sent: this.#sent,
			failed: this.#failed,
			faults: this.#faults,
			seconds,
			answered: percentilesOf(this.#answered),
			lateness: percentilesOf(this.#lateness),
		};
	}

	async #closed({ events, concurrency, text, chats }: Extract<LoadOrder, { kind: 'closed' }>): Promise<void> {
		const worker = async (): Promise<void> => {
			while (this.#sent < events) {
				const n = this.#next();
				const words = text === 'plain' ? PLAIN_TEXT : numberedText(Math.floor(n / chats));
				await this.#post(n, words, performance.now());
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
	}

	async #open({ perSecond, seconds }: Extract<LoadOrder, { kind: 'open' }>): Promise<void> {
		const startedAt = performance.now() + 1;
		const events = perSecond * seconds;
		const posts: Promise<void>[] = [];
		while (this.#sent < events) {
			const now = performance.now();
			for (let meant = startedAt + (this.#sent * 1000) / perSecond; meant <= now && this.#sent < events; ) {
				this.#lateness.push(now - meant);
				posts.push(this.#post(this.#next(), timedText(performance.timeOrigin + meant), meant));
				meant = startedAt + (this.#sent * 1000) / perSecond;
			}
			await pause(1);
		}
		await Promise.all(posts);
	}

	/** The number of the next event. */
	#next(): number {
		this.#sent += 1;
		return (this.#order.offset ?? 0) + this.#sent - 1;
	}

	async #post(n: number, text: string, since: number): Promise<void> {
		const { paths, headers, chats, firstChat = 0 } = this.#order;
		try {
			const path = paths[n % paths.length] ?? '/';
			const response = await this.#pool.request({ method: 'POST', path, headers, body: messageBody(firstChat + (n % chats), text) });
			const told = await response.body.text();
			if (response.statusCode !== ACCEPTED) this.#refused(`${response.statusCode} ${told}`);
		} catch (error) {
			this.#refused(String(error));
		}
		this.#answered.push(performance.now() - since);
	}

	#refused(fault: string): void {
		this.#failed += 1;
		if (this.#faults.length < FAULTS_TOLD) this.#faults.push(fault);
	}
}

answerOrders<LoadOrder>((order) => new Load(order).run());

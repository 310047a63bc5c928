/**
 * Which instances are worked here: this process's share of those that are connected. It asks for its share at start, when others came, went
 * or gave some away, and every so often. What is new in it is resumed here; what is beyond it is handed over. Where some of that failed it asks
 * again, soon at first. Where the store is this process's alone, everything is its own, and it asks until all of it is resumed.
 */
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { News, PeerEars } from '../ports/peers.ts';
import type { Store } from '../ports/store.ts';
import type { Doors } from './doors.ts';
import type { Holding } from './holding.ts';
import type { InstanceQueues } from './instance-queues.ts';
import type { InstanceSupervisor } from './instance-supervisor.ts';

/** What news that never came costs at most: a message that waits so long in a queue, an instance without an owner for so long. */
const ROUND_MS = 30_000;
/** How long an instance rests that could not be resumed or handed over. Twice as long after each round with such a one, up to a whole round. */
const RETRY_MIN_MS = 1_000;

export interface SharesParts {
	readonly store: Pick<Store, 'accounts' | 'ownership' | 'peers'>;
	readonly instances: Pick<InstanceSupervisor, 'arrive' | 'handOver' | 'hasSession' | 'lost' | 'sessionIds'>;
	readonly queues: InstanceQueues;
	readonly holding: Holding;
	readonly doors: Doors;
	readonly clock: Clock;
	readonly observer: Observer;
}

export class InstanceShares implements PeerEars, AsyncDisposable {
	readonly #parts: SharesParts;
	#state: 'waiting' | 'running' | 'stopped' = 'waiting';
	#asking: Promise<void> | undefined;
	#askAgain = false;
	/** Rounds in which something failed, the last ones. */
	#failuresInARow = 0;
	#timer: Timer | undefined;

	constructor(parts: SharesParts) {
		this.#parts = parts;
	}

	/** Resumes the sessions that were open; one that cannot be resumed is told of and does not keep the others. */
	async start(): Promise<void> {
		this.#state = 'running';
		this.#asking = this.#ask();
		await this.#asking;
		this.#asking = undefined;
		if (this.#askAgain) this.#round();
		else this.#setTimer();
	}

	hear(news: News): void {
		if (news.kind === 'instances') this.#round();
		else if (news.kind === 'queue' && this.#parts.holding.isOurs(news.instanceId)) this.#parts.queues.of(news.instanceId).look();
	}

	lost(): void {
		this.#parts.instances.lost();
	}

	changed(): void {
		this.#lookAround();
	}

	/** Asks for no more; waits for what is coming or going. What is ours stays so until the lease ends. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#state = 'stopped';
		this.#timer?.cancel();
		await this.#asking?.catch(() => undefined); // told by whoever started it
	}

	/** News may have been missed. */
	#lookAround(): void {
		const { instances, queues } = this.#parts;
		for (const id of instances.sessionIds) queues.of(id).look();
		this.#round();
	}

	#round(): void {
		this.#askAgain = true;
		if (this.#state !== 'running' || this.#asking) return;
		this.#timer?.cancel();
		this.#asking = this.#askWhileWanted()
			.catch((error: unknown) => {
				this.#failuresInARow += 1;
				this.#parts.observer.background('instance.share', error);
			})
			.finally(() => {
				this.#asking = undefined;
				if (this.#askAgain) this.#round();
				else this.#setTimer();
			});
	}

	async #askWhileWanted(): Promise<void> {
		while (this.#askAgain && this.#state === 'running') {
			this.#askAgain = false;
			await this.#ask();
		}
	}

	async #ask(): Promise<void> {
		const { store, instances, doors, observer } = this.#parts;
		const open = (await store.accounts.allInstances()).filter((instance) => instance.state === 'connected');
		const { ours, beyond } = await store.ownership.share(open.map(({ id }) => id));
		const leaving = new Set(beyond);
		const coming = ours.filter((id) => !leaving.has(id) && !instances.hasSession(id));
		let hasFailed = false;
		const heard = (error: unknown): void => {
			hasFailed = true;
			observer.background('instance.resume', error);
		};
		await Promise.all([
			...coming.map((id) => doors.close(id, () => instances.arrive(id)).catch(heard)),
			...beyond.map((id) => instances.handOver(id).catch(heard)),
		]);
		this.#failuresInARow = hasFailed ? this.#failuresInARow + 1 : 0;
	}

	#setTimer(): void {
		const { store, clock } = this.#parts;
		const isRetry = this.#failuresInARow > 0;
		if (this.#state !== 'running' || (store.peers.isAlone && !isRetry)) return;
		const afterMs = isRetry ? Math.min(ROUND_MS, RETRY_MIN_MS * 2 ** (this.#failuresInARow - 1)) : ROUND_MS;
		this.#timer = clock.schedule(afterMs, () => this.#lookAround());
	}
}

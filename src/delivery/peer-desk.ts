/**
 * Where what the other processes of a store tell comes in, and is handed to whoever it concerns. News are hints: which webhooks changed unheard the
 * store tells later, and what is due the dispatcher's look around finds.
 */
import type { Observer } from '../observe/observer.ts';
import type { News, PeerEars, Peers } from '../ports/peers.ts';
import { Chores } from './chores.ts';
import type { Dispatcher, Dropped } from './dispatcher.ts';
import type { Janitor } from './janitor.ts';
import type { JobService } from './job-service.ts';
import type { WebhookService } from './webhook-service.ts';

/** What concerns others than delivery. None of them may throw. */
export interface PeerHooks {
	/** A message entered the queue of an instance, or left it. */
	readonly onQueue: (instanceId: string) => void;
	/** There may be instances that nobody owns, or that are too many for their owner. */
	readonly onInstances: () => void;
	/** The lease is lost; `dropped` is what the dispatcher had in hand. */
	readonly onLost: (dropped: Dropped) => void;
}

export interface PeerDeskParts {
	readonly peers: Peers;
	readonly dispatcher: Pick<Dispatcher, 'lost' | 'membersChanged' | 'lookForDue' | 'hearDue'>;
	readonly webhooks: Pick<WebhookService, 'follow' | 'followAll'>;
	readonly janitor: Pick<Janitor, 'wake' | 'membersChanged'>;
	readonly jobs: Pick<JobService, 'wake'>;
	readonly observer: Pick<Observer, 'background'>;
	readonly hooks: PeerHooks;
}

export class PeerDesk implements PeerEars, AsyncDisposable {
	readonly #parts: PeerDeskParts;
	readonly #chores: Chores;
	readonly #following = new Set<Promise<void>>();
	#state: 'new' | 'open' | 'closed' = 'new';
	/** Something of webhooks may have changed that this process could not follow. */
	#isBehind = true;

	constructor(parts: PeerDeskParts) {
		this.#parts = parts;
		this.#chores = new Chores(parts.peers);
	}

	/** Listens from here on, and catches up with what was told before. Nothing, where there are no others. */
	open(): void {
		const { peers } = this.#parts;
		if (this.#state !== 'new' || peers.isAlone) return;
		this.#state = 'open';
		peers.listen(this);
		this.#catchUp();
	}

	hear(news: News): void {
		if (this.#state !== 'open') return;
		const { dispatcher, hooks } = this.#parts;
		switch (news.kind) {
			case 'webhook':
				this.#follow(news.webhookId);
				break;
			case 'due':
				dispatcher.hearDue(news.webhookId);
				break;
			case 'look':
				this.#catchUp();
				dispatcher.lookForDue();
				break;
			case 'queue':
				hooks.onQueue(news.instanceId);
				break;
			case 'instances':
				hooks.onInstances();
				break;
			case 'chores':
				this.#doChores();
				break;
		}
	}

	/** Also while it stops: nothing of what was in hand may be attempted or settled. */
	lost(): void {
		this.#parts.hooks.onLost(this.#parts.dispatcher.lost());
	}

	changed(): void {
		if (this.#state !== 'open') return;
		const { dispatcher, janitor, hooks } = this.#parts;
		dispatcher.membersChanged();
		janitor.membersChanged();
		this.#doChores();
		hooks.onInstances();
	}

	/** What is being followed is finished; nothing is heard any more but that the lease is lost. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#state = 'closed';
		await Promise.all(this.#following);
	}

	#follow(webhookId: string): void {
		const following = this.#parts.webhooks.follow(webhookId).then((webhook) => {
			if (webhook?.ending !== undefined && this.#chores.areOurs) this.#parts.janitor.wake();
		});
		this.#track(following);
	}

	#catchUp(): void {
		if (!this.#isBehind) return;
		this.#isBehind = false;
		this.#track(this.#parts.webhooks.followAll());
	}

	#doChores(): void {
		if (!this.#chores.areOurs) return;
		this.#parts.janitor.wake();
		this.#parts.jobs.wake();
	}

	#track(work: Promise<void>): void {
		const following = work
			.catch((error: unknown) => {
				this.#isBehind = true;
				this.#parts.observer.background('peers.follow', error);
			})
			.finally(() => this.#following.delete(following));
		this.#following.add(following);
	}
}

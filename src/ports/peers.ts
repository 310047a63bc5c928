/**
 * The processes that share one store. Each is a *member* while its lease holds: it renews the lease by a heartbeat, and has a *token* that is
 * greater than every one before it (a fencing token). What a member has in hand is marked with its token, in the store. Where a lease ends, another member
 * takes over what was marked with it; whoever comes back after that finds that nothing is its own any more.
 *
 * An embedded store has one process, which is always its only member.
 */

export interface Peers {
	/** Nobody else can come to share the store: a fact of the engine. Where it is so, what this process knows of queues and webhooks is all there is. */
	readonly isAlone: boolean;
	/** Of the members that are alive, as last heard, oldest first; this one among them while it is a member. */
	readonly members: readonly string[];
	/** This process, among `members`; undefined while it is none. */
	readonly self: string | undefined;
	/** Begins to tell what happens. The store has joined when it was opened. */
	listen(ears: PeerEars): void;
	/**
	 * Whether what this process has in hand is still its own, by its own clock, which was set before the lease was renewed: never longer than the
	 * store sees it. Asked right before each attempt.
	 */
	holds(): boolean;
	/** Tells the others. Never rejects and does not wait; what is told twice within a moment is told once. */
	tell(news: News): void;
	/** Hands over: the lease ends now, and the others are told to look for what is due. Whatever was in hand has to be settled before. */
	leave(): Promise<void>;
}

export interface PeerEars {
	hear(news: News): void;
	/** The lease has ended: what was in hand is somebody else's, or will be. Nothing of it may be attempted or settled. */
	lost(): void;
	/** A member again, under a new token, or members came or went: shares are other ones, and there may be something due. */
	changed(): void;
}

/** What one process tells the others. Only hints: whoever misses one finds out by looking, a little later. */
export type News =
	/** A webhook was made, changed, failing, recovered or deleted. */
	| { readonly kind: 'webhook'; readonly webhookId: string }
	/** Deliveries of this webhook are due and wait in the store. */
	| { readonly kind: 'due'; readonly webhookId: string }
	/** Something may be due, of any webhook. */
	| { readonly kind: 'look' }
	/** A message entered the queue of an instance, or left it. */
	| { readonly kind: 'queue'; readonly instanceId: string }
	/** There may be instances that nobody owns. */
	| { readonly kind: 'instances' }
	/** A job began or was changed, or a webhook is being deleted. */
	| { readonly kind: 'chores' };

/** Which process works an instance (its session, its queue): one at a time, by the same lease as deliveries. */
export interface Ownership {
	/** Makes it ours where it is nobody's. Answers whether it is ours. */
	claim(instanceId: string): Promise<boolean>;
	/** Ours no more, for whoever wants it. */
	release(instanceId: string): Promise<void>;
	/** What of these is ours now, with a fair part of those that were nobody's; and which of ours are beyond a fair part, and should be released. */
	share(instanceIds: readonly string[]): Promise<{ readonly ours: readonly string[]; readonly beyond: readonly string[] }>;
	isOurs(instanceId: string): boolean;
}

/** What only the owner of an instance can do, asked for by another process. Arguments and answers are JSON. */
export interface Errands {
	/** Runs it where the instance is owned and answers its result; rejects with what it threw there, or with `store_unavailable` where nobody answers. */
	send(instanceId: string, errand: Errand): Promise<unknown>;
	/** How this process runs what others send. */
	serve(run: (instanceId: string, errand: Errand) => Promise<unknown>): void;
}

export interface Errand {
	readonly name: string;
	readonly args: readonly unknown[];
}

/** The other processes of a store, as a test wants them: who is a member, whether the lease holds, what is heard; what was told is kept. */
import type { News, PeerEars, Peers } from '../../src/ports/peers.ts';

export class FakePeers implements Peers {
	readonly isAlone = false;
	readonly told: News[] = [];
	members: readonly string[];
	self: string | undefined;
	isHolding = true;
	#ears: PeerEars | undefined;

	/** This process is the first of the members, where nothing else is said. */
	constructor(members: readonly string[] = ['1'], self: string | undefined = members[0]) {
		this.members = members;
		this.self = self;
	}

	listen(ears: PeerEars): void {
		this.#ears = ears;
	}

	holds(): boolean {
		return this.isHolding && this.self !== undefined;
	}

	tell(news: News): void {
		this.told.push(news);
	}

	async leave(): Promise<void> {
		this.self = undefined;
	}

	/** The ids of the webhooks that were told to be so. */
	toldOf(kind: 'due' | 'webhook'): readonly string[] {
		return this.told.flatMap((news) => (news.kind === kind && 'webhookId' in news ? [news.webhookId] : []));
	}

	hear(news: News): void {
		this.#ears?.hear(news);
	}

	lose(): void {
		this.members = this.members.filter((member) => member !== this.self);
		this.self = undefined;
		this.#ears?.lost();
	}

	become(members: readonly string[], self: string): void {
		this.members = members;
		this.self = self;
		this.#ears?.changed();
	}
}

/** What one process does for all that share a store: ending, expiring, pruning, jobs. It is the member that has been there longest. */
import type { Peers } from '../ports/peers.ts';

export class Chores {
	readonly #peers: Pick<Peers, 'members' | 'self' | 'tell'>;

	constructor(peers: Pick<Peers, 'members' | 'self' | 'tell'>) {
		this.#peers = peers;
	}

	get areOurs(): boolean {
		const { members, self } = this.#peers;
		return self !== undefined && members[0] === self;
	}

	/** There is something to do, for whoever does it. */
	tell(): void {
		this.#peers.tell({ kind: 'chores' });
	}
}

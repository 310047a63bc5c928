/**
 * Which instances this process may work on at this moment. It is asked right before whatever cannot be taken back: a process that was paused
 * finds that its lease ended before anybody told it so. What it still does then is refused as `store_unavailable`: nothing was done, and
 * whoever asked again would find the new owner.
 */
import { RecadoError } from '../errors.ts';
import type { ChannelState } from '../ports/channel.ts';
import type { Store } from '../ports/store.ts';

export class Holding {
	readonly #store: Pick<Store, 'peers' | 'ownership'>;

	constructor(store: Pick<Store, 'peers' | 'ownership'>) {
		this.#store = store;
	}

	isOurs(instanceId: string): boolean {
		const { peers, ownership } = this.#store;
		return ownership.isOurs(instanceId) && peers.holds();
	}

	/** Makes it ours where it is nobody's. Answers whether it is ours. */
	async claim(instanceId: string): Promise<boolean> {
		return this.isOurs(instanceId) || ((await this.#store.ownership.claim(instanceId)) && this.isOurs(instanceId));
	}

	/** Throws store_unavailable. */
	assertOurs(instanceId: string): void {
		if (!this.isOurs(instanceId)) throw new RecadoError('store_unavailable');
	}

	/** What a channel keeps, for the owner of the instance alone: what another process reads of it is stale before it is used. */
	guard(state: ChannelState): ChannelState {
		return {
			list: async (instanceId, prefix) => {
				this.assertOurs(instanceId);
				return state.list(instanceId, prefix);
			},
			write: async (instanceId, changes) => {
				this.assertOurs(instanceId);
				await state.write(instanceId, changes);
				// Whoever took over before it was written has not read it: nobody is told that it is kept.
				this.assertOurs(instanceId);
			},
		};
	}
}

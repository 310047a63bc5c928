/** What hears of other processes on the same store. */
import { PeerDesk } from '../delivery/peer-desk.ts';
import type { Store } from '../ports/store.ts';
import type { BuiltDelivery } from './delivery.ts';
import type { BuiltInstances } from './instances.ts';
import type { World } from './world.ts';

export function buildPeerDesk(parts: World & BuiltDelivery & BuiltInstances & { readonly store: Store }): PeerDesk {
	const { shares, observer, store } = parts;
	return new PeerDesk({
		...parts,
		peers: store.peers,
		hooks: {
			onQueue: (instanceId) => shares.hear({ kind: 'queue', instanceId }),
			onInstances: () => shares.changed(),
			onLost: (dropped) => {
				observer.leaseLost(dropped);
				shares.lost();
			},
		},
	});
}

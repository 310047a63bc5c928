/** The peers of a store that one process has for itself: none. Every instance is its own, and there is nobody to send. */
import type { Errands, Ownership, Peers } from '../../ports/peers.ts';

const SELF = 'alone';

export const alone: Peers = {
	isAlone: true,
	members: [SELF],
	self: SELF,
	listen: () => undefined,
	holds: () => true,
	tell: () => undefined,
	leave: async () => undefined,
};

export const ownsAll: Ownership = {
	claim: async () => true,
	release: async () => undefined,
	share: async (instanceIds) => ({ ours: instanceIds, beyond: [] }),
	isOurs: () => true,
};

export const noErrands: Errands = {
	send: async (instanceId) => {
		throw new Error(`${instanceId} is owned here: nobody else can be sent`);
	},
	serve: () => undefined,
};

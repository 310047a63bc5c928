/**
 * What works the instances: the channels, a queue and a session each, which of them are this process's, and how they are reached at another one.
 * What channels observe goes to the inbox, which is built after them.
 */
import { Simulator } from '../channels/simulator/simulator.ts';
import type { Config } from '../config/config.ts';
import type { Instance } from '../domain/account.ts';
import { RecadoError } from '../errors.ts';
import { Doors } from '../messaging/doors.ts';
import { Holding } from '../messaging/holding.ts';
import type { Inbox } from '../messaging/inbox.ts';
import { InstanceErrands } from '../messaging/instance-errands.ts';
import { InstanceQueues } from '../messaging/instance-queues.ts';
import { InstanceShares } from '../messaging/instance-shares.ts';
import { InstanceSupervisor } from '../messaging/instance-supervisor.ts';
import { OwnedWhatsApp } from '../messaging/whatsapp.ts';
import type { Channel } from '../ports/channel.ts';
import type { Store } from '../ports/store.ts';
import type { BuiltDelivery } from './delivery.ts';
import type { World } from './world.ts';

export interface BuiltInstances {
	/** As they are in this process: `BuiltMessaging.simulator` reaches them at whichever owns them. */
	readonly simulatedPhones: Simulator;
	readonly channels: (kind: Instance['channel']) => Channel | undefined;
	/** Throws channel_unavailable. */
	readonly channelOf: (instance: Instance) => Channel;
	readonly holding: Holding;
	readonly queues: InstanceQueues;
	readonly errands: InstanceErrands;
	readonly instances: InstanceSupervisor;
	readonly shares: InstanceShares;
	readonly whatsapp: OwnedWhatsApp;
}

interface InstanceNeeds extends World, BuiltDelivery {
	readonly store: Store;
	readonly inbox: () => Inbox;
}

export function buildInstances(config: Config, needs: InstanceNeeds): BuiltInstances {
	const { store, clock, ids, logger } = needs;
	const holding = new Holding(store);
	const simulatedPhones = new Simulator({
		...{ clock, ids, logger },
		seed: config.simulator.seed,
		state: holding.guard(store.channelState),
		sink: needs.inbox,
	});
	const channels = (kind: Instance['channel']): Channel | undefined => (kind === 'simulator' ? simulatedPhones : undefined);
	const channelOf = (instance: Instance): Channel => {
		const channel = channels(instance.channel);
		if (!channel) throw new RecadoError('channel_unavailable', { details: { channel: instance.channel } });
		return channel;
	};
	const doors = new Doors();
	const queues = new InstanceQueues({ ...needs, channelOf, holding });
	const errands = new InstanceErrands({ store, holding, doors, onClaimed: (instanceId) => instances.arrive(instanceId) });
	const instances: InstanceSupervisor = new InstanceSupervisor({ ...needs, channelOf, queues, errands, holding, doors });
	const shares = new InstanceShares({ ...needs, instances, queues, holding, doors });
	const whatsapp = new OwnedWhatsApp({ channelOf, errands });
	return { simulatedPhones, channels, channelOf, holding, queues, errands, instances, shares, whatsapp };
}

/** What the dispatcher does with deliveries. Nearly all of it is submitted to the same groups as the commits; who takes or settles has to be a member. */
import type { Clock } from '../../ports/clock.ts';
import type { DeliveryReads } from '../../ports/deliveries.ts';
import type { DeliveryWork } from '../../ports/delivery-work.ts';
import type { Database } from './database.ts';
import { actOnDelivery, DISCARD, OVERTAKE, REPLAY } from './deliveries/act-on-delivery.ts';
import { cancelDeliveries, expireDeliveries } from './deliveries/act-on-webhook.ts';
import { claimDue } from './deliveries/claim-due.ts';
import { BacklogCounter } from './deliveries/count-backlog.ts';
import { dueWebhooks } from './deliveries/due-webhooks.ts';
import { findDelivery } from './deliveries/find-delivery.ts';
import { hasUnsettled } from './deliveries/has-unsettled.ts';
import { hastenDeliveries } from './deliveries/hasten-deliveries.ts';
import { listAttempts } from './deliveries/list-attempts.ts';
import { listDeliveries } from './deliveries/list-deliveries.ts';
import type { Taker } from './deliveries/require-member.ts';
import { settleDelivery } from './deliveries/settle-delivery.ts';
import { takeOldest } from './deliveries/take-oldest.ts';
import type { GroupWriter, Operation } from './group-writer.ts';

export interface DeliveryWorkParts {
	readonly db: Pick<Database, 'query' | 'transaction'>;
	readonly writer: GroupWriter;
	readonly clock: Clock;
	readonly membership: Taker;
}

export function deliveryWork({ db, writer, clock, membership }: DeliveryWorkParts): DeliveryReads & DeliveryWork {
	const backlog = new BacklogCounter(db);
	const asMember = <T>(write: Operation<T>['write']): Promise<T> => writer.submit({ write, leaseLost: 'rejects' });
	return {
		delivery: (id) => findDelivery(db, id),
		list: (filter, page) => listDeliveries(db, filter, page),
		attempts: (deliveryId) => listAttempts(db, deliveryId),
		backlog: () => backlog.count(),
		claimDue: (request) => asMember((batch) => claimDue(batch, request, membership)),
		dueWebhooks: () => dueWebhooks(db),
		takeOldest: (webhookId) => asMember((batch) => takeOldest(batch, webhookId, membership)),
		hasten: (webhookId, at, limit) => writer.submit({ write: (batch) => hastenDeliveries(batch, webhookId, at, limit) }),
		settle: (settlement) => asMember((batch) => settleDelivery(batch, settlement, clock.now(), membership)),
		overtake: async (deliveryId) => {
			await actOnDelivery(db, writer, OVERTAKE, deliveryId, clock.now());
		},
		replay: (deliveryId, at) => actOnDelivery(db, writer, REPLAY, deliveryId, at),
		discard: (deliveryId, at) => actOnDelivery(db, writer, DISCARD, deliveryId, at),
		expire: (webhookId, createdBefore, at, limit) => expireDeliveries(db, webhookId, createdBefore, at, limit),
		cancel: (webhookId, at, limit) => cancelDeliveries(db, webhookId, at, limit),
		hasUnsettled: (webhookId) => hasUnsettled(db, webhookId),
	};
}

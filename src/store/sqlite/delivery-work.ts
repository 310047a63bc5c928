/** What the dispatcher does with deliveries, submitted to the same groups as the commits. */
import type { Clock } from '../../ports/clock.ts';
import type { DeliveryReads, DeliveryWork } from '../../ports/store.ts';
import type { Connection } from './connection.ts';
import { claimDue } from './deliveries/claim-due.ts';
import { findDelivery } from './deliveries/delivery-row.ts';
import { listAttempts } from './deliveries/list-attempts.ts';
import { listDeliveries } from './deliveries/list-deliveries.ts';
import { listFailing } from './deliveries/list-failing.ts';
import { nextDueAt } from './deliveries/next-due-at.ts';
import { overtakeDelivery } from './deliveries/overtake-delivery.ts';
import { readBacklog } from './deliveries/read-backlog.ts';
import { replayDelivery } from './deliveries/replay-delivery.ts';
import { settleDelivery } from './deliveries/settle-delivery.ts';
import type { GroupWriter } from './group-writer.ts';

export function deliveryWork(reader: Connection, writer: GroupWriter, clock: Clock): DeliveryReads & DeliveryWork {
	return {
		delivery: async (id) => findDelivery(reader, id),
		list: async (filter, page) => listDeliveries(reader, filter, page),
		attempts: async (deliveryId) => listAttempts(reader, deliveryId),
		backlog: async () => readBacklog(reader, clock.now()),
		nextDueAt: async (except) => nextDueAt(reader, except),
		failing: async (webhookId, limit) => listFailing(reader, webhookId, limit),
		claimDue: (request) => writer.submit((db) => claimDue(db, request)),
		settle: (settlement) => writer.submit((db) => settleDelivery(db, settlement, clock.now())),
		overtake: (deliveryId) => writer.submit((db) => overtakeDelivery(db, deliveryId, clock.now())),
		replay: (deliveryId, at) => writer.submit((db) => replayDelivery(db, deliveryId, at)),
	};
}

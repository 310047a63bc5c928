/** What the dispatcher does with deliveries, submitted to the same groups as the commits. */
import type { Clock } from '../../ports/clock.ts';
import type { DeliveryReads } from '../../ports/deliveries.ts';
import type { DeliveryWork } from '../../ports/delivery-work.ts';
import type { Connection } from './connection.ts';
import { cancelDeliveries } from './deliveries/cancel-deliveries.ts';
import { claimDue } from './deliveries/claim-due.ts';
import { BacklogCounter } from './deliveries/count-backlog.ts';
import { type BareRow, findDelivery, findDeliveryRow } from './deliveries/delivery-row.ts';
import { discardDelivery } from './deliveries/discard-delivery.ts';
import { dueWebhooks } from './deliveries/due-webhooks.ts';
import { expireDeliveries } from './deliveries/expire-deliveries.ts';
import { hasUnsettled } from './deliveries/has-unsettled.ts';
import { hastenDeliveries } from './deliveries/hasten-deliveries.ts';
import { listAttempts } from './deliveries/list-attempts.ts';
import { listDeliveries } from './deliveries/list-deliveries.ts';
import { overtakeDelivery } from './deliveries/overtake-delivery.ts';
import { replayDelivery } from './deliveries/replay-delivery.ts';
import { settleDelivery } from './deliveries/settle-delivery.ts';
import { takeOldest } from './deliveries/take-oldest.ts';
import type { GroupWriter } from './group-writer.ts';

export function deliveryWork(reader: Connection, writer: GroupWriter, clock: Clock): DeliveryReads & DeliveryWork {
	const backlog = new BacklogCounter(reader);
	const onRow = (id: string, act: (db: Connection, row: BareRow) => boolean): Promise<boolean> =>
		writer.submit((db) => {
			const row = findDeliveryRow(db, id);
			return row !== undefined && act(db, row);
		});
	return {
		delivery: async (id) => findDelivery(reader, id),
		list: async (filter, page) => listDeliveries(reader, filter, page),
		attempts: async (deliveryId) => listAttempts(reader, deliveryId),
		backlog: () => backlog.count(),
		claimDue: (request) => writer.submit((db) => claimDue(db, request)),
		dueWebhooks: async () => dueWebhooks(reader),
		takeOldest: (webhookId) => writer.submit((db) => takeOldest(db, webhookId)),
		hasten: (webhookId, at, limit) => writer.submit((db) => hastenDeliveries(db, webhookId, at, limit)),
		settle: (settlement) => writer.submit((db) => settleDelivery(db, settlement, clock.now())),
		overtake: (deliveryId) => writer.submit((db) => overtakeDelivery(db, deliveryId, clock.now())),
		replay: (deliveryId, at) => onRow(deliveryId, (db, row) => replayDelivery(db, row, at)),
		discard: (deliveryId, at) => onRow(deliveryId, (db, row) => discardDelivery(db, row, at)),
		expire: (webhookId, createdBefore, at, limit) => writer.submit((db) => expireDeliveries(db, webhookId, createdBefore, at, limit)),
		cancel: (webhookId, at, limit) => writer.submit((db) => cancelDeliveries(db, webhookId, at, limit)),
		hasUnsettled: async (webhookId) => hasUnsettled(reader, webhookId),
	};
}

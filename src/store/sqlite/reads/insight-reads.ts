/** What was committed lately, by its number, and where deliveries died. Each statement walks one index, no further than it is told. */
import type { Delivery } from '../../../domain/delivery.ts';
import {
	DEAD_COUNTED_MAX,
	type EventHead,
	type InsightReads,
	LEFT_OUT_MAX,
	type Newest,
	type Stretch,
	WAITING_LOOKED_AT_MAX,
} from '../../../ports/insight.ts';
import { type EventHeadRow, toEventHead } from '../../shared/event-head-row.ts';
import { present } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from '../deliveries/delivery-row.ts';

export function insightReads(db: Connection): InsightReads {
	return {
		newestSeqs: async () => {
			const [events, deliveries] = [db.get<SeqRow>(NEWEST_EVENT), db.get<SeqRow>(NEWEST_DELIVERY)];
			return { events: events?.seq ?? 0, deliveries: deliveries?.seq ?? 0 };
		},
		eventsIn: async (stretches, limit): Promise<Newest<EventHead>> => newestOf(db, EVENTS, { stretches, limit, read: toEventHead }),
		deliveriesIn: async (stretches, limit): Promise<Newest<Delivery>> => newestOf(db, DELIVERIES, { stretches, limit, read: toDelivery }),
		deadByWebhook: async (webhooksMax) =>
			db
				.all<{ webhook_id: string; count: number; since: number | null }>(DEAD_BY_WEBHOOK, webhooksMax)
				.map(({ webhook_id, count, since }) => ({ webhookId: webhook_id, count, ...present({ since }) })),
		waitingSince: async () => db.get<{ since: number | null }>(WAITING_SINCE)?.since ?? undefined,
	};
}

interface SeqRow {
	readonly seq: number | null;
}

export const NEWEST_EVENT = 'SELECT max(seq) AS seq FROM events';
export const NEWEST_DELIVERY = 'SELECT max(seq) AS seq FROM deliveries';

interface Of<Row extends { readonly seq: number }> {
	readonly list: string;
	readonly count: string;
	/** Never there: it ties the statements to the shape of their rows. */
	readonly row?: Row;
}

const BETWEEN = 'WHERE seq BETWEEN ? AND ?';

export const EVENTS: Of<EventHeadRow> = {
	list: `SELECT seq, id, type, account_id, instance_id, chat_id, at,
		CASE WHEN type >= 'webhook.' AND type < 'webhook/' THEN json_extract(data, '$.webhook.id') END AS webhook_id
		FROM events ${BETWEEN} ORDER BY seq DESC LIMIT ?`,
	count: `SELECT count(*) AS count FROM (SELECT 1 FROM events ${BETWEEN} LIMIT ${LEFT_OUT_MAX})`,
};

export const DELIVERIES: Of<DeliveryRow> = {
	list: `SELECT ${DELIVERY_COLUMNS}, '' AS body FROM deliveries ${BETWEEN} ORDER BY seq DESC LIMIT ?`,
	count: `SELECT count(*) AS count FROM (SELECT 1 FROM deliveries ${BETWEEN} LIMIT ${LEFT_OUT_MAX})`,
};

interface Asked<Row, T> {
	readonly stretches: readonly Stretch[];
	readonly limit: number;
	readonly read: (row: Row) => T;
}

function newestOf<Row extends { readonly seq: number }, T>(
	db: Connection,
	of: Of<Row>,
	{ stretches, limit, read }: Asked<Row, T>,
): Newest<T> {
	let leftOut = 0;
	const found = stretches.flatMap(({ first, last }) => {
		const rows = db.all<Row>(of.list, first, last, limit);
		const lowest = rows.at(-1);
		// What a full answer did not reach.
		if (lowest && rows.length === limit) leftOut += db.get<{ count: number }>(of.count, first, lowest.seq - 1)?.count ?? 0;
		return rows;
	});
	const newest = found.length > limit ? found.sort((a, b) => b.seq - a.seq).slice(0, limit) : inOrder(found, stretches);
	return { items: newest.map(read), leftOut: Math.min(LEFT_OUT_MAX, leftOut + found.length - newest.length) };
}

function inOrder<Row extends { readonly seq: number }>(rows: Row[], stretches: readonly Stretch[]): Row[] {
	return stretches.length > 1 ? rows.sort((a, b) => b.seq - a.seq) : rows;
}

const NOT_SENT = "state NOT IN ('sending', 'delivered')";
const FIRST_AFTER = `SELECT min(webhook_id) FROM deliveries INDEXED BY deliveries_webhook_state WHERE ${NOT_SENT} AND webhook_id >`;
const DEAD_OF = `FROM deliveries INDEXED BY deliveries_webhook_state WHERE webhook_id = hook.webhook_id AND state = 'dead' AND ${NOT_SENT}`;
export const DEAD_BY_WEBHOOK: string = `
	WITH RECURSIVE hook (webhook_id) AS (
		SELECT (${FIRST_AFTER} '')
		UNION ALL
		SELECT (${FIRST_AFTER} hook.webhook_id) FROM hook WHERE hook.webhook_id IS NOT NULL LIMIT ?
	), dead AS (
		SELECT webhook_id, (SELECT count(*) FROM (SELECT 1 ${DEAD_OF} LIMIT ${DEAD_COUNTED_MAX})) AS count,
			(SELECT settled_at ${DEAD_OF} ORDER BY seq LIMIT 1) AS since
		FROM hook WHERE webhook_id IS NOT NULL
	)
	SELECT webhook_id, count, since FROM dead WHERE count > 0`;

export const WAITING_SINCE: string = `
	SELECT min(coalesce(replayed_at, created_at)) AS since FROM (
		SELECT replayed_at, created_at FROM deliveries INDEXED BY deliveries_state
		WHERE state = 'pending' AND state <> 'delivered' ORDER BY seq LIMIT ${WAITING_LOOKED_AT_MAX}
	)`;

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
import { ints } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { LOOKED_AT_COLUMNS, type LookedAtRow, toDelivery } from '../deliveries/find-delivery.ts';
import { type Statement, statement } from '../statement.ts';

export function insightReads(db: Queries): InsightReads {
	return {
		newestSeqs: async () => {
			const [row] = await db.query<{ events: number | null; deliveries: number | null }>(NEWEST_SEQS);
			return { events: row?.events ?? 0, deliveries: row?.deliveries ?? 0 };
		},
		eventsIn: (stretches, limit): Promise<Newest<EventHead>> => newestOf(db, EVENTS, { stretches, limit, read: toEventHead }),
		deliveriesIn: (stretches, limit): Promise<Newest<Delivery>> => newestOf(db, DELIVERIES, { stretches, limit, read: toDelivery }),
		deadByWebhook: async (webhooksMax) => {
			const rows = await db.query<{ webhook_id: string; count: number; since: number | null }>(DEAD_BY_WEBHOOK, [webhooksMax]);
			return rows.map(({ webhook_id, count, since }) => ({ webhookId: webhook_id, count, ...present({ since }) }));
		},
		waitingSince: async () => {
			const [row] = await db.query<{ since: number | null }>(WAITING_SINCE);
			return row?.since ?? undefined;
		},
	};
}

export const NEWEST_SEQS: Statement = statement(
	'insight_newest_seqs',
	'SELECT (SELECT max(seq) FROM events) AS events, (SELECT max(seq) FROM deliveries) AS deliveries',
);

interface Of<Row extends { readonly seq: number }> {
	readonly list: Statement;
	readonly count: Statement;
	/** Never there: it ties the statements to the shape of their rows. */
	readonly row?: Row;
}

/** The newest of each stretch, of which the newest are wanted. */
const STRETCHES = 'unnest($1::bigint[], $2::bigint[]) AS stretch (low, high) CROSS JOIN LATERAL';

function countOf(name: string, table: string): Statement {
	const inStretch = `SELECT 1 FROM ${table} WHERE seq BETWEEN low AND high LIMIT ${LEFT_OUT_MAX}`;
	return statement(name, `SELECT count(*) AS count FROM ${STRETCHES} (${inStretch}) AS found`);
}

export const EVENTS: Of<EventHeadRow> = {
	list: statement(
		'insight_events',
		`SELECT found.seq, id, type, account_id, instance_id, chat_id, at,
			CASE WHEN type LIKE 'webhook.%' THEN data::json -> 'webhook' ->> 'id' END AS webhook_id
		FROM ${STRETCHES} (SELECT * FROM events WHERE seq BETWEEN low AND high ORDER BY seq DESC LIMIT $3) AS found
		ORDER BY found.seq DESC LIMIT $3`,
	),
	count: countOf('insight_events_count', 'events'),
};

export const DELIVERIES: Of<LookedAtRow> = {
	list: statement(
		'insight_deliveries',
		`SELECT ${LOOKED_AT_COLUMNS}, '' AS body
		FROM ${STRETCHES} (SELECT * FROM deliveries WHERE seq BETWEEN low AND high ORDER BY seq DESC LIMIT $3) AS deliveries
			LEFT JOIN work ON work.seq = deliveries.seq
		ORDER BY deliveries.seq DESC LIMIT $3`,
	),
	count: countOf('insight_deliveries_count', 'deliveries'),
};

interface Asked<Row, T> {
	readonly stretches: readonly Stretch[];
	readonly limit: number;
	readonly read: (row: Row) => T;
}

async function newestOf<Row extends { readonly seq: number }, T>(
	db: Queries,
	of: Of<Row>,
	{ stretches, limit, read }: Asked<Row, T>,
): Promise<Newest<T>> {
	const bounds = [ints(stretches.map(({ first }) => first)), ints(stretches.map(({ last }) => last))];
	const rows = await db.query<Row>(of.list, [...bounds, limit]);
	if (rows.length < limit) return { items: rows.map(read), leftOut: 0 };
	const [counted] = await db.query<{ count: number }>(of.count, bounds);
	return { items: rows.map(read), leftOut: Math.min(LEFT_OUT_MAX, Math.max(0, (counted?.count ?? 0) - rows.length)) };
}

/** Spelled as in the partial index: the planner uses it only where it reads the index's own condition. */
const ENDED_BADLY = "state IN ('dead', 'cancelled')";
const NEXT = `SELECT webhook_id FROM deliveries WHERE ${ENDED_BADLY} AND webhook_id`;
const DEAD_OF = `FROM deliveries WHERE webhook_id = hook.webhook_id AND state = 'dead' AND ${ENDED_BADLY}`;
export const DEAD_BY_WEBHOOK: Statement = statement(
	'insight_dead_by_webhook',
	`WITH RECURSIVE hook (webhook_id, place) AS (
		SELECT (${NEXT} > '' ORDER BY webhook_id LIMIT 1), 1
		UNION ALL
		SELECT (${NEXT} > hook.webhook_id ORDER BY webhook_id LIMIT 1), place + 1 FROM hook WHERE hook.webhook_id IS NOT NULL AND place < $1
	)
	SELECT hook.webhook_id, dead.count, first.settled_at AS since FROM hook
		CROSS JOIN LATERAL (SELECT count(*) AS count FROM (SELECT 1 ${DEAD_OF} LIMIT ${DEAD_COUNTED_MAX}) AS counted) AS dead
		LEFT JOIN LATERAL (SELECT settled_at ${DEAD_OF} ORDER BY seq LIMIT 1) AS first ON true
	WHERE hook.webhook_id IS NOT NULL AND dead.count > 0`,
);

export const WAITING_SINCE: Statement = statement(
	'insight_waiting_since',
	`SELECT min(since) AS since FROM (
		SELECT coalesce(replayed_at, created_at) AS since FROM work WHERE holder IS NULL ORDER BY seq LIMIT ${WAITING_LOOKED_AT_MAX}
	) AS waiting`,
);

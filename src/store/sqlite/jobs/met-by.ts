/**
 * Which deliveries a job's filter meets, a stretch at a time. The narrowest index is walked, and what does not fit is passed over: a stretch has
 * an end, however little of it fits. The place where it ends is a `seq`, of a delivery or, where a chat leads, of an event.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { JobFilter } from '../../../ports/jobs.ts';
import { matcherOf } from '../../shared/delivery-search.ts';
import type { Connection } from '../connection.ts';
import { isAtRest, WEBHOOKS_OF_ACCOUNT } from '../deliveries/list-deliveries.ts';
import { seqEndOf, seqStartOf } from '../deliveries/seq-range.ts';

export interface Met {
	readonly seqs: readonly number[];
	readonly place: number;
	readonly isEnd: boolean;
}

interface Row {
	readonly place: number;
	readonly seq: number;
	readonly state: JobFilter['states'][number];
	readonly account_id: string;
	readonly webhook_id: string;
	readonly event_type: string;
	readonly instance_id: string | null;
	readonly created_at: number;
	/** '' where no text is asked for. */
	readonly body: string;
}

/** The body comes last in a row, and is read only where it is looked into. */
function columnsFor({ text }: Pick<JobFilter, 'text'>): string {
	const body = text === undefined ? "''" : 'deliveries.body';
	return `deliveries.seq, state, deliveries.account_id, webhook_id, event_type, deliveries.instance_id, created_at, ${body} AS body`;
}

/** Looks at up to `stretch` deliveries after `place`. */
export function metBy(db: Connection, filter: JobFilter, place: number, stretch: number): Met {
	const span = spanOf(db, filter);
	const { chatId, chatIds = chatId === undefined ? undefined : [chatId] } = filter;
	if (chatIds !== undefined) return metInChats(db, filter, chatIds, place, stretch);
	const rows = walksOf(db, filter)
		.flatMap(({ sql, values }) => db.all<Row>(sql, ...values, Math.max(place, span.start - 1), span.end, stretch))
		.sort((a, b) => a.seq - b.seq)
		.slice(0, stretch);
	return { seqs: metOf(rows, filter), place: rows.at(-1)?.seq ?? place, isEnd: rows.length < stretch };
}

function spanOf(db: Connection, { since, until, seqMax }: JobFilter): { start: number; end: number } {
	return {
		start: since === undefined ? 0 : seqStartOf(db, since),
		end: until === undefined ? seqMax : Math.min(seqMax, seqEndOf(db, until)),
	};
}

interface Walk {
	readonly sql: string;
	readonly values: readonly SQLInputValue[];
}

/**
 * Each walk reads a stretch of its own, of which one stretch is used. Where an account has more walks than this, all webhooks are walked together:
 * the writer would stand still for as many stretches.
 */
const WALKS_MAX = 8;

/** Of one webhook, of each webhook of an account, or of all; where all states are found by index, a walk each. */
export function walksOf(db: Connection, filter: JobFilter): readonly Walk[] {
	const hasIndex = filter.states.every((state) => isAtRest({ state }));
	const webhookIds = webhookIdsOf(db, filter, Math.floor(WALKS_MAX / (hasIndex ? filter.states.length : 1)));
	const of = (index: string, condition: string): string =>
		`SELECT deliveries.seq AS place, ${columnsFor(filter)} FROM deliveries ${index} WHERE ${condition} seq > ? AND seq <= ? ORDER BY seq LIMIT ?`;
	if (hasIndex && webhookIds) {
		const sql = of('INDEXED BY deliveries_webhook_state', "webhook_id = ? AND state = ? AND state NOT IN ('sending', 'delivered') AND");
		return webhookIds.flatMap((webhookId) => filter.states.map((state) => ({ sql, values: [webhookId, state] })));
	}
	if (hasIndex) {
		const sql = of('INDEXED BY deliveries_state', "state = ? AND state <> 'delivered' AND");
		return filter.states.map((state) => ({ sql, values: [state] }));
	}
	if (webhookIds) {
		const sql = of('INDEXED BY deliveries_webhook', 'webhook_id = ? AND');
		return webhookIds.map((webhookId) => ({ sql, values: [webhookId] }));
	}
	return [{ sql: of('NOT INDEXED', ''), values: [] }];
}

/** Undefined where all are walked: none is asked for, or too many. */
function webhookIdsOf(db: Connection, { webhookId, accountId }: JobFilter, max: number): readonly string[] | undefined {
	if (webhookId !== undefined) return [webhookId];
	if (accountId === undefined) return undefined;
	const ids = db.all<{ webhook_id: string }>(WEBHOOKS_OF_ACCOUNT, accountId).map(({ webhook_id }) => webhook_id);
	return ids.length <= max ? ids : undefined;
}

/** All deliveries of an event are in one stretch, so that an event is a place to go on from. */
export function ofChat(filter: Pick<JobFilter, 'text'>): string {
	return `
	SELECT chat_events.seq AS place, ${columnsFor(filter)}
	FROM (SELECT seq, id FROM events INDEXED BY events_chat WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT ?) AS chat_events
	CROSS JOIN deliveries INDEXED BY deliveries_event ON deliveries.event_id = chat_events.id`;
}
export const END_IN_CHAT: string = `
	SELECT seq FROM events INDEXED BY events_chat WHERE chat_id = ? AND seq > ? ORDER BY seq LIMIT 1 OFFSET ?`;

/** Of several, up to where the first of their stretches ends: what was read of the others behind that is read again. */
function metInChats(db: Connection, filter: JobFilter, chatIds: readonly string[], place: number, stretch: number): Met {
	const ends = chatIds.flatMap((chatId) => db.get<{ seq: number }>(END_IN_CHAT, chatId, place, stretch - 1)?.seq ?? []);
	const end = ends.length === 0 ? undefined : Math.min(...ends);
	const rows = chatIds
		.flatMap((chatId) => db.all<Row>(ofChat(filter), chatId, place, stretch))
		.filter((row) => row.seq <= filter.seqMax && (end === undefined || row.place <= end));
	return { seqs: metOf(rows, filter), place: end ?? place, isEnd: end === undefined };
}

function metOf(rows: readonly Row[], filter: JobFilter): readonly number[] {
	const { accountId, webhookId, states, since, until } = filter;
	const matches = matcherOf(filter);
	const met = rows.filter(
		(row) =>
			states.includes(row.state) &&
			(accountId === undefined || row.account_id === accountId) &&
			(webhookId === undefined || row.webhook_id === webhookId) &&
			(since === undefined || row.created_at >= since) &&
			(until === undefined || row.created_at < until) &&
			matches(row),
	);
	return met.map(({ seq }) => seq);
}

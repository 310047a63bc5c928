/**
 * Which deliveries a job's filter meets, a stretch at a time. The narrowest index is walked, and what does not fit is passed over: a stretch has
 * an end, however little of it fits. The place where it ends is a `seq`, of a delivery or, where a chat leads, of an event.
 */
import type { DeliveryState } from '../../../domain/delivery.ts';
import type { JobFilter } from '../../../ports/jobs.ts';
import { matcherOf } from '../../shared/delivery-search.ts';
import { texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { seqSpanOf } from '../deliveries/seq-range.ts';
import { type Bound, type Statement, statement } from '../statement.ts';

export interface Met {
	readonly seqs: readonly number[];
	readonly place: number;
	readonly isEnd: boolean;
}

interface Row {
	readonly place: number;
	readonly seq: number;
	readonly state: DeliveryState;
	readonly account_id: string;
	readonly webhook_id: string;
	readonly event_type: string;
	readonly instance_id: string | null;
	readonly created_at: number;
	/** '' where no text is asked for. */
	readonly body: string;
}

function columnsFor({ text }: Pick<JobFilter, 'text'>): string {
	return `deliveries.seq, coalesce(work.state, deliveries.state) AS state, deliveries.account_id, deliveries.webhook_id,
	deliveries.event_type, deliveries.instance_id, deliveries.created_at, ${text === undefined ? "''" : 'deliveries.body'} AS body`;
}

/** Looks at up to `stretch` deliveries after `place`. */
export async function metBy(db: Queries, filter: JobFilter, place: number, stretch: number): Promise<Met> {
	const { chatId, chatIds = chatId === undefined ? undefined : [chatId] } = filter;
	if (chatIds !== undefined) return metInChats(db, filter, chatIds, place, stretch);
	const span = await seqSpanOf(db, filter.since, filter.until);
	const after = Math.max(place, (span.start ?? 0) - 1);
	const end = Math.min(filter.seqMax, (span.end ?? Number.MAX_SAFE_INTEGER) - 1);
	const query = stretchQuery(filter, await webhookIdsOf(db, filter), { after, end, stretch });
	const rows = await db.query<Row>(query.statement, query.values);
	return { seqs: metOf(rows, filter), place: rows.at(-1)?.place ?? place, isEnd: rows.length < stretch };
}

/** Exclusive, inclusive. */
interface Stretch {
	readonly after: number;
	readonly end: number;
	readonly stretch: number;
}

/**
 * Of the webhooks that are given, or of all. Each walk reads a stretch of its own, in the order of `seq`, and the first of them all are the
 * stretch. Planned anew each time: which index is the narrowest depends on what is asked for.
 */
export function stretchQuery(filter: JobFilter, webhookIds: readonly string[] | undefined, { after, end, stretch }: Stretch): Bound {
	const isOwned = webhookIds !== undefined;
	const selects = walksOf(filter).map(({ table, condition }) => {
		const owned = isOwned ? `AND ${table}.webhook_id = owned.webhook_id` : '';
		const where = `WHERE ${table}.seq > $1 AND ${table}.seq <= $2 AND ${condition} ${owned} ORDER BY ${table}.seq LIMIT $3`;
		const walk = `SELECT ${columnsFor(filter)} FROM ${table === 'work' ? fromWork(where) : `deliveries LEFT JOIN work ON work.seq = deliveries.seq ${where}`}`;
		return isOwned
			? `SELECT walk.* FROM unnest($4::text[]) AS owned (webhook_id) CROSS JOIN LATERAL (${walk}) AS walk`
			: `SELECT walk.* FROM (${walk}) AS walk`;
	});
	const text = `SELECT seq AS place, walks.* FROM (${selects.join(' UNION ALL ')}) AS walks ORDER BY seq LIMIT $3`;
	return { statement: statement('', text), values: [after, end, stretch, ...(isOwned ? [texts(webhookIds)] : [])] };
}

/** The stretch first, and each delivery of it by its number: the planner does not know how few partitions that opens. OFFSET keeps it so. */
function fromWork(where: string): string {
	return `(SELECT seq, state FROM work ${where}) AS work
		CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE deliveries.seq = work.seq OFFSET 0) AS deliveries`;
}

interface Walk {
	/** Whose index is walked. */
	readonly table: 'work' | 'deliveries';
	readonly condition: string;
}

/** Delivered ones have no index by their state: where they are asked for all are walked. */
function walksOf({ states }: JobFilter): readonly Walk[] {
	if (states.includes('delivered')) return [{ table: 'deliveries', condition: 'true' }];
	const unsettled = states.some((state) => state === 'pending' || state === 'sending');
	const ended = states.filter((state) => state === 'dead' || state === 'cancelled');
	return [
		...(unsettled ? ([{ table: 'work', condition: 'true' }] as const) : []),
		// Spelled as in the partial index, by which they are found.
		...ended.map((state) => {
			const condition = `deliveries.state = '${state}' AND deliveries.state IN ('dead', 'cancelled')`;
			return { table: 'deliveries', condition } as const;
		}),
	];
}

/** Where an account has more webhooks, all are walked together. */
const WEBHOOKS_MAX = 8;
const WEBHOOKS_OF_ACCOUNT: Statement = statement(
	'account_webhooks_some',
	'SELECT webhook_id FROM account_webhooks WHERE account_id = $1 LIMIT $2',
);

/** Undefined where all are walked: none is asked for, or too many. */
async function webhookIdsOf(db: Queries, { webhookId, accountId }: JobFilter): Promise<readonly string[] | undefined> {
	if (webhookId !== undefined) return [webhookId];
	if (accountId === undefined) return undefined;
	const rows = await db.query<{ webhook_id: string }>(WEBHOOKS_OF_ACCOUNT, [accountId, WEBHOOKS_MAX + 1]);
	return rows.length > WEBHOOKS_MAX ? undefined : rows.map(({ webhook_id }) => webhook_id);
}

/** All deliveries of an event are in one stretch, so that an event is a place to go on from. Each event's are found by index; OFFSET keeps it so. */
function ofChat(name: string, filter: Pick<JobFilter, 'text'>): Statement {
	return statement(
		name,
		`SELECT chat_events.seq AS place, ${columnsFor(filter)}
		FROM (SELECT seq, id FROM events WHERE chat_id = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS chat_events
			CROSS JOIN LATERAL (SELECT * FROM deliveries WHERE deliveries.event_id = chat_events.id OFFSET 0) AS deliveries
			LEFT JOIN work ON work.seq = deliveries.seq
		ORDER BY deliveries.seq`,
	);
}
export const OF_CHAT: Statement = ofChat('job_of_chat', {});
const OF_CHAT_WITH_BODIES: Statement = ofChat('job_of_chat_bodies', { text: '' });
export const END_IN_CHAT: Statement = statement(
	'job_end_in_chat',
	'SELECT seq FROM events WHERE chat_id = $1 AND seq > $2 ORDER BY seq LIMIT 1 OFFSET $3',
);

/** Of several, up to where the first of their stretches ends: what was read of the others behind that is read again. */
async function metInChats(db: Queries, filter: JobFilter, chatIds: readonly string[], place: number, stretch: number): Promise<Met> {
	const ofOne = filter.text === undefined ? OF_CHAT : OF_CHAT_WITH_BODIES;
	const read: Row[] = [];
	let end: number | undefined;
	for (const chatId of chatIds) {
		read.push(...(await db.query<Row>(ofOne, [chatId, place, stretch])));
		const [last] = await db.query<{ seq: number }>(END_IN_CHAT, [chatId, place, stretch - 1]);
		if (last !== undefined) end = Math.min(last.seq, end ?? last.seq);
	}
	const rows = read.filter((row) => row.seq <= filter.seqMax && (end === undefined || row.place <= end));
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

/**
 * The statement for a page of deliveries, newest first by the order of commit. What is unsettled is found in `work`, what ended badly by an index of its
 * own. Two have no index, because it would cost on each delivery: those of a chat are found through its events, those of an account through its webhooks.
 */
import type { Delivery } from '../../../domain/delivery.ts';
import type { DeliveryFilter } from '../../../ports/deliveries.ts';
import type { Place } from '../../shared/cursor.ts';
import { texts } from '../arrays.ts';
import { Conditions } from '../reads/conditions.ts';
import { type Bound, type SqlValue, statement } from '../statement.ts';
import { LOOKED_AT_COLUMNS, type LookedAtRow } from './find-delivery.ts';
import type { SeqSpan } from './seq-range.ts';

/** `key`: of its event, where the events lead. */
export interface ListedRow extends LookedAtRow {
	readonly key: number;
}

/** One page to read; one row more than it has, to know whether another follows. */
export interface DeliveryWalk {
	readonly filter: DeliveryFilter;
	/** What comes into question at all. */
	readonly span: SeqSpan;
	readonly after: Place | undefined;
	readonly limit: number;
}

/**
 * Planned anew each time: which index is the narrowest depends on what is asked for. The account is asked for through its webhooks and not of each
 * delivery: the planner would take it for one more condition, which leaves so few that they may as well be sorted.
 */
export function deliveriesQuery(walk: DeliveryWalk): Bound {
	const { filter, limit } = walk;
	const conditions = conditionsOf(walk);
	const values: SqlValue[] = [...conditions.values];
	const bind = (value: SqlValue): string => `$${values.push(value)}`;
	const last = `LIMIT ${bind(limit + 1)}`;
	const condition = conditions.text || 'true';
	const page = pageOf(filter, condition, last);
	if (isByChats(filter)) {
		const chats = `unnest(${bind(texts(filter.chatIds ?? []))}::text[]) AS asked (chat_id)`;
		const sql = `SELECT page.* FROM ${chats} CROSS JOIN LATERAL (${page}) AS page ORDER BY page.key DESC, page.seq DESC ${last}`;
		return { statement: statement('', sql), values };
	}
	if (filter.accountId === undefined || !isByAccount(filter)) return { statement: statement('', page), values };
	const webhook = filter.webhookId === undefined ? '' : `AND owned.webhook_id = ${bind(filter.webhookId)}`;
	// Each webhook's own page, of which the newest make the account's: of no more webhooks than it has rows, those whose first is the newest.
	const owned = `SELECT owned.webhook_id FROM account_webhooks AS owned CROSS JOIN LATERAL (${pageOf(filter, condition, 'LIMIT 1')}) AS first
		WHERE owned.account_id = ${bind(filter.accountId)} ${webhook} ORDER BY first.seq DESC ${last}`;
	const text = `SELECT page.* FROM (${owned}) AS owned CROSS JOIN LATERAL (${page}) AS page ORDER BY page.seq DESC ${last}`;
	return { statement: statement('', text), values };
}

/** The page is cut before it is looked at how what is on it goes; only where that decides what is on it, it cannot be. */
function pageOf(filter: DeliveryFilter, condition: string, last: string): string {
	const lead = leadOf(filter);
	const columns = `SELECT ${LOOKED_AT_COLUMNS}, '' AS body, ${lead === 'events' ? 'events.seq' : 'deliveries.seq'} AS key`;
	if (lead === 'deliveries' && !isUnsettled(filter.state)) {
		const cut = `SELECT * FROM deliveries WHERE ${condition} ORDER BY seq DESC ${last}`;
		return `${columns} FROM (${cut}) AS deliveries LEFT JOIN work ON work.seq = deliveries.seq ORDER BY deliveries.seq DESC`;
	}
	const join = isUnsettled(filter.state) ? 'JOIN' : 'LEFT JOIN';
	const told = lead === 'events' ? 'events JOIN deliveries ON deliveries.event_id = events.id' : 'deliveries';
	const order = lead === 'events' ? 'events.seq DESC, deliveries.seq DESC' : `${lead}.seq DESC`;
	return `${columns} FROM ${told} ${join} work ON work.seq = deliveries.seq WHERE ${condition} ORDER BY ${order} ${last}`;
}

type Lead = 'work' | 'deliveries' | 'events';

/** Whose order and whose index is walked. */
function leadOf({ eventId, chatId, chatIds, state }: DeliveryFilter): Lead {
	if (eventId !== undefined) return 'deliveries';
	if (chatId !== undefined || chatIds !== undefined) return 'events';
	return isUnsettled(state) ? 'work' : 'deliveries';
}

function conditionsOf({ filter, span, after }: DeliveryWalk): Conditions {
	const lead = leadOf(filter);
	const table = lead === 'work' ? 'work' : 'deliveries';
	const conditions = new Conditions()
		.where('event', 'deliveries.event_id = $', filter.eventId)
		.where('start', `${table}.seq >= $`, span.start)
		.where('end', `${table}.seq < $`, span.end)
		.where('since', 'deliveries.created_at >= $', filter.since)
		.where('until', 'deliveries.created_at < $', filter.until);
	if (filter.state !== undefined) conditions.where('state', STATES[filter.state]);
	if (isByAccount(filter)) conditions.where('owned', `${table}.webhook_id = owned.webhook_id`);
	else
		conditions
			.where('webhook', `${table}.webhook_id = $`, filter.webhookId)
			.where('account', 'deliveries.account_id = $', filter.accountId);
	if (lead !== 'events') {
		return conditions
			.where('chat', 'deliveries.chat_id = $', filter.chatId)
			.where('chats', 'deliveries.chat_id = ANY ($::text[])', filter.chatIds && texts(filter.chatIds))
			.where('after', `${table}.seq < $`, after?.seq);
	}
	if (isByChats(filter)) conditions.where('asked', 'events.chat_id = asked.chat_id');
	return conditions
		.where('chat', 'events.chat_id = $', filter.chatId)
		.where('after', 'events.seq <= $ AND (events.seq < $ OR deliveries.seq < $)', after?.key, after?.key, after?.seq);
}

/** Spelled as in the partial indexes: the planner uses one only where it reads the index's own condition. */
const STATES: Readonly<Record<Delivery['state'], string>> = {
	pending: "work.state = 'pending'",
	sending: "work.state = 'sending' AND work.holder IS NOT NULL",
	delivered: "deliveries.state = 'delivered'",
	dead: "deliveries.state = 'dead' AND deliveries.state IN ('dead', 'cancelled')",
	cancelled: "deliveries.state = 'cancelled' AND deliveries.state IN ('dead', 'cancelled')",
};

function isUnsettled(state: DeliveryFilter['state']): boolean {
	return state === 'pending' || state === 'sending';
}

/** An account is asked for, and nothing that is narrower than its webhooks. */
function isByAccount({ accountId, eventId, chatId, chatIds, state }: DeliveryFilter): boolean {
	const isNarrow = eventId !== undefined || chatId !== undefined || chatIds !== undefined || state === 'sending';
	return accountId !== undefined && !isNarrow;
}

/** Several chats lead, each with a page of its own. */
function isByChats({ eventId, chatIds }: DeliveryFilter): boolean {
	return chatIds !== undefined && eventId === undefined;
}

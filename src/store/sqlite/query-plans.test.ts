/** Statements that are run often or over much must find their rows by an index, in order: a full scan is harmless in a test and deadly in a year. */
import assert from 'node:assert/strict';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { describe, test } from 'node:test';
import type { DeliveryFilter } from '../../ports/deliveries.ts';
import type { DocumentFilter } from '../../ports/documents.ts';
import type { EventFilter } from '../../ports/events.ts';
import type { JobFilter } from '../../ports/jobs.ts';
import type { MessageFilter } from '../../ports/messages.ts';
import { LIST_STATE } from './channel-state.ts';
import { Connection } from './connection.ts';
import { FIRST_IN_LANE, FIRST_WAITING } from './deliveries/advance-lane.ts';
import { SELECT_TO_CANCEL } from './deliveries/cancel-deliveries.ts';
import { SELECT_DUE } from './deliveries/claim-due.ts';
import { COUNT_SLICE } from './deliveries/count-backlog.ts';
import { DUE_WEBHOOKS } from './deliveries/due-webhooks.ts';
import { HOLDER_FREE_AT } from './deliveries/end-pending.ts';
import { LOOK_INTO_LANE } from './deliveries/enter-lane.ts';
import { SELECT_EXPIRED } from './deliveries/expire-deliveries.ts';
import { FIRST_BEHIND } from './deliveries/free-lane.ts';
import { HAS_PENDING, HAS_SENDING } from './deliveries/has-unsettled.ts';
import { SELECT_HELD, WAIT_AGAIN, WAKE } from './deliveries/hasten-deliveries.ts';
import { SELECT_ATTEMPTS } from './deliveries/list-attempts.ts';
import { type DeliveryWalk, deliveriesQuery, headsQuery, WEBHOOKS_OF_ACCOUNT } from './deliveries/list-deliveries.ts';
import { RECORD } from './deliveries/record-attempt.ts';
import { RECOVER } from './deliveries/recover-sending.ts';
import { FIRST_FROM } from './deliveries/seq-range.ts';
import { END_HOLDER, FIND_IN_HAND } from './deliveries/settle-delivery.ts';
import { SELECT_HOLDER } from './deliveries/take-delivery.ts';
import { SELECT_LONGEST_DUE, SELECT_OLDEST } from './deliveries/take-oldest.ts';
import { END_IN_CHAT, ofChat, walksOf } from './jobs/met-by.ts';
import { LIST_JOBS, LIST_JOBS_OF_ACCOUNT, UNFINISHED_JOBS } from './jobs/sqlite-jobs.ts';
import { NOTED } from './jobs/step-job.ts';
import { migrate } from './migrate.ts';
import { ACCOUNTS, ACCOUNTS_FLOOR, ACCOUNTS_NAMED } from './reads/account-reads.ts';
import { attendancesQuery } from './reads/attendance-reads.ts';
import { BY_LATEST, WAITING, WAITING_COUNT, WAITING_COUNT_IN_DEPARTMENT, WAITING_IN_DEPARTMENT } from './reads/chat-lists.ts';
import { documentsQuery } from './reads/document-reads.ts';
import { eventsQuery } from './reads/event-reads.ts';
import { DEAD_BY_WEBHOOK, DELIVERIES, EVENTS, NEWEST_DELIVERY, NEWEST_EVENT, WAITING_SINCE } from './reads/insight-reads.ts';
import { CHAT_MESSAGES, CHAT_MESSAGES_BEFORE, floorQuery, LATEST_OF_CHAT, messagesQuery } from './reads/message-lists.ts';
import { QUEUE, QUEUE_COUNT, TRANSCRIPT } from './reads/message-reads.ts';
import { ANY_WAITING, FAILED, WAITING_FOR } from './reads/record-reads.ts';
import { threadsQuery } from './reads/thread-lists.ts';
import { OLD_ANSWERS, OLD_DELIVERIES, OLD_EVENTS, OLD_JOURNAL } from './retention/prunable-tables.ts';
import { LEFT_BY_JOBS } from './retention/sqlite-retention.ts';

const db = new DatabaseSync(':memory:');
const connection = new Connection(() => db);
connection.open();
migrate(connection);
db.function('contains_text', (_text, _part) => 1);

function plan(sql: string, values: readonly SQLInputValue[] = []): string[] {
	const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
	return steps.map(({ detail }) => detail);
}

/** What is scanned as it comes from a step before, or was handed in. */
const NO_TABLE = /^SCAN (CONSTANT ROW$|\(subquery-\d+\)$|json_each )/;

/** Every step searches an index or a key, and nothing is sorted. */
function assertSearches(sql: string, ...indexes: string[]): void {
	const steps = plan(sql);
	assert.deepEqual(
		steps.filter((step) => step.startsWith('SCAN') && !NO_TABLE.test(step)),
		[],
		sql,
	);
	assert.deepEqual(
		steps.filter((step) => step.includes('TEMP B-TREE')),
		[],
		sql,
	);
	for (const index of indexes) {
		assert.ok(
			steps.some((step) => step.includes(index)),
			`${sql}\n${steps.join('\n')}`,
		);
	}
}

/** Walks an index in the order of the page. */
function assertWalks(query: { readonly sql: string; readonly values: readonly SQLInputValue[] }, index: string): void {
	const steps = plan(query.sql, query.values);
	assert.equal(steps.length, 1, `${query.sql}\n${steps.join('\n')}`);
	assert.match(steps[0] ?? '', new RegExp(`USING (COVERING )?INDEX ${index}( |$)`));
}

describe('query plans', () => {
	test('claiming reads what is due of one webhook, and nothing of what waits', () => {
		assertWalks({ sql: SELECT_DUE, values: ['x', 5] }, 'deliveries_due');
		assertSearches(SELECT_DUE, 'COVERING INDEX deliveries_due (webhook_id=? AND due_at>?)');
		assertSearches(SELECT_HOLDER, 'deliveries_lane (lane=? AND lane_place=?)');
		const steps = plan(DUE_WEBHOOKS).filter((step) => /deliveries/.test(step));
		assert.ok(steps.length === 3 && steps.every((step) => step.includes('SEARCH deliveries USING COVERING INDEX deliveries_due')));
		assert.match(plan(SELECT_OLDEST, ['x']).join(), /deliveries_webhook_state \(webhook_id=\? AND state=\?\)/);
		assertSearches(SELECT_LONGEST_DUE, 'deliveries_due (webhook_id=? AND due_at>?)');
	});

	test('a lane is looked up by itself, a settlement by its row', () => {
		assertSearches(LOOK_INTO_LANE, 'deliveries_lane (lane=? AND lane_place>?)');
		assertSearches(FIRST_IN_LANE, 'deliveries_lane (lane=? AND lane_place>?)');
		assertSearches(FIRST_WAITING, 'deliveries_lane (lane=? AND lane_place=?)');
		assertSearches(FIRST_BEHIND, 'deliveries_lane (lane=? AND lane_place>?)');
		assertSearches(HOLDER_FREE_AT, 'deliveries_lane (lane=? AND lane_place=?)');
		assertSearches(FIND_IN_HAND, 'INTEGER PRIMARY KEY (rowid=?)');
		assertSearches(END_HOLDER, 'INTEGER PRIMARY KEY (rowid=?)');
		assertSearches(RECORD, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
	});

	test('waking, expiring and cancelling touch what they change', () => {
		assertSearches(SELECT_HELD, 'deliveries_held (webhook_id=?)');
		assertSearches(WAIT_AGAIN, 'deliveries_lane (lane=? AND lane_place=?)');
		assertSearches(WAKE, 'deliveries_due (webhook_id=? AND due_at>?)');
		assertWalks({ sql: SELECT_EXPIRED, values: ['x', 9, 9, 9] }, 'deliveries_webhook_state');
		assertSearches(SELECT_EXPIRED, 'deliveries_webhook_state (webhook_id=? AND state=? AND rowid<?)');
		assertWalks({ sql: SELECT_TO_CANCEL, values: ['x', 9] }, 'deliveries_webhook_state');
		assertWalks({ sql: HAS_PENDING, values: ['x'] }, 'deliveries_webhook_state');
		assertWalks({ sql: HAS_SENDING, values: ['x'] }, 'deliveries_state');
		assert.match(plan(RECOVER, [1])[0] ?? '', /deliveries_state \(state=\?\)/);
	});

	test('lists of deliveries', () => {
		const cases: readonly (readonly [DeliveryFilter, string])[] = [
			[{ webhookId: 'x' }, 'deliveries_webhook'],
			[{ webhookId: 'x', accountId: 'x', state: 'dead' }, 'deliveries_webhook_state'],
			[{ webhookId: 'x', state: 'delivered' }, 'deliveries_webhook'],
			[{ webhookId: 'x', text: 'x', eventType: 'message.sent', instanceId: 'x' }, 'deliveries_webhook'],
			[{ webhookId: 'x', state: 'sending' }, 'deliveries_state'],
			[{ state: 'dead' }, 'deliveries_state'],
			[{ state: 'sending', accountId: 'x' }, 'deliveries_state'],
			[{ eventId: 'x', chatId: 'x' }, 'deliveries_event'],
		];
		const walk: Omit<DeliveryWalk, 'filter'> = { start: 1, end: 9, after: undefined, limit: 10 };
		for (const [filter, index] of cases) {
			assertWalks(deliveriesQuery({ ...walk, filter }), index);
			const narrowed = deliveriesQuery({ ...walk, filter: { ...filter, since: 1, until: 2 }, after: { key: 5, seq: 5 } });
			assertWalks(narrowed, index);
			assert.match(plan(narrowed.sql, narrowed.values)[0] ?? '', /rowid>\? AND rowid<\?/, 'no further than the span of time');
		}
		const spanned = deliveriesQuery({ ...walk, filter: { since: 1, until: 2, state: 'delivered' } });
		assert.match(plan(spanned.sql, spanned.values).join(), /^SEARCH deliveries USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)$/);
		const ofChat = { ...walk, filter: { chatId: 'x', since: 1 }, after: { key: 5, seq: 5 } };
		assert.deepEqual(plan(deliveriesQuery(ofChat).sql, deliveriesQuery(ofChat).values).slice(0, 2), [
			'SEARCH events USING INDEX events_chat (chat_id=? AND rowid<?)',
			'SEARCH deliveries USING INDEX deliveries_event (event_id=? AND rowid>?)',
		]);
		assertSearches(WEBHOOKS_OF_ACCOUNT, 'PRIMARY KEY (account_id=?)');
		for (const [filter, index] of [
			[{}, 'COVERING INDEX deliveries_webhook (webhook_id=? AND rowid<?)'],
			[{ state: 'dead' }, 'COVERING INDEX deliveries_webhook_state (webhook_id=? AND state=? AND rowid<?)'],
		] as const) {
			const heads = headsQuery({ ...walk, filter, after: { key: 5, seq: 5 } }, 'x');
			const steps = plan(heads.sql, heads.values).join('\n');
			assert.ok(steps.includes(`SEARCH deliveries USING ${index}`) && steps.includes('PRIMARY KEY (account_id=?)'), steps);
		}
		assertSearches(FIRST_FROM, 'INTEGER PRIMARY KEY (rowid>?)');
		assertSearches(SELECT_ATTEMPTS, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
		assert.match(plan(COUNT_SLICE, ['dead', 1]).join(), /COVERING INDEX deliveries_state \(state=\? AND rowid>\?\)/);
		assertSearches(WAITING_SINCE, 'deliveries_state (state=?)');
	});

	test('jobs walk the narrowest index from where they were', () => {
		const cases: readonly (readonly [Omit<JobFilter, 'seqMax'>, string])[] = [
			[{ states: ['dead'], webhookId: 'x' }, 'deliveries_webhook_state (webhook_id=? AND state=? AND rowid>? AND rowid<?)'],
			[{ states: ['dead', 'delivered'], webhookId: 'x' }, 'deliveries_webhook (webhook_id=? AND rowid>? AND rowid<?)'],
			[{ states: ['dead', 'pending'] }, 'deliveries_state (state=? AND rowid>? AND rowid<?)'],
			[{ states: ['delivered'] }, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
		];
		for (const [filter, index] of cases) {
			const walks = walksOf(connection, { seqMax: 9, ...filter });
			assert.equal(walks.length, index.includes('state=?') ? filter.states.length : 1);
			for (const { sql } of walks) assertSearches(sql, index);
		}
		connection.run('BEGIN');
		for (let n = 0; n < 9; n += 1) {
			connection.run("INSERT INTO account_webhooks (account_id, webhook_id) VALUES ('many', ?)", `whk_${n}`);
			if (n < 8) connection.run("INSERT INTO account_webhooks (account_id, webhook_id) VALUES ('few', ?)", `whk_${n}`);
		}
		assert.equal(walksOf(connection, { seqMax: 9, states: ['dead'], accountId: 'few' }).length, 8);
		assert.equal(walksOf(connection, { seqMax: 9, states: ['dead'], accountId: 'many' }).length, 1, 'one stretch, not nine');
		assert.equal(walksOf(connection, { seqMax: 9, states: ['dead', 'cancelled'], accountId: 'few' }).length, 2);
		connection.rollback();
		assert.match(plan(ofChat({})).join(), /events_chat \(chat_id=\? AND rowid>\?\).*deliveries_event \(event_id=\?\)/);
		assertWalks({ sql: END_IN_CHAT, values: ['x', 1, 1] }, 'events_chat');
		assertSearches(NOTED, 'PRIMARY KEY (job_seq=?)');
		assertSearches(LIST_JOBS, 'INTEGER PRIMARY KEY (rowid<?)');
		assertSearches(LIST_JOBS_OF_ACCOUNT, 'jobs_account (<expr>=? AND rowid<?)');
		assert.match(plan(UNFINISHED_JOBS).join(), /jobs_unfinished/);
	});

	test('pruning goes on from where it was', () => {
		for (const sql of [OLD_DELIVERIES, OLD_EVENTS, OLD_JOURNAL, OLD_ANSWERS]) assertSearches(sql, 'INTEGER PRIMARY KEY (rowid>?');
		assert.match(plan(LEFT_BY_JOBS).join(), /SEARCH job_deliveries USING PRIMARY KEY \(job_seq=\?\)/);
	});

	test('lists of events', () => {
		const cases: readonly (readonly [EventFilter, string])[] = [
			[{}, 'events_at'],
			[{ type: 'message.sent', since: 1 }, 'events_at'],
			[{ accountId: 'x' }, 'events_account'],
			[{ instanceId: 'x', accountId: 'x' }, 'events_instance'],
			[{ chatId: 'x', instanceId: 'x' }, 'events_chat'],
		];
		for (const [filter, index] of cases) {
			assertWalks(eventsQuery(filter, undefined, 10), index);
			assertWalks(eventsQuery({ ...filter, until: 9 }, { key: 5, seq: 5 }, 10), index);
		}
	});

	test('what came lately is found by its number, where deliveries died by their webhooks', () => {
		for (const { list, count } of [EVENTS, DELIVERIES]) {
			assertSearches(list, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
			assertSearches(count, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
		}
		// The last row: SQLite tells it as a search without a condition.
		for (const sql of [NEWEST_EVENT, NEWEST_DELIVERY]) assert.match(plan(sql).join(), /^SEARCH \w+( USING INTEGER PRIMARY KEY)?$/);
		const steps = plan(DEAD_BY_WEBHOOK, [9]).filter((step) => /deliveries/.test(step));
		assert.deepEqual(
			steps.filter((step) => !/^SEARCH deliveries USING (COVERING )?INDEX deliveries_webhook_state \(webhook_id(>|=)\?/.test(step)),
			[],
		);
		assert.ok(steps.length >= 4, steps.join('\n'));
	});

	test('lists of messages: counted without looking at a row, where nothing of it is asked', () => {
		const cases: readonly (readonly [Omit<MessageFilter, 'instanceId'>, string])[] = [
			[{}, 'messages_instance (instance_id=?)'],
			[{ since: 1, until: 2 }, 'messages_instance (instance_id=? AND created_at>? AND created_at<?)'],
			[{ contextId: 'x' }, 'messages_context (instance_id=? AND context_id=?)'],
			[{ chatId: 'x', since: 1 }, 'messages_chat (chat_id=? AND created_at>?)'],
		];
		for (const [filter, index] of cases) {
			const { count, list } = messagesQuery({ instanceId: 'x', ...filter }, undefined);
			assertSearches(count, `COVERING INDEX ${index}`);
			assertSearches(list, `INDEX ${index}`);
			assertSearches(floorQuery({ instanceId: 'x', ...filter }).sql, `COVERING INDEX ${index}`);
		}
		assertSearches(CHAT_MESSAGES, 'messages_chat (chat_id=?)');
		assertSearches(CHAT_MESSAGES_BEFORE, 'messages_chat (chat_id=? AND created_at<?)');
		assertSearches(LATEST_OF_CHAT, 'messages_chat (chat_id=?)');
	});

	test('lists of messages: no further than the last row that is to be looked at', () => {
		const floor = { created_at: 5, seq: 5 };
		const cases: readonly (readonly [Omit<MessageFilter, 'instanceId'>, string])[] = [
			[{ status: 'sent', search: 'x' }, 'messages_instance (instance_id=? AND created_at>?)'],
			[{ steps: ['read'], contextId: 'x' }, 'messages_context (instance_id=? AND context_id=? AND created_at>?)'],
			[{ chatId: 'x', contextId: 'x' }, 'messages_chat (chat_id=? AND created_at>?)'],
		];
		for (const [filter, index] of cases) {
			const { count, list } = messagesQuery({ instanceId: 'x', ...filter }, floor);
			for (const sql of [count, list]) assertSearches(sql, index);
		}
		for (const answered of [undefined, true, false]) {
			const steps = plan(threadsQuery(answered), ['x', 5, 0]).join('\n');
			assert.match(steps, /SEARCH messages USING INDEX messages_instance \(instance_id=\?\)/);
			if (answered !== undefined) assert.match(steps, /SEARCH chats USING INDEX sqlite_autoindex_chats_1 \(id=\?\)/);
			assert.doesNotMatch(steps, /SCAN (messages|chats)/);
		}
	});

	test('accounts by name: from one on, no further than the last row that is to be looked at', () => {
		assertSearches(ACCOUNTS, 'INTEGER PRIMARY KEY (rowid>?)');
		assertSearches(ACCOUNTS_FLOOR, 'INTEGER PRIMARY KEY (rowid>?)');
		assertSearches(ACCOUNTS_NAMED, 'INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
	});

	test('lists of documents, in both directions and from one on', () => {
		const cases: readonly (readonly [Partial<DocumentFilter>, string])[] = [
			[{}, 'documents_at (collection=?'],
			[{ accountId: 'x' }, 'documents_account (collection=? AND account_id=?'],
			[{ parentId: 'x' }, 'documents_parent (collection=? AND parent_id=?'],
			[{ parentId: 'x', accountId: 'x' }, 'documents_parent (collection=? AND parent_id=?'],
		];
		for (const [filter, index] of cases) {
			for (const order of ['oldest', 'newest'] as const) {
				const asked = { collection: 'x', limit: 5, order, ...filter };
				assertSearches(documentsQuery(asked).sql, `${index})`);
				assertSearches(
					documentsQuery({ ...asked, after: { at: 5, id: 'x' } }).sql,
					`${index} AND (at,id)${order === 'newest' ? '<' : '>'}(?,?))`,
				);
				assertSearches(documentsQuery({ ...asked, from: 1, to: 9 }).sql, `${index} AND at>? AND at<?)`);
				assertSearches(documentsQuery(asked, 'id').sql, `${index})`);
			}
		}
	});

	test('chats, attendances, transcripts, the journal, the state of channels', () => {
		assertWalks({ sql: QUEUE, values: ['x', 1] }, 'messages_queue');
		assertWalks({ sql: QUEUE_COUNT, values: ['x'] }, 'messages_queue');
		assertSearches(TRANSCRIPT, 'messages_chat');
		for (const [{ sql }, index] of [
			[BY_LATEST, 'chats_latest (instance_id=? AND last_message_at<?)'],
			[WAITING, 'chats_waiting (instance_id=? AND waiting_since>?)'],
			[WAITING_IN_DEPARTMENT, 'chats_waiting_department (account_id=? AND department_id=? AND waiting_since>?)'],
		] as const) {
			assert.deepEqual(plan(sql), [
				'CO-ROUTINE page',
				`SEARCH listed USING COVERING INDEX ${index}`,
				'SCAN page',
				'SEARCH chats USING INTEGER PRIMARY KEY (rowid=?)',
				'SEARCH contacts USING INDEX sqlite_autoindex_contacts_1 (id=?)',
				// Of one page.
				'USE TEMP B-TREE FOR ORDER BY',
			]);
		}
		assertSearches(WAITING_COUNT, 'COVERING INDEX chats_waiting (instance_id=? AND waiting_since>?)');
		assertSearches(
			WAITING_COUNT_IN_DEPARTMENT,
			'COVERING INDEX chats_waiting_department (account_id=? AND department_id=? AND waiting_since>?)',
		);
		assertSearches(attendancesQuery({ accountId: 'x' }, undefined, 5).sql, 'account_id=? AND number<?');
		assertSearches(attendancesQuery({ accountId: 'x', chatId: 'x' }, undefined, 5).sql, 'attendances_chat');
		assertSearches(attendancesQuery({ accountId: 'x', status: 'progress' }, undefined, 5).sql, 'attendances_status');
		const ofChat = { accountId: 'x', chatId: 'x', status: 'finished' } as const;
		assertSearches(attendancesQuery(ofChat, { key: 5, seq: 0 }, 5).sql, 'attendances_chat (account_id=? AND chat_id=? AND number<?)');
		assertSearches(WAITING_FOR, 'journal_waiting (instance_id=? AND waits_for=?)');
		assertWalks({ sql: ANY_WAITING, values: ['x'] }, 'journal_waiting');
		assertSearches(FAILED, 'journal_failed');
		assertSearches(LIST_STATE, 'PRIMARY KEY (instance_id=? AND key>? AND key<?)');
	});
});

/** Statements that are run often or over much must find their rows by an index, in order: a full scan is harmless in a test and deadly in a year. */
import assert from 'node:assert/strict';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { describe, test } from 'node:test';
import type { DeliveryFilter, EventFilter, MessageFilter } from '../../ports/store.ts';
import { LIST_STATE } from './channel-state.ts';
import { FIRST_IN_LANE, FIRST_WAITING } from './deliveries/advance-lane.ts';
import { SELECT_DUE } from './deliveries/claim-due.ts';
import { DUE_WEBHOOKS } from './deliveries/due-webhooks.ts';
import { LOOK_INTO_LANE } from './deliveries/enter-lane.ts';
import { SELECT_ATTEMPTS } from './deliveries/list-attempts.ts';
import { deliveriesQuery } from './deliveries/list-deliveries.ts';
import { SELECT_NEXT_DUE } from './deliveries/next-due-at.ts';
import { CANCEL_PENDING, PARK, UNPARK } from './deliveries/parked-webhooks.ts';
import { COUNT_SENDING, COUNT_STATE } from './deliveries/read-backlog.ts';
import { RECOVER } from './deliveries/recover-sending.ts';
import { FIND_SETTLED, FIRST_BEHIND } from './deliveries/settle-delivery.ts';
import { SELECT_DUE_OF_WEBHOOK, SELECT_HOLDER } from './deliveries/take-due.ts';
import { initial } from './migrations/0001-initial.ts';
import { attendancesQuery } from './reads/attendance-reads.ts';
import { CHATS_PAGE } from './reads/chat-reads.ts';
import { eventsQuery } from './reads/event-reads.ts';
import { messagesQuery } from './reads/message-lists.ts';
import { QUEUE, QUEUE_COUNT, TRANSCRIPT } from './reads/message-reads.ts';
import { FAILED, WAITING_FOR } from './reads/record-reads.ts';

const db = new DatabaseSync(':memory:');
db.exec(initial.sql);
db.function('contains_text', (_text, _part) => 1);

function plan(sql: string, values: readonly SQLInputValue[] = []): string[] {
	const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
	return steps.map(({ detail }) => detail);
}

/** Every step searches an index or a key, and nothing is sorted. */
function assertSearches(sql: string, ...indexes: string[]): void {
	const steps = plan(sql);
	assert.deepEqual(
		steps.filter((step) => step.startsWith('SCAN') && step !== 'SCAN CONSTANT ROW'),
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
	test('claiming reads what is due, and nothing of what waits', () => {
		assertSearches(SELECT_DUE, 'deliveries_due ');
		assertSearches(SELECT_DUE_OF_WEBHOOK, 'deliveries_due_by_webhook (webhook_id=? AND due_at>? AND due_at<?)');
		assertSearches(SELECT_HOLDER, 'deliveries_lane (lane=? AND lane_place=?)');
		assertWalks({ sql: SELECT_NEXT_DUE, values: [1] }, 'deliveries_due');
		const steps = plan(DUE_WEBHOOKS).filter((step) => /deliveries/.test(step));
		assert.ok(
			steps.length === 3 && steps.every((step) => step.includes('SEARCH deliveries USING COVERING INDEX deliveries_due_by_webhook')),
		);
	});

	test('a lane is looked up by itself', () => {
		assertSearches(LOOK_INTO_LANE, 'deliveries_lane (lane=? AND lane_place>?)');
		assertSearches(FIRST_IN_LANE, 'deliveries_lane (lane=? AND lane_place>?)');
		assertSearches(FIRST_WAITING, 'deliveries_lane (lane=? AND lane_place=?)');
		assertSearches(FIRST_BEHIND, 'deliveries_lane (lane=? AND lane_place>?)');
		assertSearches(FIND_SETTLED, 'sqlite_autoindex_deliveries_1 (id=?)');
	});

	test('parking touches what has a due time, deleting what is pending', () => {
		assertSearches(PARK, 'deliveries_due_by_webhook (webhook_id=? AND due_at>?)');
		assertSearches(UNPARK, 'deliveries_heads (webhook_id=?)');
		assertSearches(CANCEL_PENDING, 'deliveries_webhook_state (webhook_id=? AND state=?)');
		assert.match(plan(RECOVER, [1])[0] ?? '', /deliveries_sending/);
	});

	test('lists of deliveries', () => {
		const narrowed = { since: 1, until: 2 };
		const cases: readonly (readonly [DeliveryFilter, string])[] = [
			[{}, 'deliveries_created'],
			[{ webhookId: 'x' }, 'deliveries_webhook'],
			[{ webhookId: 'x', accountId: 'x', state: 'dead' }, 'deliveries_webhook_state'],
			[{ webhookId: 'x', state: 'delivered' }, 'deliveries_webhook'],
			[{ webhookId: 'x', state: 'sending' }, 'deliveries_sending'],
			[{ state: 'dead' }, 'deliveries_state'],
			[{ state: 'pending', accountId: 'x' }, 'deliveries_state'],
			[{ state: 'sending' }, 'deliveries_sending'],
			[{ accountId: 'x' }, 'deliveries_account'],
			[{ chatId: 'x', webhookId: 'x' }, 'deliveries_chat'],
		];
		for (const [filter, index] of cases) {
			assertWalks(deliveriesQuery(filter, undefined, 10), index);
			assertWalks(deliveriesQuery({ ...filter, ...narrowed }, { key: 5, seq: 5 }, 10), index);
		}
		assert.match(plan(deliveriesQuery({ eventId: 'x' }, undefined, 10).sql, ['x', 10])[0] ?? '', /deliveries_event \(event_id=\?\)/);
		assertSearches(SELECT_ATTEMPTS, 'attempts_delivery');
		assertWalks({ sql: COUNT_STATE, values: ['dead'] }, 'deliveries_state');
		assertWalks({ sql: COUNT_SENDING, values: [] }, 'deliveries_sending');
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

	test('messages, chats, attendances, the journal, the state of channels', () => {
		assertWalks({ sql: QUEUE, values: ['x', 1] }, 'messages_queue');
		assertWalks({ sql: QUEUE_COUNT, values: ['x'] }, 'messages_queue');
		assertSearches(TRANSCRIPT, 'messages_chat');
		const cases: readonly (readonly [Omit<MessageFilter, 'instanceId'>, string])[] = [
			[{ status: 'sent', search: 'x' }, 'messages_instance'],
			[{ contextId: 'x' }, 'messages_context'],
			[{ chatId: 'x', contextId: 'x', since: 1, until: 2 }, 'messages_chat'],
		];
		for (const [filter, index] of cases) {
			const { from, values } = messagesQuery({ instanceId: 'x', ...filter });
			assertWalks({ sql: `SELECT * ${from} ORDER BY created_at DESC, seq DESC LIMIT 5`, values }, index);
		}
		assertSearches(CHATS_PAGE, 'chats_latest (instance_id=? AND last_message_at<?)');
		assertSearches(attendancesQuery({ accountId: 'x' }, undefined, 5).sql, 'account_id=? AND number<?');
		assertSearches(attendancesQuery({ accountId: 'x', chatId: 'x' }, undefined, 5).sql, 'attendances_chat');
		assertSearches(attendancesQuery({ accountId: 'x', status: 'progress' }, undefined, 5).sql, 'attendances_status');
		assertSearches(WAITING_FOR, 'journal_waiting (instance_id=? AND waits_for=?)');
		assertSearches(FAILED, 'journal_failed');
		assertSearches(LIST_STATE, 'PRIMARY KEY (instance_id=? AND key>? AND key<?)');
	});
});

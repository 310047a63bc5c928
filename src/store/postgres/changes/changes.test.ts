/** Changes as the rows of a group: those of one thing in their order, those of several processes beside each other. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	account,
	attendance,
	chat,
	chatWithContact,
	commit,
	journalEntry,
	message,
	unit,
	webhook,
} from '../../../../test/suites/store-fixtures.ts';
import { openPostgres } from '../../../../test/suites/store-on-postgres.ts';
import { postgresStore } from '../../../../test/support/postgres-store.ts';
import { becomes } from '../../../../test/support/waiting.ts';
import type { Change } from '../../../ports/changes.ts';

describe('changes of one thing', () => {
	test('a chat: what touches it before, between and after its attendance', async () => {
		await using rig = await openPostgres();
		const finished = attendance('a', { status: 'finished', version: 2 });
		await commit(
			rig.store,
			...chatWithContact('a'),
			{ kind: 'chat.touch', id: 'cht_a', waitingSince: 1_500, lastInboundAt: 1_500, name: 'first' },
			{
				kind: 'chat.touch',
				id: 'cht_a',
				waitingSince: 1_600,
				lastInboundAt: 1_400,
				name: 'second',
				thread: { contextId: 'c', interactionId: 'i' },
			},
			{ kind: 'attendance.insert', attendance: attendance('a') },
			{ kind: 'chat.touch', id: 'cht_a', waitingSince: 1_700, lastMessageAt: 1_700 },
			{ kind: 'attendance.update', attendance: finished, chatDepartmentId: 'dep_b' },
			{ kind: 'chat.touch', id: 'cht_a', waitingSince: 1_800, lastMessageAt: 1_650 },
		);
		const expected = {
			waitingSince: 1_800,
			lastInboundAt: 1_500,
			lastMessageAt: 1_700,
			name: 'second',
			thread: { contextId: 'c', interactionId: 'i' },
		};
		assert.deepEqual((await rig.store.chats.chat('cht_a'))?.chat, chat('a', { ...expected, departmentId: 'dep_b' }));
		assert.deepEqual(await rig.store.attendances.attendance('atd_a'), finished);
	});

	test('a chat that concurrent units touch: as if one came after the other', async () => {
		await using rig = await openPostgres();
		await commit(rig.store, ...chatWithContact('a'));
		const touches = [
			{ waitingSince: 5, lastMessageAt: 3_000 },
			{ waitingSince: 4, phone: '1' },
			{ lastMessageAt: 2_000, phone: '2' },
		];
		await Promise.all(touches.map((touch) => commit(rig.store, { kind: 'chat.touch', id: 'cht_a', ...touch })));
		assert.deepEqual((await rig.store.chats.chat('cht_a'))?.chat, chat('a', { waitingSince: 5, lastMessageAt: 3_000, phone: '2' }));
	});

	test('messages, journal entries, webhooks: each sees what was written before it, in one unit and across units', async () => {
		await using rig = await openPostgres();
		const { store } = rig;
		const sent = message('a', { status: 'sent', updatedAt: 2_000 });
		const read = message('a', { status: 'read', updatedAt: 3_000 });
		await commit(
			store,
			{ kind: 'webhook.put', webhook: webhook('a') },
			{ kind: 'webhook.delete', id: 'whk_a' },
			{ kind: 'webhook.put', webhook: webhook('a', { enabled: false }) },
			{ kind: 'journal.insert', entry: journalEntry('a', { state: 'failed' }) },
			{ kind: 'journal.settle', id: 'jrn_a', state: 'done' },
			{ kind: 'message.insert', message: message('a') },
			{ kind: 'message.advance', from: 'queued', message: sent },
			{ kind: 'message.advance', from: 'sent', message: read },
		);
		assert.deepEqual(await store.messages.message('msg_a'), read);
		assert.deepEqual(await store.journal.failed(5), []);
		assert.deepEqual(await store.webhooks.all(), [webhook('a', { enabled: false })]);
		const turns = [
			{ kind: 'message.insert', message: message('b') },
			{ kind: 'message.advance', from: 'queued', message: message('b', { status: 'sent' }) },
			{ kind: 'message.advance', from: 'sent', message: message('b', { status: 'read' }) },
			{ kind: 'message.advance', from: 'sent', message: message('b', { status: 'failed' }) },
		] as const;
		const results = await Promise.all(turns.map((change) => store.commit(unit({ changes: [change] }))));
		assert.deepEqual(
			results.map(({ kind }) => kind),
			['committed', 'committed', 'committed', 'conflict'],
		);
		assert.equal((await store.messages.message('msg_b'))?.status, 'read');
	});

	test('of several that are refused the first one is told', async () => {
		await using rig = await openPostgres();
		const { store } = rig;
		const entry = { kind: 'journal.insert', entry: journalEntry('a') } as const;
		await commit(store, ...chatWithContact('a'), entry);
		const both: Change[] = [entry, ...chatWithContact('a')];
		assert.deepEqual(await store.commit(unit({ changes: both })), { kind: 'conflict', what: 'journal' });
		assert.deepEqual(await store.commit(unit({ changes: both.toReversed() })), { kind: 'conflict', what: 'exists' });
	});
});

describe('changes of several processes', () => {
	test('of the same things in different orders are all written', async () => {
		await using rig = await openPostgres();
		await using other = postgresStore({ url: rig.database.url, clock: rig.clock });
		await other.open();
		const names = Array.from({ length: 12 }, (_, index) => String(index));
		await commit(rig.store, ...names.flatMap((name) => chatWithContact(name)));
		const touchAll = (order: readonly string[], at: number): Change[] =>
			order.map((name) => ({ kind: 'chat.touch', id: `cht_${name}`, lastMessageAt: at }));
		const rounds = Array.from({ length: 30 }, (_, round) => 2_000 + round);
		await Promise.all([
			...rounds.map((at) => commit(rig.store, ...touchAll(names, at))),
			...rounds.map((at) => commit(other, ...touchAll(names.toReversed(), at + 1))),
		]);
		for (const name of names) assert.equal((await other.chats.chat(`cht_${name}`))?.chat.lastMessageAt, 2_030);
	});

	test('of two with one key one happens', async () => {
		await using rig = await openPostgres();
		await using other = postgresStore({ url: rig.database.url, clock: rig.clock });
		await other.open();
		const racing = [rig.store, other].flatMap((store) =>
			['a', 'b', 'c'].map((name) => store.commit(unit({ changes: [{ kind: 'message.insert', message: message(name) }] }))),
		);
		const results = await Promise.all(racing);
		assert.equal(results.filter(({ kind }) => kind === 'committed').length, 3);
		assert.equal(await rig.store.messages.queueCount('ins_a'), 3);
	});

	test('of a record that others keep in memory reach them', async () => {
		await using rig = await openPostgres();
		await using other = postgresStore({ url: rig.database.url, clock: rig.clock });
		await other.open();
		await commit(rig.store, { kind: 'account.insert', account: account('a') });
		assert.deepEqual(await other.accounts.account('acc_a'), account('a'));
		const changed = account('a', { name: 'Nova', tokenHash: 'new' });
		await commit(rig.store, { kind: 'account.put', account: changed });
		assert.deepEqual(await rig.store.accounts.account('acc_a'), changed, 'here at once');
		assert.ok(await becomes(async () => (await other.accounts.account('acc_a'))?.name === 'Nova', 5_000));
		assert.deepEqual(await other.accounts.accountByTokenHash('new'), changed);
	});
});

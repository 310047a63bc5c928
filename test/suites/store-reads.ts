/** What is read by id, by alias, by queue. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	account,
	application,
	attendance,
	category,
	chat,
	chatWithContact,
	commit,
	contact,
	department,
	instance,
	message,
	type OpenStore,
	operator,
} from './store-fixtures.ts';

export function readCases(open: OpenStore): void {
	test('what is not there is undefined, and lists are empty', async () => {
		await using rig = await open();
		const { store } = rig;
		const page = { limit: 10 };
		assert.equal(await store.accounts.account('x'), undefined);
		assert.equal(await store.accounts.accountByTokenHash('x'), undefined);
		assert.equal(await store.accounts.instance('x'), undefined);
		assert.equal(await store.accounts.application('x'), undefined);
		assert.equal(await store.webhooks.webhook('x'), undefined);
		assert.equal(await store.chats.chat('x'), undefined);
		assert.equal(await store.chats.findByAlias('x', 'x', [{ kind: 'phone', value: 'x' }]), undefined);
		assert.equal(await store.messages.message('x'), undefined);
		assert.equal(await store.messages.byWhatsappId('x', 'x'), undefined);
		assert.equal(await store.attendances.attendance('x'), undefined);
		assert.equal(await store.attendances.lastNumber('x'), 0);
		assert.equal(await store.events.event('x'), undefined);
		assert.equal(await store.deliveries.delivery('x'), undefined);
		assert.deepEqual(await store.deliveries.attempts('x'), []);
		assert.deepEqual(await store.deliveries.backlog(), { pending: 0, sending: 0, dead: 0 });
		assert.deepEqual(await store.accounts.accounts(page), { items: [] });
		assert.deepEqual(await store.events.list({}, page), { items: [] });
		assert.deepEqual(await store.deliveries.list({}, page), { items: [] });
		assert.deepEqual(await store.messages.list({ instanceId: 'x' }, 1, 10), { items: [], total: 0 });
		assert.deepEqual(await store.messages.latestOfThreads('x', undefined, 1, 10), { items: [], total: 0 });
	});

	test('what belongs to an account: oldest first, and nobody else’s', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(
			store,
			{ kind: 'account.insert', account: account('a') },
			{ kind: 'instance.insert', instance: instance('b', { createdAt: 1_000 }) },
			{ kind: 'instance.insert', instance: instance('a', { createdAt: 2_000 }) },
			{ kind: 'instance.insert', instance: instance('c', { accountId: 'acc_b', createdAt: 3_000 }) },
			{ kind: 'application.insert', application: application('b') },
			{ kind: 'application.insert', application: application('a') },
			{ kind: 'application.insert', application: application('c', { accountId: 'acc_b' }) },
			{ kind: 'department.put', department: department('b') },
			{ kind: 'department.put', department: department('a') },
			{ kind: 'operator.put', operator: operator('b') },
			{ kind: 'operator.put', operator: operator('c', { accountId: 'acc_b' }) },
			{ kind: 'category.put', category: category('b', { items: [] }) },
		);
		assert.deepEqual(await store.accounts.accountByTokenHash('token-a'), account('a'));
		assert.deepEqual(await store.accounts.instancesOf('acc_a'), [instance('b', { createdAt: 1_000 }), instance('a', { createdAt: 2_000 })]);
		assert.deepEqual(
			(await store.accounts.allInstances()).map(({ id }) => id),
			['ins_b', 'ins_a', 'ins_c'],
		);
		assert.deepEqual(await store.accounts.applicationsOf('acc_a'), [application('b'), application('a')]);
		assert.deepEqual(await store.accounts.departments('acc_a'), [department('b'), department('a')]);
		assert.deepEqual(await store.accounts.operators('acc_a'), [operator('b')]);
		assert.deepEqual(await store.accounts.categories('acc_a'), [category('b', { items: [] })]);
	});

	test('of several chats those that there are', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'), ...chatWithContact('b'), ...chatWithContact('c'));
		const found = await store.chats.chatsById(['cht_c', 'cht_x', 'cht_a']);
		assert.deepEqual(found.map(({ chat: { id }, contact: { id: contactId } }) => `${id} ${contactId}`).sort(), [
			'cht_a ctc_a',
			'cht_c ctc_c',
		]);
		assert.deepEqual(await store.chats.chatsById([]), []);
	});

	test('a chat is found by whichever alias of its contact, on its instance alone', async () => {
		await using rig = await open();
		const { store } = rig;
		const aliases = [
			{ kind: 'lid', value: 'l' },
			{ kind: 'phone', value: 'p' },
		] as const;
		await commit(
			store,
			{ kind: 'contact.insert', contact: contact('a'), aliases: [aliases[1]] },
			{ kind: 'chat.insert', chat: chat('a') },
			...chatWithContact('b'),
		);
		assert.deepEqual(await store.chats.findByAlias('ins_a', 'acc_a', aliases), { chat: chat('a'), contact: contact('a') });
		assert.equal(await store.chats.findByAlias('ins_b', 'acc_a', aliases), undefined);
		assert.equal(await store.chats.findByAlias('ins_a', 'acc_b', aliases), undefined);
		assert.equal(await store.chats.findByAlias('ins_a', 'acc_a', [{ kind: 'lid', value: 'p' }]), undefined);
		assert.equal(await store.chats.findByAlias('ins_a', 'acc_a', []), undefined);
		assert.deepEqual(await store.chats.findContact('acc_a', aliases), contact('a'));
	});

	test('the queue of an instance: by due time, then age', async () => {
		await using rig = await open();
		const { store } = rig;
		const queued = [
			message('late', { createdAt: 1_000, dueAt: 9_000 }),
			message('second', { createdAt: 2_000 }),
			message('third', { createdAt: 2_000 }),
			message('first', { createdAt: 500, dueAt: 1_500 }),
			message('sent', { status: 'sent' }),
			message('elsewhere', { instanceId: 'ins_b' }),
		];
		await commit(store, ...queued.map((queuedOne) => ({ kind: 'message.insert', message: queuedOne }) as const));
		const ids = async (limit: number): Promise<string[]> => (await store.messages.queue('ins_a', limit)).map(({ id }) => id);
		assert.deepEqual(await ids(10), ['msg_first', 'msg_second', 'msg_third', 'msg_late']);
		assert.deepEqual(await ids(2), ['msg_first', 'msg_second']);
		assert.equal(await store.messages.queueCount('ins_a'), 4);
		await commit(store, { kind: 'message.advance', from: 'queued', message: message('first', { status: 'sent' }) });
		assert.deepEqual(await ids(1), ['msg_second']);
		assert.equal(await store.messages.queueCount('ins_a'), 3);
	});

	test('a transcript: what was stored between two messages, oldest first, the newest where there are more', async () => {
		await using rig = await open();
		const { store } = rig;
		const said = [1, 2, 3, 4, 5].map((at) => message(String(at), { createdAt: at * 1_000, status: 'sent' }));
		// The third is late: it was written before the others and stored after the fourth.
		const [one, two, three, four, five] = said;
		for (const stored of [one, two, four, three, five]) if (stored) await commit(store, { kind: 'message.insert', message: stored });
		await commit(store, { kind: 'message.insert', message: message('other', { chatId: 'cht_b', createdAt: 3_000 }) });
		const transcript = (after: string | null, upTo?: string, limit = 10) =>
			store.messages.transcript('cht_a', { after, since: 2_000, until: 3_000, ...(upTo === undefined ? {} : { upTo }) }, limit);
		assert.deepEqual(await transcript(null), said);
		assert.deepEqual(await transcript('msg_2', 'msg_3'), [three, four]);
		assert.deepEqual(await transcript('msg_4'), [three, five]);
		assert.deepEqual(await transcript(null, undefined, 2), [four, five]);
		assert.deepEqual(await transcript('msg_gone', 'msg_gone'), [two, three], 'by time where both are gone');
	});

	test('numbers of attendances count in an account', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'), ...chatWithContact('b'));
		await commit(
			store,
			{ kind: 'attendance.insert', attendance: attendance('a', { number: 7 }) },
			{ kind: 'attendance.insert', attendance: attendance('b', { number: 3, accountId: 'acc_b', chatId: 'cht_b' }) },
		);
		assert.equal(await store.attendances.lastNumber('acc_a'), 7);
		assert.equal(await store.attendances.lastNumber('acc_b'), 3);
	});
}

/** Lists: filters, the order, and pages that leave nothing out and show nothing twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventOf } from '../../src/domain/event.ts';
import type { MessageStep } from '../../src/domain/message.ts';
import { RecadoError } from '../../src/errors.ts';
import type { Change } from '../../src/ports/changes.ts';
import { LOOKED_AT_MAX, type Page, type PageRequest } from '../../src/ports/pages.ts';
import { deliver, giveUp } from './store-dispatch.ts';
import {
	account,
	attendance,
	chatWithContact,
	commit,
	committed,
	contact,
	event,
	looseDelivery,
	message,
	type OpenStore,
	unit,
	webhook,
} from './store-fixtures.ts';

export function listCases(open: OpenStore): void {
	pagedListCases(open);
	deliveryListCases(open);
	messageListCases(open);
}

function pagedListCases(open: OpenStore): void {
	test('accounts, oldest first', async () => {
		await using rig = await open();
		const names = ['c', 'a', 'e', 'b', 'd'];
		await commit(rig.store, ...names.map((name): Change => ({ kind: 'account.insert', account: account(name) })));
		const found = await everyPage((page) => rig.store.accounts.accounts(page), 2);
		assert.deepEqual(
			found.map(({ name }) => name),
			names,
		);
	});

	test('accounts by a part of the name, in whatever case; of none that is looked for, none', async () => {
		await using rig = await open();
		const { store } = rig;
		const names = ['Loja Um', 'PADARIA AÇÃO', 'Loja Dois', '100 %_', 'ação Loja'];
		await commit(store, ...names.map((name, index): Change => ({ kind: 'account.insert', account: account(`n${index}`, { name }) })));
		const found = async (part: string): Promise<readonly string[]> =>
			(await everyPage((page) => store.accounts.accounts(page, part), 1)).map(({ name }) => name);
		assert.deepEqual(await found('loja'), ['Loja Um', 'Loja Dois', 'ação Loja']);
		assert.deepEqual(await found('Ação'), ['PADARIA AÇÃO', 'ação Loja'], 'in whatever case, of all letters');
		assert.deepEqual(await found('%_'), ['100 %_'], 'no sign means anything else');
		assert.deepEqual(await found('%'), ['100 %_']);
		assert.deepEqual(await found('mercado'), []);
		assert.equal((await found('')).length, names.length);
	});

	test('for a name no page looks at more accounts than its bound, and the next goes on there', async () => {
		await using rig = await open();
		const { store } = rig;
		const others = Array.from(
			{ length: LOOKED_AT_MAX },
			(_, index): Change => ({
				kind: 'account.insert',
				account: account(`o${index}`, { name: 'Outra' }),
			}),
		);
		await commit(store, ...others, { kind: 'account.insert', account: account('late', { name: 'Tardia' }) });
		const first = await store.accounts.accounts({ limit: 5 }, 'tardia');
		assert.deepEqual(first.items, []);
		const second = await store.accounts.accounts({ limit: 5, cursor: first.next ?? '' }, 'tardia');
		assert.deepEqual([second.items.map(({ name }) => name), second.next], [['Tardia'], undefined]);
	});

	test('chats, latest message first, those of one moment too', async () => {
		await using rig = await open();
		const at: Readonly<Record<string, number>> = { a: 1_000, b: 3_000, c: 3_000, d: 2_000 };
		for (const [name, lastMessageAt] of Object.entries(at)) await commit(rig.store, ...chatWithContact(name, { lastMessageAt }));
		const found = await everyPage((page) => rig.store.chats.chatsOf('ins_a', page), 1);
		assert.deepEqual(
			found.map(({ chat }) => chat.id),
			['cht_c', 'cht_b', 'cht_d', 'cht_a'],
		);
		assert.deepEqual(found[3]?.contact, contact('a'));
		assert.deepEqual(await rig.store.chats.chatsOf('ins_b', { limit: 5 }), { items: [] });
	});

	test('attendances, newest first, by chat and by status', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'), ...chatWithContact('b'));
		for (const number of [1, 2, 3]) {
			await commit(store, { kind: 'attendance.insert', attendance: attendance(String(number), { number }) });
			const finished = attendance(String(number), { number, version: 2, status: 'finished' });
			await commit(store, { kind: 'attendance.update', attendance: finished });
		}
		await commit(store, { kind: 'attendance.insert', attendance: attendance('4', { number: 4, chatId: 'cht_b' }) });
		const numbers = async (filter: object): Promise<number[]> =>
			(await everyPage((page) => store.attendances.list({ accountId: 'acc_a', ...filter }, page), 2)).map(({ number }) => number);
		assert.deepEqual(await numbers({}), [4, 3, 2, 1]);
		assert.deepEqual(await numbers({ chatId: 'cht_a' }), [3, 2, 1]);
		assert.deepEqual(await numbers({ status: 'progress' }), [4]);
		assert.deepEqual(await numbers({ chatId: 'cht_a', status: 'progress' }), []);
		assert.deepEqual(await numbers({ accountId: 'acc_b' }), []);
	});

	test('events, newest first, by each filter; those of a chat by the order of commit', async () => {
		await using rig = await open();
		const { store } = rig;
		const instance = { id: 'ins_b', phone: '1' };
		const { chatId: _none, ...connected } = event('e5', { at: 5_000, accountId: 'acc_b', instance });
		const events = [
			event('e1', { at: 1_000 }),
			event('e3', { at: 3_000, chatId: 'cht_b' }),
			event('e2', { at: 2_000, instance }),
			event('e4', { at: 3_000 }),
			{ ...connected, type: 'instance.connected' as const, data: {} },
			event('e0', { at: 2_500, chatId: 'cht_b' }),
		];
		await store.commit(unit({ events }));
		const ids = async (filter: object): Promise<string[]> =>
			(await everyPage((page) => store.events.list(filter, page), 2)).map(({ id }) => id.slice(4));
		assert.deepEqual(await ids({}), ['e5', 'e4', 'e3', 'e0', 'e2', 'e1']);
		assert.deepEqual(await ids({ accountId: 'acc_a' }), ['e4', 'e3', 'e0', 'e2', 'e1']);
		assert.deepEqual(await ids({ instanceId: 'ins_b' }), ['e5', 'e2']);
		assert.deepEqual(await ids({ chatId: 'cht_b' }), ['e0', 'e3']);
		assert.deepEqual(await ids({ chatId: 'cht_b', since: 3_000 }), ['e3']);
		assert.deepEqual(await ids({ type: 'instance.connected' }), ['e5']);
		assert.deepEqual(await ids({ since: 2_000, until: 3_000 }), ['e0', 'e2'], 'since is inclusive, until is not');
		assert.deepEqual(await ids({ accountId: 'acc_a', instanceId: 'ins_b', since: 1_500 }), ['e2']);
		assert.deepEqual(await store.events.event('evt_e5'), events[4]);
	});

	test("an event of a webhook that is the account's concerns no instance", async () => {
		await using rig = await open();
		const failing: EventOf<'webhook.failing'> = {
			id: 'evt_f',
			type: 'webhook.failing',
			accountId: 'acc_a',
			instance: undefined,
			at: 1_000,
			data: { webhook: { id: 'whk_a', dialect: 'recado', url: 'https://a.example' }, errorClass: 'dns', failuresInARow: 5 },
		};
		await rig.store.commit(unit({ events: [failing, event('e')] }));
		assert.deepEqual(await rig.store.events.event('evt_f'), failing);
		assert.deepEqual((await rig.store.events.list({ accountId: 'acc_a', type: 'webhook.failing' }, { limit: 5 })).items, [failing]);
		assert.equal((await rig.store.events.list({ instanceId: 'ins_a' }, { limit: 5 })).items.length, 1);
	});

	test('a cursor that no page gave is refused', async () => {
		await using rig = await open();
		for (const cursor of ['nonsense', '', 'MTI']) {
			await assert.rejects(
				rig.store.events.list({}, { limit: 2, cursor }),
				(error) => error instanceof RecadoError && error.code === 'invalid_request',
			);
		}
	});
}

function deliveryListCases(open: OpenStore): void {
	test('deliveries, newest first, by each filter, without their bodies', async () => {
		await using rig = await open();
		const { store } = rig;
		const webhooks = [webhook('a'), webhook('b'), webhook('c', { accountId: 'acc_b' })];
		await commit(store, ...webhooks.map((one): Change => ({ kind: 'webhook.put', webhook: one })));
		const { chatId: _none, ...chatless } = looseDelivery('7', { createdAt: 7_000, webhookId: 'whk_b' });
		const made = [
			looseDelivery('1', { createdAt: 1_000, start: 'take' }),
			looseDelivery('2', { createdAt: 2_000, start: 'take', chatId: 'cht_b', eventId: 'evt_x' }),
			looseDelivery('3', { createdAt: 3_000, accountId: 'acc_b', webhookId: 'whk_c', eventId: 'evt_x', chatId: 'cht_b' }),
			looseDelivery('4', { createdAt: 4_000, start: 'take' }),
			looseDelivery('5', { createdAt: 4_000 }),
			looseDelivery('6', { createdAt: 6_000, webhookId: 'whk_b', start: 'take' }),
			chatless,
		];
		const told = ['1', '3', '4', '5', '6'].map((name) => event(name));
		committed(await store.commit(unit({ events: [...told, event('x', { chatId: 'cht_b' })], deliveries: made })));
		await giveUp(store, '1');
		await deliver(store, '4');
		await giveUp(store, '6');
		const ids = async (filter: object): Promise<string> =>
			(await everyPage((page) => store.deliveries.list(filter, page), 2)).map(({ id }) => id.slice(4)).join('');
		assert.equal(await ids({}), '7654321');
		assert.equal(await ids({ webhookId: 'whk_a' }), '5421');
		assert.equal(await ids({ chatId: 'cht_a' }), '6541');
		assert.equal(await ids({ chatId: 'cht_b' }), '32');
		assert.equal(await ids({ chatId: 'cht_b', accountId: 'acc_b' }), '3');
		assert.equal(await ids({ accountId: 'acc_a' }), '765421');
		assert.equal(await ids({ accountId: 'acc_b' }), '3');
		assert.equal(await ids({ accountId: 'acc_none' }), '');
		assert.equal(await ids({ eventId: 'evt_x' }), '32');
		assert.equal(await ids({ eventId: 'evt_x', chatId: 'cht_b', webhookId: 'whk_a' }), '2');
		assert.equal(await ids({ state: 'pending' }), '753');
		assert.equal(await ids({ state: 'sending' }), '2');
		assert.equal(await ids({ state: 'delivered' }), '4');
		assert.equal(await ids({ state: 'dead' }), '61');
		assert.equal(await ids({ state: 'cancelled' }), '');
		assert.equal(await ids({ state: 'dead', webhookId: 'whk_a' }), '1');
		assert.equal(await ids({ state: 'sending', webhookId: 'whk_a' }), '2');
		assert.equal(await ids({ state: 'delivered', webhookId: 'whk_a' }), '4');
		assert.equal(await ids({ state: 'dead', chatId: 'cht_a', accountId: 'acc_a' }), '61');
		assert.equal(await ids({ state: 'dead', accountId: 'acc_a' }), '61');
		assert.equal(await ids({ state: 'pending', accountId: 'acc_a' }), '75');
		assert.equal(await ids({ state: 'delivered', accountId: 'acc_a' }), '4');
		assert.equal(await ids({ state: 'sending', accountId: 'acc_a' }), '2');
		assert.equal(await ids({ state: 'sending', accountId: 'acc_b' }), '');
		assert.equal(await ids({ state: 'delivered', eventId: 'evt_x' }), '');
		await commit(store, { kind: 'webhook.delete', id: 'whk_b' });
		assert.equal(await ids({ accountId: 'acc_a' }), '765421', 'those of a webhook that is gone too');
		assert.equal(await ids({ since: 3_000, until: 6_000 }), '543', 'since is inclusive, until is not');
		assert.equal(await ids({ webhookId: 'whk_b', since: 6_001 }), '7');
		assert.equal(await ids({ accountId: 'acc_a', until: 4_000 }), '21');
		assert.equal(await ids({ chatId: 'cht_a', since: 1_001, until: 6_000 }), '54');
		assert.equal(await ids({ state: 'pending', since: 4_000 }), '75');
		const listed = await store.deliveries.list({}, { limit: 1 });
		assert.equal(listed.items[0]?.body, '');
		assert.equal((await store.deliveries.delivery('dlv_7'))?.body, chatless.body);
	});

	test('deliveries of an account with many webhooks, more than a page has rows', async () => {
		await using rig = await open();
		const { store } = rig;
		const names = Array.from({ length: 12 }, (_, n) => `w${n}`);
		await commit(store, ...names.map((name): Change => ({ kind: 'webhook.put', webhook: webhook(name) })));
		// The first has most of them, the last has none.
		const made = Array.from({ length: 40 }, (_, n) =>
			looseDelivery(String(n), { webhookId: `whk_w${n % 3 === 0 ? (n / 3) % 11 : 0}`, ...(n % 4 === 0 ? { start: 'take' as const } : {}) }),
		);
		await store.commit(unit({ deliveries: made }));
		for (let n = 0; n < 40; n += 8) await giveUp(store, String(n));
		const all = made.map(({ id }) => id).reverse();
		for (const limit of [1, 3, 50]) {
			const ids = async (filter: object): Promise<string[]> =>
				(await everyPage((page) => store.deliveries.list({ accountId: 'acc_a', ...filter }, page), limit)).map(({ id }) => id);
			assert.deepEqual(await ids({}), all);
			assert.deepEqual(
				await ids({ state: 'dead' }),
				all.filter((id) => Number(id.slice(4)) % 8 === 0),
			);
			assert.deepEqual(
				await ids({ state: 'pending' }),
				all.filter((id) => Number(id.slice(4)) % 4 !== 0),
			);
		}
	});

	test('a span of time among many that were not committed quite in the order in which they were made', async () => {
		await using rig = await open();
		const { store } = rig;
		const step = 5_000;
		const made = Array.from({ length: 200 }, (_, index) =>
			looseDelivery(String(index), { createdAt: index * step - (index % 3) * 12_000 }),
		);
		await store.commit(unit({ deliveries: made }));
		const spans = [
			[50, 60],
			[51.5, 52.5],
			[0, 3],
			[198, 900],
			[-5, 0],
			[400, 500],
		].map(([from = 0, to = 0]) => [from * step, to * step] as const);
		for (const [since, until] of spans) {
			const found = await everyPage((page) => store.deliveries.list({ since, until }, page), 4);
			const expected = made.filter(({ createdAt }) => createdAt >= since && createdAt < until).map(({ id }) => id);
			assert.deepEqual(found.map(({ id }) => id).reverse(), expected);
		}
	});

	test('a page goes on where the last one ended, whatever came meanwhile', async () => {
		await using rig = await open();
		const { store } = rig;
		await store.commit(unit({ deliveries: ['1', '2', '3'].map((name) => looseDelivery(name)) }));
		const first = await store.deliveries.list({}, { limit: 2 });
		await store.commit(unit({ deliveries: [looseDelivery('4')] }));
		const second = await store.deliveries.list({}, { limit: 2, cursor: first.next ?? '' });
		assert.deepEqual(
			[first, second].map(({ items }) => items.map(({ id }) => id)),
			[['dlv_3', 'dlv_2'], ['dlv_1']],
		);
		assert.equal(second.next, undefined);
	});
}

function messageListCases(open: OpenStore): void {
	test('messages by number of page, by each filter, with how many there are', async () => {
		await using rig = await open();
		const { store } = rig;
		const medium = { url: 'https://media/1', mimeType: 'image/png' };
		const said = [
			message('1', { createdAt: 1_000, content: { kind: 'text', text: 'Bom dia, AÇÃO!' } }),
			message('2', { createdAt: 2_000, status: 'sent', thread: { contextId: 'c', interactionId: 'i' } }),
			message('3', { createdAt: 3_000, chatId: 'cht_b', content: { kind: 'image', caption: 'Uma ação 100%', ...medium } }),
			message('4', { createdAt: 4_000, content: { kind: 'image', ...medium }, thread: { interactionId: 'i' } }),
			message('5', { createdAt: 5_000, status: 'sent', thread: { contextId: 'c', interactionId: 'j' } }),
			message('6', { createdAt: 6_000, instanceId: 'ins_b' }),
		];
		await commit(store, ...said.map((one): Change => ({ kind: 'message.insert', message: one })));
		const ids = async (filter: object, page = 1, limit = 10): Promise<[string, number]> => {
			const { items, total } = await store.messages.list({ instanceId: 'ins_a', ...filter }, page, limit);
			return [items.map(({ id }) => id.slice(4)).join(''), total];
		};
		assert.deepEqual(await ids({}), ['54321', 5]);
		assert.deepEqual(await ids({}, 2, 2), ['32', 5]);
		assert.deepEqual(await ids({}, 4, 2), ['', 5]);
		assert.deepEqual(await ids({ chatId: 'cht_b' }), ['3', 1]);
		assert.deepEqual(await ids({ status: 'sent' }), ['52', 2]);
		assert.deepEqual(await ids({ contextId: 'c' }), ['52', 2]);
		assert.deepEqual(await ids({ contextId: 'c', chatId: 'cht_b' }), ['', 0]);
		assert.deepEqual(await ids({ since: 2_000, until: 4_000 }), ['32', 2]);
		assert.deepEqual(await ids({ search: 'ação' }), ['31', 2]);
		assert.deepEqual(await ids({ search: '%' }), ['3', 1], 'no wildcards');
		assert.deepEqual((await store.messages.list({ instanceId: 'ins_a' }, 5, 1)).items, [said[0]]);
	});

	test('messages by the step that they reached, failed ones by the one before', async () => {
		await using rig = await open();
		const { store } = rig;
		const failure = { code: 'x', reason: 'x' };
		const said = [
			message('1', { createdAt: 1_000, status: 'queued' }),
			message('2', { createdAt: 2_000, status: 'failed', failure, timeline: { queued: 1, failed: 2 } }),
			message('3', { createdAt: 3_000, status: 'failed', failure, timeline: { queued: 1, sent: 2, failed: 3 } }),
			message('4', { createdAt: 4_000, status: 'read' }),
			message('5', { createdAt: 5_000, status: 'played' }),
		];
		await commit(store, ...said.map((one): Change => ({ kind: 'message.insert', message: one })));
		const ids = async (...steps: MessageStep[]): Promise<string> => {
			const { items, total } = await store.messages.list({ instanceId: 'ins_a', steps }, 1, 10);
			assert.equal(items.length, total);
			return items.map(({ id }) => id.slice(4)).join('');
		};
		assert.equal(await ids('queued'), '21');
		assert.equal(await ids('sent'), '3');
		assert.equal(await ids('read', 'played'), '54');
		assert.equal(await ids('received'), '');
	});

	test('the latest message of each chat with a thread, answered by the customer or not', async () => {
		await using rig = await open();
		const { store } = rig;
		const thread = { contextId: 'c', interactionId: 'i' };
		for (const name of ['a', 'b', 'c']) await commit(store, ...chatWithContact(name));
		const said = [
			message('a1', { createdAt: 1_000, thread }),
			message('a2', { createdAt: 5_000, thread, fromMe: false, status: 'received' }),
			message('b1', { createdAt: 2_000, chatId: 'cht_b', thread }),
			message('b2', { createdAt: 3_000, chatId: 'cht_b', thread }),
			message('b3', { createdAt: 9_000, chatId: 'cht_b' }),
			message('c1', { createdAt: 4_000, chatId: 'cht_c' }),
		];
		await commit(store, ...said.map((one): Change => ({ kind: 'message.insert', message: one })));
		await commit(store, ...chatWithContact('d', { lastInboundAt: 500 }));
		await commit(store, { kind: 'message.insert', message: message('d1', { createdAt: 1_500, chatId: 'cht_d', thread }) });
		const ids = async (answered: boolean | undefined, page = 1, limit = 10): Promise<[string[], number]> => {
			const { items, total } = await store.messages.latestOfThreads('ins_a', answered, page, limit);
			return [items.map(({ last, view }) => `${last.id} ${view.chat.id} ${view.contact.id}`), total];
		};
		assert.deepEqual(await ids(undefined), [['msg_a2 cht_a ctc_a', 'msg_b2 cht_b ctc_b', 'msg_d1 cht_d ctc_d'], 3]);
		assert.deepEqual(await ids(undefined, 2, 1), [['msg_b2 cht_b ctc_b'], 3]);
		assert.deepEqual(await ids(undefined, 4, 1), [[], 3], 'behind the end');
		assert.deepEqual(await ids(true), [['msg_a2 cht_a ctc_a', 'msg_d1 cht_d ctc_d'], 2], 'among these messages, or long ago');
		assert.deepEqual(await ids(false), [['msg_b2 cht_b ctc_b'], 1]);
	});
}

type List<T> = (page: PageRequest) => Promise<Page<T>>;

/** All items, page by page, no page larger than asked for. */
async function everyPage<T>(list: List<T>, limit: number): Promise<T[]> {
	const items: T[] = [];
	let page = await list({ limit });
	for (;;) {
		assert.ok(page.items.length <= limit);
		items.push(...page.items);
		if (page.next === undefined) return items;
		assert.equal(page.items.length, limit, 'only the last page is short');
		page = await list({ limit, cursor: page.next });
	}
}

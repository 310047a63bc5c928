/** Lists of chats and of what was said in one: by instance and by account, who waits, page by page; and how far lists go that are paged by number. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chat, Message } from '../../src/domain/message.ts';
import { RecadoError } from '../../src/errors.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { ChatView } from '../../src/ports/chats.ts';
import { LISTED_MAX, LOOKED_AT_MAX, type Page } from '../../src/ports/pages.ts';
import type { Store } from '../../src/ports/store.ts';
import { attendance, chatWithContact, commit, instance, message, type OpenStore } from './store-fixtures.ts';

export function chatListCases(open: OpenStore): void {
	chatCases(open);
	waitingCases(open);
	messageCases(open);
	limitCases(open);
}

/** Of three instances of one account and one of another: name, instance, latest message. */
const CHATS: readonly (readonly [name: string, given: Partial<Chat>])[] = [
	['a', { lastMessageAt: 5_000 }],
	['b', { lastMessageAt: 3_000, instanceId: 'ins_b' }],
	['c', { lastMessageAt: 3_000 }],
	['d', { lastMessageAt: 6_000, instanceId: 'ins_b' }],
	['e', { lastMessageAt: 1_000 }],
	['f', { lastMessageAt: 3_000, instanceId: 'ins_b' }],
	['o', { lastMessageAt: 9_000, instanceId: 'ins_o', accountId: 'acc_b' }],
];

async function fill(store: Store, chats: typeof CHATS): Promise<void> {
	const instances = ['a', 'b', 'empty'].map((name): Change => ({ kind: 'instance.insert', instance: instance(name) }));
	const other = instance('o', { accountId: 'acc_b' });
	await commit(
		store,
		...instances,
		{ kind: 'instance.insert', instance: other },
		...chats.flatMap(([name, given]) => chatWithContact(name, given)),
	);
}

type Read = (page: { limit: number; cursor?: string }) => Promise<Page<ChatView>>;

/** All pages, each of so many. */
async function walked(read: Read, limit: number): Promise<string> {
	const names: string[] = [];
	for (let cursor: string | undefined; ; ) {
		const page = await read({ limit, ...(cursor === undefined ? {} : { cursor }) });
		names.push(namesOf(page));
		if (page.next === undefined) return names.join('');
		assert.equal(page.items.length, limit, 'only the last page is short');
		cursor = page.next;
	}
}

function namesOf(page: Page<ChatView>): string {
	return page.items.map(({ chat, contact }) => (chat.contactId === contact.id ? chat.id.replace('cht_', '') : '?')).join('');
}

async function everywhere(read: Read, expected: string): Promise<void> {
	for (const limit of [1, 2, 3, 20]) assert.equal(await walked(read, limit), expected, `by ${limit}`);
}

function chatCases(open: OpenStore): void {
	test('chats of all instances of an account, latest message first', async () => {
		await using rig = await open();
		const { chats } = rig.store;
		await fill(rig.store, CHATS);
		await everywhere((page) => chats.chatsOfAccount('acc_a', page), 'dafcbe');
		await everywhere((page) => chats.chatsOfAccount('acc_b', page), 'o');
		await everywhere((page) => chats.chatsOfAccount('acc_none', page), '');
		await everywhere((page) => chats.chatsOf('ins_b', page), 'dfb');
	});

	test('chats by how many come before', async () => {
		await using rig = await open();
		const { chats } = rig.store;
		await fill(rig.store, CHATS);
		assert.equal(namesOf(await chats.chatsOf('ins_a', { limit: 2, offset: 0 })), 'ac');
		assert.equal(namesOf(await chats.chatsOf('ins_a', { limit: 2, offset: 1 })), 'ce');
		assert.equal(namesOf(await chats.chatsOf('ins_a', { limit: 2, offset: 3 })), '');
		const first = await chats.chatsOf('ins_b', { limit: 1, offset: 1 });
		assert.equal(namesOf(first), 'f');
		assert.equal(namesOf(await chats.chatsOf('ins_b', { limit: 5, cursor: first.next ?? '' })), 'b', 'a cursor goes on from there');
	});
}

function waitingCases(open: OpenStore): void {
	const waiting: typeof CHATS = [
		['a', { waitingSince: 5_000, departmentId: 'dep_a' }],
		['b', { waitingSince: 2_000, instanceId: 'ins_b' }],
		['c', { waitingSince: 2_000, departmentId: 'dep_b' }],
		['d', { instanceId: 'ins_b', departmentId: 'dep_a' }],
		['e', { waitingSince: 1_000, instanceId: 'ins_b', departmentId: 'dep_a' }],
		['f', { waitingSince: 4_000 }],
		['o', { waitingSince: 500, instanceId: 'ins_o', accountId: 'acc_b', departmentId: 'dep_a' }],
	];

	test('who waits: longest first, of an instance, of an account, of departments and of none', async () => {
		await using rig = await open();
		const { chats } = rig.store;
		await fill(rig.store, waiting);
		await everywhere((page) => chats.waitingOf('ins_a', page), 'cfa');
		await everywhere((page) => chats.waitingOf('ins_b', page), 'eb');
		assert.equal(namesOf(await chats.waitingOf('ins_a', { limit: 5, offset: 1 })), 'fa');
		await everywhere((page) => chats.waiting({ accountId: 'acc_a' }, page), 'ebcfa');
		const of = (...departmentIds: (string | undefined)[]) => ({ accountId: 'acc_a', departmentIds });
		await everywhere((page) => chats.waiting(of('dep_a'), page), 'ea');
		await everywhere((page) => chats.waiting(of(undefined), page), 'bf');
		await everywhere((page) => chats.waiting(of('dep_b', undefined, 'dep_b', 'dep_none'), page), 'bcf');
		await everywhere((page) => chats.waiting(of(), page), '');
		await everywhere((page) => chats.waiting({ accountId: 'acc_b', departmentIds: ['dep_a'] }, page), 'o');
	});

	test('how many wait, as far as they are counted', async () => {
		await using rig = await open();
		const { chats } = rig.store;
		await fill(rig.store, waiting);
		const counted = async (departmentIds: readonly (string | undefined)[] | undefined): Promise<readonly number[]> => {
			const filter = { accountId: 'acc_a', ...(departmentIds === undefined ? {} : { departmentIds }) };
			return Promise.all([1, 2, 3, 4, 5, 100].map((most) => chats.waitingCount(filter, most)));
		};
		assert.deepEqual(await counted(undefined), [1, 2, 3, 4, 5, 5]);
		assert.deepEqual(await counted(['dep_a']), [1, 2, 2, 2, 2, 2]);
		assert.deepEqual(await counted([undefined]), [1, 2, 2, 2, 2, 2]);
		assert.deepEqual(await counted(['dep_b', undefined, 'dep_b', 'dep_none']), [1, 2, 3, 3, 3, 3]);
		assert.deepEqual(await counted([]), [0, 0, 0, 0, 0, 0]);
		assert.equal(await chats.waitingCount({ accountId: 'acc_b', departmentIds: ['dep_a'] }, 100), 1);
		assert.equal(await chats.waitingCount({ accountId: 'acc_none' }, 100), 0);
	});

	test('who waits: from when the customer writes to when somebody attends', async () => {
		await using rig = await open();
		const { store } = rig;
		await fill(store, [['a', {}]]);
		const names = async (departmentId?: string): Promise<string> =>
			namesOf(await store.chats.waiting({ accountId: 'acc_a', departmentIds: [departmentId] }, { limit: 5 }));
		assert.equal(await names(), '');
		await commit(store, { kind: 'chat.touch', id: 'cht_a', waitingSince: 2_000 });
		assert.equal(await names(), 'a');
		await commit(store, { kind: 'chat.touch', id: 'cht_a', departmentId: 'dep_a' });
		assert.deepEqual([await names(), await names('dep_a')], ['', 'a']);
		const count = (): Promise<number> => store.chats.waitingCount({ accountId: 'acc_a' }, 5);
		assert.equal(await count(), 1);
		await commit(store, { kind: 'attendance.insert', attendance: attendance('a', { chatId: 'cht_a' }) });
		assert.deepEqual([await names('dep_a'), await count()], ['', 0]);
	});
}

function messageCases(open: OpenStore): void {
	test('what was said in a chat, newest first, from any message on', async () => {
		await using rig = await open();
		const { store } = rig;
		const said: readonly (readonly [string, Partial<Message>])[] = [
			['3', { createdAt: 2_000 }],
			['1', { createdAt: 1_000 }],
			['4', { createdAt: 2_000 }],
			['5', { createdAt: 3_000 }],
			['x', { createdAt: 2_000, chatId: 'cht_b' }],
		];
		await commit(store, ...said.map(([name, given]): Change => ({ kind: 'message.insert', message: message(name, given) })));
		const names = async (limit: number, before?: string): Promise<string> => {
			const found = await store.messages.ofChat('cht_a', { limit, ...(before === undefined ? {} : { before: `msg_${before}` }) });
			return found.map(({ id }) => id.slice(4)).join('');
		};
		assert.deepEqual([await names(10), await names(2), await names(2, '4'), await names(5, '1')], ['5431', '54', '31', '']);
		assert.equal(await names(5, 'x'), '', 'of another chat');
		assert.equal(await names(5, 'none'), '');
		assert.deepEqual((await store.messages.ofChat('cht_b', { limit: 5 }))[0], message('x', { createdAt: 2_000, chatId: 'cht_b' }));
	});

	test('the latest of a chat, and how many of its newest nobody has read', async () => {
		await using rig = await open();
		const { store } = rig;
		const read = { fromMe: false, status: 'read' } as const;
		const unread = { fromMe: false, status: 'received' } as const;
		const said: readonly (readonly [string, Partial<Message>])[] = [
			['2', { ...unread, createdAt: 2_000 }],
			['1', { ...unread, createdAt: 1_000 }],
			['3', { ...read, createdAt: 3_000 }],
			['4', { fromMe: true, status: 'received', createdAt: 4_000 }],
			['5', { ...unread, createdAt: 5_000 }],
			['6', { ...unread, createdAt: 5_000 }],
			['x', { ...unread, createdAt: 6_000, chatId: 'cht_b' }],
		];
		await commit(store, ...said.map(([name, given]): Change => ({ kind: 'message.insert', message: message(name, given) })));
		const latest = { message: message('6', { ...unread, createdAt: 5_000 }) };
		for (const [lookedAt, count] of [
			[1, 1],
			[4, 2],
			[5, 3],
			[50, 4],
		] as const) {
			assert.deepEqual(await store.messages.latestOfChat('cht_a', lookedAt), { ...latest, unread: count }, `${lookedAt} looked at`);
		}
		assert.equal((await store.messages.latestOfChat('cht_b', 50))?.unread, 1);
		assert.equal(await store.messages.latestOfChat('cht_none', 50), undefined);
	});

	test('messages of a chat are those of its instance', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'message.insert', message: message('a') });
		const total = async (instanceId: string): Promise<number> => (await store.messages.list({ instanceId, chatId: 'cht_a' }, 1, 5)).total;
		assert.deepEqual([await total('ins_a'), await total('ins_b')], [1, 0]);
	});
}

function limitCases(open: OpenStore): void {
	test('what no index knows is looked for in the newest messages, or in those of a span of time', async () => {
		await using rig = await open();
		const { store } = rig;
		const oldest = { status: 'failed', createdAt: 1_000, content: { kind: 'text', text: 'the needle' } } as const;
		const newer = Array.from({ length: LOOKED_AT_MAX }, (_, n) => message(String(n), { createdAt: 2_000 + n, status: 'read' }));
		const thread = { interactionId: 'i' };
		await commit(
			store,
			{ kind: 'message.insert', message: message('old', oldest) },
			...newer.map((one): Change => ({ kind: 'message.insert', message: one })),
			{ kind: 'message.insert', message: message('other', { ...oldest, chatId: 'cht_b', thread }) },
		);
		const total = async (filter: object): Promise<number> =>
			(await store.messages.list({ instanceId: 'ins_a', ...filter }, 1, 5)).items.length;
		assert.equal(await total({ status: 'failed' }), 0);
		assert.equal(await total({ search: 'NEEDLE' }), 0);
		assert.equal(await total({ status: 'failed', until: 2_000 }), 2);
		assert.equal(await total({ search: 'NEEDLE', until: 2_000 }), 2);
		assert.equal(await total({ search: 'NEEDLE', chatId: 'cht_b' }), 1);
		const all = await store.messages.list({ instanceId: 'ins_a', status: 'read' }, LOOKED_AT_MAX / 10, 10);
		assert.deepEqual([all.total, all.items.at(-1)?.id], [LOOKED_AT_MAX, 'msg_0']);
		assert.equal((await store.messages.list({ instanceId: 'ins_a' }, 1, 1)).total, LOOKED_AT_MAX + 2, 'without them all are counted');
	});

	test('a page beyond what lists go to is refused', async () => {
		await using rig = await open();
		const { chats, messages } = rig.store;
		const asked: readonly (() => Promise<unknown>)[] = [
			() => chats.chatsOf('ins_a', { limit: 10, offset: LISTED_MAX }),
			() => chats.waitingOf('ins_a', { limit: 10, offset: LISTED_MAX }),
			() => messages.list({ instanceId: 'ins_a' }, LISTED_MAX / 10 + 1, 10),
			() => messages.latestOfThreads('ins_a', undefined, LISTED_MAX / 10 + 1, 10),
		];
		for (const ask of asked) {
			await assert.rejects(ask, (error) => error instanceof RecadoError && error.code === 'invalid_request');
		}
		assert.deepEqual(await messages.list({ instanceId: 'ins_a' }, LISTED_MAX / 10, 10), { items: [], total: 0 });
	});
}

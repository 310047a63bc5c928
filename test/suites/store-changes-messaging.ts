/** Contacts, chats, messages, attendances: what each change does, and when it is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Chat } from '../../src/domain/message.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Store } from '../../src/ports/store.ts';
import { attendance, chat, chatWithContact, commit, contact, message, type OpenStore, refused } from './store-fixtures.ts';

export function messagingChangeCases(open: OpenStore): void {
	contactCases(open);
	chatCases(open);
	storedCases(open);
	messageCases(open);
	erasingCases(open);
	attendanceCases(open);
}

function contactCases(open: OpenStore): void {
	test('contact.insert: an alias is of one contact in an account', async () => {
		await using rig = await open();
		const { store } = rig;
		const aliases = [
			{ kind: 'phone', value: '1' },
			{ kind: 'lid', value: '2' },
		] as const;
		const first = contact('a', { photoUrl: 'https://p', lid: '2@lid' });
		await commit(store, { kind: 'contact.insert', contact: first, aliases });
		await refused(store, 'exists', { kind: 'contact.insert', contact: contact('a'), aliases: [] });
		await refused(store, 'exists', { kind: 'contact.insert', contact: contact('b'), aliases: [{ kind: 'phone', value: '3' }, aliases[1]] });
		assert.equal(await store.chats.findContact('acc_a', [{ kind: 'phone', value: '3' }]), undefined, 'nothing of a refused one');
		await commit(
			store,
			{ kind: 'contact.insert', contact: contact('b'), aliases: [{ kind: 'user-id', value: '1' }] },
			{ kind: 'contact.insert', contact: contact('c', { accountId: 'acc_b' }), aliases },
		);
		assert.deepEqual(await store.chats.findContact('acc_a', aliases), first);
		assert.equal((await store.chats.findContact('acc_b', aliases))?.id, 'ctc_c');
	});

	test('contact.update: what is given changes, an alias of another contact stays where it is', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(
			store,
			{ kind: 'contact.insert', contact: contact('a', { photoUrl: 'old' }), aliases: [{ kind: 'phone', value: '1' }] },
			{ kind: 'contact.insert', contact: contact('b'), aliases: [{ kind: 'phone', value: '2' }] },
		);
		const aliases = [
			{ kind: 'phone', value: '1' },
			{ kind: 'lid', value: '3' },
		] as const;
		await commit(store, { kind: 'contact.update', id: 'ctc_b', accountId: 'acc_a', name: 'Bia', lid: '3@lid', aliases });
		assert.deepEqual(await store.chats.findContact('acc_a', [aliases[0]]), contact('a', { photoUrl: 'old' }));
		assert.deepEqual(await store.chats.findContact('acc_a', [aliases[1]]), contact('b', { name: 'Bia', lid: '3@lid' }));
		await commit(store, { kind: 'contact.update', id: 'ctc_a', accountId: 'acc_a', photoUrl: 'new' });
		assert.deepEqual(await store.chats.findContact('acc_a', [aliases[0]]), contact('a', { photoUrl: 'new' }));
		await refused(store, 'missing', { kind: 'contact.update', id: 'ctc_c', accountId: 'acc_a', name: 'Caio' });
	});
}

function chatCases(open: OpenStore): void {
	test('chat.insert: one chat of an instance with a contact', async () => {
		await using rig = await open();
		const { store } = rig;
		const full = { waitingSince: 5, departmentId: 'dep_a', thread: { contextId: 'c', interactionId: 'i' }, lastInboundAt: 6 };
		await commit(store, ...chatWithContact('a', full));
		assert.deepEqual(await store.chats.chat('cht_a'), { chat: chat('a', full), contact: contact('a') });
		await refused(store, 'exists', { kind: 'chat.insert', chat: chat('a', { contactId: 'ctc_b' }) });
		await refused(store, 'exists', { kind: 'chat.insert', chat: chat('b', { contactId: 'ctc_a' }) });
		await commit(store, { kind: 'chat.insert', chat: chat('b', { contactId: 'ctc_a', instanceId: 'ins_b' }) });
	});

	test('chat.touch: the later time wins, in whatever order they come', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'));
		await commit(store, { kind: 'chat.touch', id: 'cht_a', lastMessageAt: 3_000, lastInboundAt: 2_000 });
		await commit(store, { kind: 'chat.touch', id: 'cht_a', lastMessageAt: 2_500, lastInboundAt: 1_500 });
		assert.deepEqual(await chatOf(store), chat('a', { lastMessageAt: 3_000, lastInboundAt: 2_000 }));
		await commit(store, { kind: 'chat.touch', id: 'cht_a' });
		assert.deepEqual(await chatOf(store), chat('a', { lastMessageAt: 3_000, lastInboundAt: 2_000 }), 'nothing given, nothing changed');
		await refused(store, 'missing', { kind: 'chat.touch', id: 'cht_b', lastMessageAt: 1 });
	});

	test('chat.touch: names, thread, department where given', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'));
		const touch = { name: 'Ana', phone: '554499990000', thread: { interactionId: 'i' }, departmentId: 'dep_a' };
		await commit(store, { kind: 'chat.touch', id: 'cht_a', ...touch });
		assert.deepEqual(await chatOf(store), chat('a', touch));
	});

	test('chat.touch: the first waiting time is kept, and none is set while attended', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'));
		await commit(store, { kind: 'chat.touch', id: 'cht_a', waitingSince: 2_000 });
		await commit(store, { kind: 'chat.touch', id: 'cht_a', waitingSince: 3_000 });
		assert.equal((await chatOf(store))?.waitingSince, 2_000);
		await commit(store, { kind: 'attendance.insert', attendance: attendance('a') });
		assert.equal((await chatOf(store))?.waitingSince, undefined);
		await commit(store, { kind: 'chat.touch', id: 'cht_a', waitingSince: 4_000 });
		assert.equal((await chatOf(store))?.waitingSince, undefined);
		await commit(store, { kind: 'attendance.update', attendance: attendance('a', { status: 'finished', version: 2 }) });
		await commit(store, { kind: 'chat.touch', id: 'cht_a', waitingSince: 5_000 });
		assert.equal((await chatOf(store))?.waitingSince, 5_000);
	});
}

function storedCases(open: OpenStore): void {
	test('chat.touch: where somebody begins to wait it is remembered behind which message', async () => {
		await using rig = await open();
		const { store } = rig;
		const said = (id: string, waitingSince?: number): Change => ({
			kind: 'chat.touch',
			id: 'cht_a',
			lastMessageId: id,
			...(waitingSince === undefined ? {} : { waitingSince }),
		});
		const marks = async () => [(await chatOf(store))?.waitingAfter, (await chatOf(store))?.lastMessageId];
		await commit(store, ...chatWithContact('a'));
		await commit(store, said('msg_1'));
		assert.deepEqual(await marks(), [undefined, 'msg_1']);
		await commit(store, said('msg_2', 2_000), said('msg_3', 3_000));
		assert.deepEqual(await marks(), ['msg_1', 'msg_3']);
		await commit(store, { kind: 'attendance.insert', attendance: attendance('a') });
		assert.deepEqual(await marks(), [undefined, 'msg_3']);
		await commit(store, said('msg_4', 4_000), {
			kind: 'attendance.update',
			attendance: attendance('a', { status: 'finished', version: 2 }),
		});
		await Promise.all([commit(store, said('msg_5')), commit(store, said('msg_6', 6_000))]);
		assert.deepEqual(await marks(), ['msg_5', 'msg_6'], 'also where both are written together');
	});

	test('an attendance is refused where a message was stored since the chat was seen', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'), { kind: 'chat.touch', id: 'cht_a', lastMessageId: 'msg_1' });
		const start = (lastMessageId: string | undefined): Change => ({
			kind: 'attendance.insert',
			attendance: attendance('a'),
			seen: { lastMessageId },
		});
		await refused(store, 'attendance', start(undefined));
		await refused(store, 'attendance', start('msg_0'));
		await commit(store, start('msg_1'));
		const finish = (lastMessageId: string): Change => ({
			kind: 'attendance.update',
			attendance: attendance('a', { status: 'finished', version: 2 }),
			seen: { lastMessageId },
		});
		await commit(store, { kind: 'chat.touch', id: 'cht_a', lastMessageId: 'msg_2' });
		await refused(store, 'attendance', finish('msg_1'));
		assert.equal((await chatOf(store))?.attendanceId, 'atd_a', 'nothing of a refused one');
		await commit(store, finish('msg_2'));
		assert.equal((await store.attendances.byNumber('acc_a', attendance('a').number))?.status, 'finished');
		assert.equal(await store.attendances.byNumber('acc_b', attendance('a').number), undefined);
	});
}

const SAID: MessageContent = { kind: 'text', text: 'Olá "você" \\ 😀', context: { mentioned: ['1', '2'] } };
const AMENDED: MessageContent = { kind: 'text', text: 'até já', context: { editedAt: 7 } };

function messageCases(open: OpenStore): void {
	test('message.insert: its WhatsApp id is unique in an instance', async () => {
		await using rig = await open();
		const { store } = rig;
		const full = message('a', {
			replyTo: 'WAx',
			customId: 'mine',
			thread: { contextId: 'c', interactionId: 'i' },
			dueAt: 2_000,
			isScheduled: true,
		});
		await commit(store, { kind: 'message.insert', message: full });
		assert.deepEqual(await store.messages.message('msg_a'), full);
		await refused(store, 'exists', { kind: 'message.insert', message: message('a', { whatsappId: 'other' }) });
		await refused(store, 'exists', { kind: 'message.insert', message: message('b', { whatsappId: 'WAa' }) });
		const elsewhere = message('b', { whatsappId: 'WAa', instanceId: 'ins_b', isScheduled: false, thread: { interactionId: 'i' } });
		await commit(store, { kind: 'message.insert', message: elsewhere });
		assert.deepEqual(await store.messages.byWhatsappId('ins_b', 'WAa'), elsewhere);
	});

	test('message.advance: from the status that the decision started from', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'message.insert', message: message('a') });
		const sent = message('a', { status: 'sent', timeline: { queued: 1_000, sent: 2_000 }, updatedAt: 2_000 });
		await commit(store, { kind: 'message.advance', from: 'queued', message: sent });
		assert.deepEqual(await store.messages.message('msg_a'), sent);
		await refused(store, 'message', { kind: 'message.advance', from: 'queued', message: sent });
		const failed = message('a', {
			status: 'failed',
			timeline: { queued: 1_000, sent: 2_000, failed: 3_000 },
			failure: { code: 'not_on_whatsapp', reason: 'No such number' },
			updatedAt: 3_000,
		});
		await commit(store, { kind: 'message.advance', from: 'sent', message: failed });
		assert.deepEqual(await store.messages.message('msg_a'), failed);
		await refused(store, 'message', { kind: 'message.advance', from: 'queued', message: message('none') });
	});

	test('message.amend: from the content that the decision started from; status and content do not undo each other', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'), { kind: 'message.insert', message: message('a', { content: SAID }) });
		const read = await store.messages.message('msg_a');
		assert.ok(read);
		const sent = { ...read, status: 'sent' as const, timeline: { ...read.timeline, sent: 5 }, updatedAt: 5 };
		const amend: Change = { kind: 'message.amend', id: 'msg_a', from: read.content, content: AMENDED };
		await Promise.all([commit(store, amend), commit(store, { kind: 'message.advance', from: 'queued', message: sent })]);
		assert.deepEqual(await store.messages.message('msg_a'), { ...sent, content: AMENDED });
		await refused(store, 'message', amend);
		await refused(store, 'message', { ...amend, id: 'msg_none' });
		const now: Change = { ...amend, from: AMENDED, content: { kind: 'deleted' } };
		const results = await Promise.all([now, now].map((change) => store.commit({ changes: [change], events: [], deliveries: [] })));
		assert.deepEqual(results.map((result) => result.kind).sort(), ['committed', 'conflict']);
		assert.deepEqual((await store.messages.message('msg_a'))?.content, { kind: 'deleted' });
	});

	test('message.advance: of two concurrent ones from one status the first wins', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, { kind: 'message.insert', message: message('a') });
		const results = await Promise.all(
			(['sent', 'failed'] as const).map((status) =>
				store.commit({
					changes: [{ kind: 'message.advance', from: 'queued', message: message('a', { status }) }],
					events: [],
					deliveries: [],
				}),
			),
		);
		assert.deepEqual(
			results.map(({ kind }) => kind),
			['committed', 'conflict'],
		);
		assert.equal((await store.messages.message('msg_a'))?.status, 'sent');
	});

	test('message.delete: only out of the queue', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(
			store,
			{ kind: 'message.insert', message: message('a') },
			{ kind: 'message.insert', message: message('b', { status: 'sent' }) },
		);
		await commit(store, { kind: 'message.delete', id: 'msg_a' });
		assert.equal(await store.messages.message('msg_a'), undefined);
		await refused(store, 'message', { kind: 'message.delete', id: 'msg_a' });
		await refused(store, 'message', { kind: 'message.delete', id: 'msg_b' });
		assert.equal((await store.messages.message('msg_b'))?.status, 'sent');
	});
}

function erasingCases(open: OpenStore): void {
	test('message.erase: whatever has left the queue; what is not there is no conflict', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(
			store,
			{ kind: 'message.insert', message: message('a') },
			{ kind: 'message.insert', message: message('b', { status: 'read' }) },
			{ kind: 'message.insert', message: message('c', { status: 'sent' }) },
		);
		await commit(store, ...['msg_a', 'msg_b', 'msg_none'].map((id): Change => ({ kind: 'message.erase', id })));
		const left = await Promise.all(['msg_a', 'msg_b', 'msg_c'].map((id) => store.messages.message(id)));
		assert.deepEqual(
			left.map((one) => one?.status),
			['queued', undefined, 'sent'],
		);
	});
}

function attendanceCases(open: OpenStore): void {
	test('attendance.insert: one open on a chat, one of a number in an account', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a', { waitingSince: 900 }), ...chatWithContact('b'));
		await commit(store, { kind: 'attendance.insert', attendance: attendance('a') });
		assert.deepEqual(await store.attendances.attendance('atd_a'), attendance('a'));
		assert.deepEqual(await chatOf(store), chat('a', { attendanceId: 'atd_a' }));
		await refused(store, 'attendance', { kind: 'attendance.insert', attendance: attendance('b', { number: 2 }) });
		await refused(store, 'attendance', { kind: 'attendance.insert', attendance: attendance('b', { chatId: 'cht_b' }) });
		await commit(store, { kind: 'attendance.insert', attendance: attendance('b', { chatId: 'cht_b', number: 2 }) });
		await refused(store, 'missing', { kind: 'attendance.insert', attendance: attendance('c', { chatId: 'cht_c', number: 3 }) });
		assert.equal(await store.attendances.lastNumber('acc_a'), 2);
	});

	test('attendance.update: from the version before', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...chatWithContact('a'), { kind: 'attendance.insert', attendance: attendance('a') });
		const moved = attendance('a', { version: 2, department: { id: 'dep_b', name: 'Suporte' } });
		await commit(store, { kind: 'attendance.update', attendance: moved, chatDepartmentId: 'dep_b' });
		assert.deepEqual(await store.attendances.attendance('atd_a'), moved);
		assert.deepEqual(await chatOf(store), chat('a', { attendanceId: 'atd_a', departmentId: 'dep_b' }));
		await refused(store, 'attendance', { kind: 'attendance.update', attendance: moved });
		await refused(store, 'attendance', { kind: 'attendance.update', attendance: attendance('none', { version: 2 }) });
		const finished = attendance('a', {
			version: 3,
			status: 'finished',
			finishedAt: 3_000,
			finishedBy: { id: 'opr_a', name: 'João' },
			categorisation: { form: 'single', category: { id: 'cat_a', name: 'Venda', color: '#fff' } },
		});
		await commit(store, { kind: 'attendance.update', attendance: finished });
		assert.deepEqual(await store.attendances.attendance('atd_a'), finished);
		assert.deepEqual(await chatOf(store), chat('a', { departmentId: 'dep_b' }));
		await commit(store, { kind: 'attendance.insert', attendance: attendance('b', { number: 2 }) });
	});
}

async function chatOf(store: Store): Promise<Chat | undefined> {
	return (await store.chats.chat('cht_a'))?.chat;
}

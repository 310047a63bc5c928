/** What is kept about a contact is found by it, and erased a batch at a time, exactly: what is somebody else's stays, and so does what the number counts for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attendance } from '../../src/domain/attendance.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { Job } from '../../src/ports/jobs.ts';
import type { StoredMedium } from '../../src/ports/media.ts';
import type { ErasureRules, ErasureStep } from '../../src/ports/personal-data.ts';
import type { Store } from '../../src/ports/store.ts';
import { claim, deliver, look, openWithWebhooks } from './store-dispatch.ts';
import {
	attendance,
	chat,
	commit,
	committed,
	contact,
	delivery,
	document,
	event,
	idempotency,
	instance,
	job,
	journalEntry,
	message,
	type OpenStore,
	unit,
} from './store-fixtures.ts';

const PHONE = '5544999990000';
const OTHER = '5544999991111';
/** Everything is due by then. */
const LATE = 9e12;

const RULES: ErasureRules = {
	attendance: ({ report: _report, ...rest }: Attendance) => ({ ...rest, customer: { name: '', phone: '' } }),
	rewrites: { answers: (value) => ({ rating: (value as { rating: number }).rating }) },
	unseal: (sealed) => {
		if (sealed.startsWith('unreadable')) throw new Error('no key fits');
		return sealed;
	},
};

export function personalDataCases(open: OpenStore): void {
	usesCases(open);
	erasureCases(open);
	uploadCases(open);
}

function usesCases(open: OpenStore): void {
	test('a contact with its aliases and chats, and what it is in the middle of', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await commit(store, ...twoContacts());
		assert.equal(await store.personal.about('ctc_none'), undefined);
		const about = await store.personal.about('ctc_a');
		assert.deepEqual(about?.aliases, [{ kind: 'phone', value: PHONE }]);
		assert.deepEqual(
			about?.chats.map(({ id }) => id),
			['cht_a'],
		);
		assert.equal(await store.personal.useOf('ctc_a'), undefined);
		await store.commit(unit({ events: [event('a')], deliveries: [delivery('a')] }));
		assert.equal(await store.personal.useOf('ctc_a'), 'delivery');
		await commit(store, { kind: 'message.insert', message: message('a') });
		assert.equal(await store.personal.useOf('ctc_a'), 'message');
		await commit(store, { kind: 'attendance.insert', attendance: attendance('a') });
		assert.equal(await store.personal.useOf('ctc_a'), 'attendance');
		assert.equal(await store.personal.useOf('ctc_b'), undefined);
	});
}

function erasureCases(open: OpenStore): void {
	for (const limit of [1, 3, 100]) {
		test(`everything about it goes and nothing else, ${limit} at a time`, async () => {
			await using rig = await openWithWebhooks(open);
			const { store } = rig;
			await lives(store);
			const last = await erase(store, limit);
			assert.deepEqual([last.job.state, last.isWaiting, last.job.done], ['done', false, last.job.total]);
			// The attendance, two messages, two events and a note of its own; a message and an event in a group; a journal entry, an answer.
			assert.equal(last.job.done, 10);

			for (const id of ['msg_a1', 'msg_a2', 'msg_group']) assert.equal(await store.messages.message(id), undefined, id);
			for (const id of ['msg_b', 'msg_group2']) assert.notEqual(await store.messages.message(id), undefined, id);
			for (const id of ['evt_a1', 'evt_a2', 'evt_group']) assert.equal(await store.events.event(id), undefined, id);
			assert.notEqual(await store.events.event('evt_b'), undefined);
			for (const id of ['dlv_a1', 'dlv_a2']) assert.equal(await store.deliveries.delivery(id), undefined, id);
			assert.deepEqual(await store.deliveries.attempts('dlv_a1'), []);
			assert.match((await store.deliveries.delivery('dlv_b'))?.body ?? '', /told/);
			assert.deepEqual([await store.journal.has('ins_a', 'obs-a'), await store.journal.has('ins_a', 'obs-b')], [false, true]);
			const answered = async (key: string): Promise<boolean> => (await store.idempotency.find('z-api:ins_a:send', key)) !== undefined;
			assert.deepEqual([await answered('about-a'), await answered('about-b'), await answered('sealed')], [false, true, true]);
			assert.equal(await store.documents.document('notes', 'a'), undefined);
			assert.notEqual(await store.documents.document('notes', 'b'), undefined);
			assert.deepEqual((await store.documents.document('answers', 'atd_a'))?.value, { rating: 4 });

			const kept = await store.attendances.byNumber('acc_a', 1);
			assert.deepEqual([kept?.customer, kept?.report, kept?.operators.length], [{ name: '', phone: '' }, undefined, 1]);
			const about = await store.personal.about('ctc_a');
			assert.deepEqual([about?.contact.name, about?.aliases, about?.chats[0]?.phone], ['', [], '']);
			assert.equal(await store.chats.findContact('acc_a', [{ kind: 'phone', value: PHONE }]), undefined);
			assert.deepEqual((await store.chats.chatsOf('ins_a', { limit: 10 })).items.map((view) => view.chat.id).sort(), ['cht_b', 'cht_g']);
			assert.equal((await store.chats.chat('cht_a'))?.chat.accountId, 'acc_a');
		});
	}

	test('what is being sent is waited for; what is pending behind it is cancelled', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await commit(store, ...twoContacts());
		await begin(store);
		for (let step = await next(store); step.job.state === 'counting'; step = await next(store));
		// Committed by somebody who had read the chat before it was hidden.
		await store.commit(
			unit({ events: [event('1'), event('2')], deliveries: [delivery('1'), delivery('2'), delivery('b', { lane: 'whk_a/b' })] }),
		);
		await claim(store, LATE, 1);
		assert.equal((await look(store, '1')).state, 'sending');
		const waiting = await toWaiting(store);
		assert.equal(waiting.job.state, 'running');
		assert.equal(await store.events.event('evt_2'), undefined);
		assert.notEqual(await store.events.event('evt_1'), undefined);
		await deliver(store, '1');
		const last = await toEnd(store);
		assert.equal(last.job.state, 'done');
		assert.equal(await store.events.event('evt_1'), undefined);
		assert.equal((await look(store, 'b')).state, 'pending');
	});

	test('what began meanwhile wins; a job that ended does nothing more', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		await commit(store, ...twoContacts(), { kind: 'message.insert', message: message('a1', { status: 'sent' }) });
		await begin(store);
		await commit(store, { kind: 'attendance.insert', attendance: attendance('a') });
		assert.equal((await toEnd(store)).job.state, 'cancelled');
		assert.equal((await store.personal.about('ctc_a'))?.contact.name, 'a');
		assert.notEqual(await store.messages.message('msg_a1'), undefined);
		assert.equal((await next(store)).job.state, 'cancelled');
		assert.equal(await store.personal.erase('job_none', 10, 1, RULES), undefined);
		await commit(store, { kind: 'job.insert', job: job('replay') });
		assert.equal(await store.personal.erase('job_replay', 10, 1, RULES), undefined);
		assert.equal(await store.jobs.step('job_e', 10, 1), undefined);
	});
}

function uploadCases(open: OpenStore): void {
	test('uploads go with the message that has the same content, unless somebody else has it; or all, by account', async () => {
		await using rig = await openWithWebhooks(open);
		const { store } = rig;
		const upload = (name: string, content: string, more: Partial<StoredMedium> = {}): Change => {
			const blob = { sha256: content.repeat(64), size: 1 };
			const medium = { id: `med_${name}`, accountId: 'acc_a', mimeType: 'image/png', blob, createdAt: 1_000, expiresAt: 9e12, ...more };
			return { kind: 'media.insert', medium };
		};
		await commit(
			store,
			...twoContacts(),
			{ kind: 'message.insert', message: message('a1', { status: 'sent' }) },
			{ kind: 'message.insert', message: message('b', { status: 'sent', chatId: 'cht_b' }) },
			...[upload('own', '1', { messageId: 'msg_a1' }), upload('ownToo', '1'), upload('flyer', '2', { messageId: 'msg_a1' })],
			...[
				upload('flyerOfB', '2', { messageId: 'msg_b' }),
				upload('flyerUp', '2'),
				upload('free', '3'),
				upload('other', '1', { accountId: 'acc_b' }),
			],
		);
		await begin(store);
		await toEnd(store);
		const left = async (): Promise<readonly string[]> => {
			const names = ['own', 'ownToo', 'flyer', 'flyerOfB', 'flyerUp', 'free', 'other'];
			const found = await Promise.all(names.map((name) => store.media.medium(`med_${name}`)));
			return names.filter((_name, index) => found[index] !== undefined);
		};
		assert.deepEqual(await left(), ['flyerOfB', 'flyerUp', 'free', 'other']);
		assert.equal(await store.personal.deleteUploads('acc_a', 1_000, 10), 0);
		assert.equal(await store.personal.deleteUploads('acc_a', 1_001, 1), 1);
		assert.equal(await store.personal.deleteUploads('acc_a', 1_001, 10), 1);
		assert.deepEqual(await left(), ['flyerOfB', 'other']);
	});

	test('documents that hang on something, of all collections', async () => {
		await using rig = await open();
		const wishes = [document('a', { parentId: 'p' }), document('b', { collection: 'z', parentId: 'p' }), document('c', { parentId: 'q' })];
		await commit(rig.store, ...wishes.map((wish) => ({ kind: 'document.put', document: wish }) as const));
		assert.deepEqual(
			(await rig.store.personal.documentsOf('p', 10)).map(({ id }) => id),
			[wishes[0]?.id, wishes[1]?.id],
		);
		assert.equal((await rig.store.personal.documentsOf('p', 1)).length, 1);
	});
}

function twoContacts(): Change[] {
	return [
		{ kind: 'instance.insert', instance: instance('a') },
		{ kind: 'contact.insert', contact: contact('a', { lid: '81896604192873@lid' }), aliases: [{ kind: 'phone', value: PHONE }] },
		{ kind: 'chat.insert', chat: chat('a') },
		{ kind: 'contact.insert', contact: contact('b'), aliases: [{ kind: 'phone', value: OTHER }] },
		{ kind: 'chat.insert', chat: chat('b', { phone: OTHER }) },
		{ kind: 'contact.insert', contact: contact('g'), aliases: [{ kind: 'address', value: '120363-group' }] },
		{ kind: 'chat.insert', chat: chat('g', { phone: '120363-group' }) },
	];
}

/** A and B wrote and were written to, by themselves and in a group; A was attended, noted about and rated. All of it is settled. */
async function lives(store: Store): Promise<void> {
	const inGroup = (phone: string) => ({
		chatId: 'cht_g',
		status: 'received' as const,
		fromMe: false,
		content: { kind: 'text' as const, text: 'oi', context: { participant: { phone, name: 'x' } } },
	});
	const [group, group2] = [message('group', inGroup(PHONE)), message('group2', inGroup(OTHER))];
	const note = (id: string, parentId: string) =>
		({ kind: 'document.put', document: document(id, { collection: 'notes', id, parentId }) }) as const;
	const rated = { ...document('x'), collection: 'answers', id: 'atd_a', value: { rating: 4, observation: 'péssimo' } };
	const observed = (name: string, phone: string) => journalEntry(name, { observation: JSON.stringify({ from: phone }) });
	await commit(
		store,
		...twoContacts(),
		...[
			message('a1', { status: 'sent' }),
			message('a2', { status: 'read' }),
			message('b', { status: 'sent', chatId: 'cht_b' }),
			group,
			group2,
		].map((one) => ({ kind: 'message.insert', message: one }) as const),
		{ kind: 'attendance.insert', attendance: attendance('a', { report: 'reclamou' }) },
		...[note('a', 'cht_a'), note('b', 'cht_b'), { kind: 'document.put', document: rated } as const],
		{ kind: 'journal.insert', entry: observed('a', PHONE) },
		{ kind: 'journal.insert', entry: observed('b', `${PHONE}7`) },
	);
	await commit(store, { kind: 'attendance.update', attendance: attendance('a', { report: 'reclamou', status: 'finished', version: 2 }) });
	const answers = { 'about-a': `{"to":"${PHONE}"}`, 'about-b': `{"to":"${OTHER}"}`, sealed: `unreadable ${PHONE}` };
	for (const [key, sealedBody] of Object.entries(answers)) await store.commit(unit({ idempotency: idempotency(key, { sealedBody }) }));
	const { with: correspondent } = event('x').data;
	committed(
		await store.commit(
			unit({
				events: [
					event('a1'),
					event('a2'),
					event('group', { chatId: 'cht_g', data: { message: group, with: correspondent } }),
					event('b', { chatId: 'cht_b' }),
				],
				deliveries: [delivery('a1'), delivery('a2'), delivery('b', { chatId: 'cht_b', lane: 'whk_a/b' })],
			}),
		),
	);
	await claim(store, LATE);
	await deliver(store, 'a1', { takeNext: true });
	for (const name of ['a2', 'b']) await deliver(store, name);
}

async function begin(store: Store): Promise<void> {
	const filter: Job['filter'] = { accountId: 'acc_a', contactId: 'ctc_a', states: [], seqMax: 0 };
	await commit(store, { kind: 'job.insert', job: job('e', { kind: 'erase', filter }) });
}

async function erase(store: Store, limit: number): Promise<ErasureStep> {
	await begin(store);
	return await toEnd(store, limit);
}

async function next(store: Store, limit = 10): Promise<ErasureStep> {
	const step = await store.personal.erase('job_e', limit, 5_000, RULES);
	assert.ok(step);
	return step;
}

async function toWaiting(store: Store): Promise<ErasureStep> {
	return await untilStep(store, 10, (step) => step.isWaiting);
}

async function toEnd(store: Store, limit = 10): Promise<ErasureStep> {
	return await untilStep(store, limit, ({ job: { state } }) => state === 'done' || state === 'cancelled');
}

const STEPS_MAX = 200;

async function untilStep(store: Store, limit: number, isIt: (step: ErasureStep) => boolean): Promise<ErasureStep> {
	for (let steps = 0; steps < STEPS_MAX; steps += 1) {
		const step = await next(store, limit);
		if (isIt(step)) return step;
	}
	throw new Error('the erasure goes on and on');
}

/** A store with something in each of its tables, and deliveries in every state they can be in. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { claim, deliver, giveUp, openWithWebhooks, retry } from '../suites/store-dispatch.ts';
import {
	account,
	application,
	attendance,
	category,
	chatWithContact,
	commit,
	committed,
	delivery,
	department,
	document,
	event,
	idempotency,
	instance,
	job,
	journalEntry,
	looseDelivery,
	message,
	operator,
	unit,
	webhook,
} from '../suites/store-fixtures.ts';
import { openSqlite, type SqliteRig } from '../suites/store-on-sqlite.ts';

/** The store is closed; its file is at `file`. */
export async function fullSqlite(): Promise<Pick<SqliteRig, 'file'> & AsyncDisposable> {
	const rig = (await openWithWebhooks(() => openSqlite())) as SqliteRig;
	const { store, clock } = rig;
	// Of three chunks.
	const blob = await store.blobs.put(Readable.from([randomBytes(600_001)]));
	await commit(
		store,
		{ kind: 'account.insert', account: account('a', { name: 'Ação \0 🎉', clientTokenEnforced: true }) },
		{ kind: 'instance.insert', instance: instance('a') },
		{ kind: 'application.insert', application: application('a') },
		{ kind: 'department.put', department: department('a') },
		{ kind: 'operator.put', operator: operator('a', { active: false }) },
		{ kind: 'category.put', category: category('a') },
		{ kind: 'webhook.put', webhook: webhook('b', { patienceMs: 9, scheduleMs: [0, 5], failing: { since: 5, errorClass: 'timeout' } }) },
		...chatWithContact('a', { waitingSince: 900 }),
		{ kind: 'message.insert', message: message('a') },
		{
			kind: 'message.insert',
			message: message('b', { isScheduled: true, dueAt: 5_000, content: { kind: 'text', text: 'nul \0, half \ud83d' } }),
		},
		{ kind: 'attendance.insert', attendance: attendance('a') },
		{ kind: 'journal.insert', entry: journalEntry('a', { state: 'waiting', waitsFor: 'WAx' }) },
		{
			kind: 'media.insert',
			medium: { id: 'med_a', accountId: 'acc_a', mimeType: 'image/png', blob, createdAt: 1_000, expiresAt: 9_000 },
		},
		{ kind: 'document.put', document: document('a', { parentId: 'cht_a', value: { text: 'Ação \0 🎉' } }) },
		{ kind: 'job.insert', job: job('a') },
	);
	await store.channelState.write('ins_a', [{ key: 'é', value: { deep: [1] } }]);
	await store.sealedSecrets.putIfAbsent('jwt', 'sealed');
	await store.probe();
	const lanes = ['a', 'b', 'c', 'd', 'e'].map((lane) => delivery(`first-${lane}`, { lane: `whk_a/${lane}` }));
	const waiting = ['a', 'b'].map((lane) => delivery(`second-${lane}`, { lane: `whk_a/${lane}`, traceparent: '00-1-2-01' }));
	const deliveries = [...lanes, ...waiting, looseDelivery('loose'), looseDelivery('taken', { start: 'take' })];
	const written = unit({ deliveries, events: [event('a'), event('b', { chatId: 'cht_b' })], idempotency: idempotency('é') });
	committed(await store.commit(written));
	await claim(store, clock.now());
	const later = clock.now() + 60_000;
	await retry(store, 'first-a', { dueAt: later, laneFreeAt: later });
	await retry(store, 'first-b', { dueAt: later, laneFreeAt: later });
	await store.deliveries.overtake('dlv_first-b');
	await claim(store, clock.now());
	await deliver(store, 'first-c');
	await giveUp(store, 'first-d');
	await deliver(store, 'first-e');
	await store.deliveries.replay('dlv_first-e', 3_000);
	await store.deliveries.discard('dlv_first-e', 4_000);
	await store.jobs.step('job_a', 10, 5_000);
	await store[Symbol.asyncDispose]();
	return { file: rig.file, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() };
}

/** What the store's suite writes: whole records with sensible values, of which a test gives what it is about. Ids are told by a short name. */
import assert from 'node:assert/strict';
import type { Account, Application, Category, Department, Instance, Operator } from '../../src/domain/account.ts';
import type { Attempt } from '../../src/domain/attempt.ts';
import type { Attendance } from '../../src/domain/attendance.ts';
import type { ClaimedDelivery, NewDelivery } from '../../src/domain/delivery.ts';
import type { EventOf } from '../../src/domain/event.ts';
import type { Chat, Contact, Message } from '../../src/domain/message.ts';
import type { Webhook } from '../../src/domain/webhook.ts';
import type { Change } from '../../src/ports/changes.ts';
import type { DocumentWish } from '../../src/ports/documents.ts';
import type { IdempotencyRecord } from '../../src/ports/idempotency.ts';
import type { Job } from '../../src/ports/jobs.ts';
import type { JournalEntry } from '../../src/ports/journal.ts';
import type { Store } from '../../src/ports/store.ts';
import type { CommitResult, WriteUnit } from '../../src/ports/write-unit.ts';
import type { FakeClock } from '../support/fake-clock.ts';

/** A store under test. The clock is the one that the store was given. Disposing closes whatever is open and removes the data. */
export interface StoreRig extends AsyncDisposable {
	readonly store: Store;
	readonly clock: FakeClock;
	/** Ends the process that has the store without a goodbye, and opens what it left behind. The old store is not used again. */
	reopen(): Promise<Store>;
}

/** Opens an empty store, with its data for itself. */
export type OpenStore = () => Promise<StoreRig>;

export function unit(parts: Partial<WriteUnit>): WriteUnit {
	return { changes: [], events: [], deliveries: [], ...parts };
}

/** Commits changes that must not meet a conflict. Answers what was taken. */
export async function commit(store: Store, ...changes: Change[]): Promise<readonly ClaimedDelivery[]> {
	return committed(await store.commit(unit({ changes })));
}

export function committed(result: CommitResult): readonly ClaimedDelivery[] {
	assert.equal(result.kind, 'committed', JSON.stringify(result));
	return result.kind === 'committed' ? result.taken : [];
}

/** Commits changes of which one must be refused. */
export async function refused(store: Store, what: string, ...changes: Change[]): Promise<void> {
	assert.deepEqual(await store.commit(unit({ changes })), { kind: 'conflict', what });
}

export function account(name: string, given: Partial<Account> = {}): Account {
	return {
		id: `acc_${name}`,
		name,
		tokenHash: `token-${name}`,
		clientTokenHash: `client-token-${name}`,
		clientTokenEnforced: false,
		createdAt: 1_000,
		...given,
	};
}

export function instance(name: string, given: Partial<Instance> = {}): Instance {
	return {
		id: `ins_${name}`,
		accountId: 'acc_a',
		name,
		channel: 'simulator',
		phone: '5544988887777',
		tokenHash: `instance-token-${name}`,
		state: 'connected',
		pacing: { minMs: 100, maxMs: 300 },
		createdAt: 1_000,
		...given,
	};
}

export function document(name: string, given: Partial<DocumentWish> = {}): DocumentWish {
	return { collection: 'notes', id: `doc_${name}`, accountId: 'acc_a', at: 1_000, value: { text: name }, ...given };
}

export function application(name: string, given: Partial<Application> = {}): Application {
	return {
		id: `app_${name}`,
		accountId: 'acc_a',
		instanceId: 'ins_a',
		name,
		tokenId: `jti-${name}`,
		webhookId: 'whk_a',
		createdAt: 1_000,
		...given,
	};
}

export function department(name: string, given: Partial<Department> = {}): Department {
	return { id: `dep_${name}`, accountId: 'acc_a', name, active: true, isDefault: false, createdAt: 1_000, ...given };
}

export function operator(name: string, given: Partial<Operator> = {}): Operator {
	return { id: `opr_${name}`, accountId: 'acc_a', name, active: true, createdAt: 1_000, ...given };
}

export function category(name: string, given: Partial<Category> = {}): Category {
	const items = [{ id: `itm_${name}`, name: 'Item' }];
	return { id: `cat_${name}`, accountId: 'acc_a', name, color: '#ff0000', items, isDefault: false, createdAt: 1_000, ...given };
}

export function webhook(name: string, given: Partial<Webhook> = {}): Webhook {
	return {
		id: `whk_${name}`,
		accountId: 'acc_a',
		dialect: 'recado',
		origin: 'management',
		url: `https://${name}.example/hook`,
		subscriptions: { 'message.received': {}, sendingMessage: { form: 'flat', sentByMe: true } },
		order: 'chat',
		enabled: true,
		secrets: [{ sealed: `sealed-${name}` }],
		keyPairs: [],
		signatures: ['v1'],
		createdAt: 1_000,
		updatedAt: 1_000,
		...given,
	};
}

export function contact(name: string, given: Partial<Contact> = {}): Contact {
	return { id: `ctc_${name}`, accountId: 'acc_a', name, ...given };
}

export function chat(name: string, given: Partial<Chat> = {}): Chat {
	return {
		id: `cht_${name}`,
		accountId: 'acc_a',
		instanceId: 'ins_a',
		contactId: `ctc_${name}`,
		phone: '5544999990000',
		name,
		lastMessageAt: 1_000,
		createdAt: 1_000,
		...given,
	};
}

/** A contact with the phone alias of its name, and its chat. */
export function chatWithContact(name: string, given: Partial<Chat> = {}): Change[] {
	return [
		{ kind: 'contact.insert', contact: contact(name), aliases: [{ kind: 'phone', value: `phone-${name}` }] },
		{ kind: 'chat.insert', chat: chat(name, given) },
	];
}

export function message(name: string, given: Partial<Message> = {}): Message {
	return {
		id: `msg_${name}`,
		whatsappId: `WA${name}`,
		accountId: 'acc_a',
		instanceId: 'ins_a',
		chatId: 'cht_a',
		fromMe: true,
		origin: 'api',
		content: { kind: 'text', text: `Olá ${name}` },
		status: 'queued',
		timeline: { queued: 1_000 },
		createdAt: 1_000,
		updatedAt: 1_000,
		...given,
	};
}

export function attendance(name: string, given: Partial<Attendance> = {}): Attendance {
	return {
		id: `atd_${name}`,
		accountId: 'acc_a',
		instanceId: 'ins_a',
		chatId: 'cht_a',
		number: 1,
		status: 'progress',
		customer: { name: 'Ana', phone: '5544999990000' },
		department: { id: 'dep_a', name: 'Vendas' },
		operators: [{ id: 'opr_a', name: 'João' }],
		requestedAt: 900,
		startedAt: 1_000,
		version: 1,
		...given,
	};
}

export function event(name: string, given: Partial<EventOf<'message.received'>> = {}): EventOf<'message.received'> {
	return {
		id: `evt_${name}`,
		type: 'message.received',
		accountId: 'acc_a',
		instance: { id: 'ins_a', phone: '5544988887777' },
		chatId: 'cht_a',
		at: 1_000,
		data: { message: message(name), with: { chatId: 'cht_a', phone: '5544999990000', chatName: 'Ana', senderName: 'Ana' } },
		...given,
	};
}

export function journalEntry(name: string, given: Partial<JournalEntry> = {}): JournalEntry {
	const observation = JSON.stringify({ raw: name });
	return { id: `jrn_${name}`, instanceId: 'ins_a', observationId: `obs-${name}`, at: 1_000, observation, state: 'done', ...given };
}

export function idempotency(key: string, given: Partial<IdempotencyRecord> = {}): IdempotencyRecord {
	return { scope: 'z-api:ins_a:send', key, fingerprint: 'f00d', status: 200, sealedBody: `sealed-${key}`, createdAt: 1_000, ...given };
}

/** In the lane `whk_a/a` unless told otherwise. */
export function delivery(name: string, given: Partial<NewDelivery> = {}): NewDelivery {
	return {
		id: `dlv_${name}`,
		eventId: `evt_${name}`,
		eventType: 'message.received',
		accountId: 'acc_a',
		webhookId: 'whk_a',
		instanceId: 'ins_a',
		chatId: 'cht_a',
		lane: 'whk_a/a',
		body: JSON.stringify({ told: name }),
		createdAt: 1_000,
		start: 'ready',
		...given,
	};
}

/** The same without a lane: ordered with nothing. */
export function looseDelivery(name: string, given: Partial<NewDelivery> = {}): NewDelivery {
	const { lane: _lane, ...rest } = delivery(name, given);
	return rest;
}

export function attempt(deliveryId: string, given: Partial<Attempt> = {}): Attempt {
	return {
		id: `att_${deliveryId}`,
		deliveryId,
		number: 1,
		startedAt: 1_000,
		url: 'https://a.example/hook',
		requestHeaders: { 'webhook-id': deliveryId },
		timings: { totalMs: 12 },
		...given,
	};
}

export function job(name: string, given: Partial<Job> = {}): Job {
	return {
		id: `job_${name}`,
		kind: 'replay',
		filter: { states: ['dead'], seqMax: 1_000 },
		state: 'counting',
		total: 0,
		done: 0,
		skipped: 0,
		cursor: 0,
		createdAt: 1_000,
		updatedAt: 1_000,
		...given,
	};
}

/**
 * The first schema. What is filtered or ordered by is a column; what is only handed back is JSON. There are no foreign keys: history outlives
 * what it speaks of (deliveries of a deleted webhook), and the write unit's preconditions say what has to be there.
 */
import type { Migration } from './migration.ts';

const ACCOUNTS: string = `
CREATE TABLE accounts (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	token_hash TEXT NOT NULL UNIQUE,
	client_token_hash TEXT NOT NULL UNIQUE,
	client_token_enforced INTEGER NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE instances (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL,
	channel TEXT NOT NULL,
	phone TEXT NOT NULL,
	token_hash TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL,
	pacing_min_ms INTEGER NOT NULL,
	pacing_max_ms INTEGER NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX instances_account ON instances (account_id);
CREATE TABLE applications (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	instance_id TEXT NOT NULL,
	name TEXT NOT NULL,
	token_id TEXT NOT NULL UNIQUE,
	webhook_id TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX applications_account ON applications (account_id);
CREATE TABLE departments (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL,
	active INTEGER NOT NULL,
	is_default INTEGER NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX departments_account ON departments (account_id);
CREATE TABLE operators (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL,
	active INTEGER NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX operators_account ON operators (account_id);
CREATE TABLE categories (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL,
	color TEXT NOT NULL,
	items TEXT NOT NULL,
	is_default INTEGER NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX categories_account ON categories (account_id);
`;

const WEBHOOKS: string = `
CREATE TABLE webhooks (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	instance_id TEXT,
	application_id TEXT,
	dialect TEXT NOT NULL,
	origin TEXT NOT NULL,
	url TEXT NOT NULL,
	subscriptions TEXT NOT NULL,
	sealed_headers TEXT,
	delivery_order TEXT NOT NULL,
	enabled INTEGER NOT NULL,
	disabled_reason TEXT,
	secrets TEXT NOT NULL,
	schedule_ms TEXT,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
-- Nearly always empty, and asked on each insert and settlement: whose deliveries get no due time.
CREATE TABLE parked_webhooks (webhook_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

const CHATS: string = `
CREATE TABLE contacts (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	name TEXT NOT NULL,
	photo_url TEXT,
	lid TEXT
) STRICT;
CREATE TABLE contact_aliases (
	account_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	contact_id TEXT NOT NULL,
	PRIMARY KEY (account_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE chats (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	instance_id TEXT NOT NULL,
	contact_id TEXT NOT NULL,
	phone TEXT NOT NULL,
	name TEXT NOT NULL,
	waiting_since INTEGER,
	attendance_id TEXT,
	department_id TEXT,
	thread TEXT,
	last_message_at INTEGER NOT NULL,
	last_inbound_at INTEGER,
	created_at INTEGER NOT NULL,
	UNIQUE (instance_id, contact_id)
) STRICT;
CREATE INDEX chats_latest ON chats (instance_id, last_message_at);
`;

const MESSAGES: string = `
CREATE TABLE messages (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	whatsapp_id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	instance_id TEXT NOT NULL,
	chat_id TEXT NOT NULL,
	from_me INTEGER NOT NULL,
	origin TEXT NOT NULL,
	content TEXT NOT NULL,
	status TEXT NOT NULL,
	timeline TEXT NOT NULL,
	failure TEXT,
	reply_to TEXT,
	custom_id TEXT,
	context_id TEXT,
	interaction_id TEXT,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	due_at INTEGER,
	is_scheduled INTEGER,
	UNIQUE (instance_id, whatsapp_id)
) STRICT;
-- A message without a due time is due since it was made.
CREATE INDEX messages_queue ON messages (instance_id, coalesce(due_at, created_at)) WHERE status = 'queued';
CREATE INDEX messages_instance ON messages (instance_id, created_at);
CREATE INDEX messages_chat ON messages (chat_id, created_at);
CREATE INDEX messages_context ON messages (instance_id, context_id, created_at) WHERE context_id IS NOT NULL;
`;

const ATTENDANCES: string = `
CREATE TABLE attendances (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	account_id TEXT NOT NULL,
	chat_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	status TEXT NOT NULL,
	version INTEGER NOT NULL,
	record TEXT NOT NULL,
	UNIQUE (account_id, number)
) STRICT;
CREATE UNIQUE INDEX attendances_open ON attendances (chat_id) WHERE status = 'progress';
CREATE INDEX attendances_chat ON attendances (account_id, chat_id, number);
CREATE INDEX attendances_status ON attendances (account_id, status, number);
`;

const EVENTS: string = `
CREATE TABLE events (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	type TEXT NOT NULL,
	account_id TEXT NOT NULL,
	instance_id TEXT NOT NULL,
	instance_phone TEXT NOT NULL,
	chat_id TEXT,
	at INTEGER NOT NULL,
	data TEXT NOT NULL
) STRICT;
CREATE INDEX events_at ON events (at);
CREATE INDEX events_account ON events (account_id, at);
CREATE INDEX events_instance ON events (instance_id, at);
CREATE INDEX events_chat ON events (chat_id, at) WHERE chat_id IS NOT NULL;
`;

/** What `lane_place` means is told in deliveries/lane-place.ts. The body comes last, so that reading the rest does not walk through it. */
const DELIVERIES: string = `
CREATE TABLE deliveries (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	event_id TEXT NOT NULL,
	event_type TEXT NOT NULL,
	account_id TEXT NOT NULL,
	webhook_id TEXT NOT NULL,
	instance_id TEXT NOT NULL,
	chat_id TEXT,
	lane TEXT,
	lane_place INTEGER NOT NULL,
	state TEXT NOT NULL,
	due_at INTEGER,
	held_since INTEGER,
	lane_free_at INTEGER,
	attempts INTEGER NOT NULL DEFAULT 0,
	last_error TEXT,
	is_overtaken INTEGER NOT NULL DEFAULT 0,
	is_replay INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	settled_at INTEGER,
	body TEXT NOT NULL
) STRICT;
-- Only what has a due time: a backlog that waits or is parked costs nothing here. Ends in the row id, that is in seq, like every index.
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
-- The same by webhook, for parking, and for a claim that has to look past those which have no room left.
CREATE INDEX deliveries_due_by_webhook ON deliveries (webhook_id, due_at) WHERE due_at IS NOT NULL;
-- Only what stands in its lane: unsettled and not overtaken.
CREATE INDEX deliveries_lane ON deliveries (lane, lane_place) WHERE lane_place > 0;
-- What unparking touches: pending, and not waiting for another one. A delivery taken at commit never enters it.
CREATE INDEX deliveries_heads ON deliveries (webhook_id) WHERE state = 'pending' AND lane_place < 3;
-- What is in flight: never many.
CREATE INDEX deliveries_sending ON deliveries (created_at) WHERE state = 'sending';
-- For lists, newest first. The two states that a delivery without trouble passes through are left out: they would cost on each, and
-- delivered ones are the many, found through the indexes below.
CREATE INDEX deliveries_state ON deliveries (state, created_at) WHERE state NOT IN ('sending', 'delivered');
CREATE INDEX deliveries_webhook_state ON deliveries (webhook_id, state, created_at) WHERE state NOT IN ('sending', 'delivered');
CREATE INDEX deliveries_webhook ON deliveries (webhook_id, created_at);
CREATE INDEX deliveries_account ON deliveries (account_id, created_at);
CREATE INDEX deliveries_chat ON deliveries (chat_id, created_at) WHERE chat_id IS NOT NULL;
CREATE INDEX deliveries_event ON deliveries (event_id);
CREATE INDEX deliveries_created ON deliveries (created_at);
CREATE TABLE attempts (
	seq INTEGER PRIMARY KEY,
	delivery_seq INTEGER NOT NULL,
	record TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_delivery ON attempts (delivery_seq);
`;

const THE_REST: string = `
CREATE TABLE journal (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	instance_id TEXT NOT NULL,
	observation_id TEXT NOT NULL,
	at INTEGER NOT NULL,
	observation TEXT NOT NULL,
	state TEXT NOT NULL,
	waits_for TEXT,
	error TEXT,
	UNIQUE (instance_id, observation_id)
) STRICT;
CREATE INDEX journal_waiting ON journal (instance_id, waits_for) WHERE state = 'waiting';
CREATE INDEX journal_failed ON journal (state) WHERE state = 'failed';
CREATE TABLE idempotency (
	seq INTEGER PRIMARY KEY,
	scope TEXT NOT NULL,
	key TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	status INTEGER NOT NULL,
	sealed_body TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (scope, key)
) STRICT;
CREATE TABLE media (
	id TEXT PRIMARY KEY,
	account_id TEXT NOT NULL,
	mime_type TEXT NOT NULL,
	file_name TEXT,
	created_at INTEGER NOT NULL,
	bytes BLOB NOT NULL
) STRICT;
CREATE TABLE channel_state (
	instance_id TEXT NOT NULL,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (instance_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE gateway_secrets (
	name TEXT PRIMARY KEY,
	sealed TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- One row, written to find out whether a write can be made durable.
CREATE TABLE probe (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;
`;

export const initial: Migration = {
	version: 1,
	sql: [ACCOUNTS, WEBHOOKS, CHATS, MESSAGES, ATTENDANCES, EVENTS, DELIVERIES, THE_REST].join('\n'),
};

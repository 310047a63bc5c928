/**
 * Deliveries with fewer indexes. Lists are ordered by `seq`, the order of commit, in which every index ends by itself. Parking is gone: nobody
 * claims for a webhook that is closed, so whatever was parked has its due time back. The attempts of a delivery stand beside each other under
 * keys that begin with its own. Webhooks have more settings; those that are only handed back are JSON in one column.
 */
import type { Migration } from './migration.ts';

const WEBHOOKS: string = `
ALTER TABLE webhooks ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE webhooks ADD COLUMN failing TEXT;
ALTER TABLE webhooks ADD COLUMN ending TEXT;
-- The webhooks that an account has or had: what was for them is listed by account through here, when they are long gone.
CREATE TABLE account_webhooks (
	account_id TEXT NOT NULL,
	webhook_id TEXT NOT NULL,
	PRIMARY KEY (account_id, webhook_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO account_webhooks SELECT account_id, id FROM webhooks;
INSERT OR IGNORE INTO account_webhooks SELECT DISTINCT account_id, webhook_id FROM deliveries;
DROP TABLE parked_webhooks;
`;

const EVENTS: string = `
CREATE TABLE new_events (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	type TEXT NOT NULL,
	account_id TEXT NOT NULL,
	instance_id TEXT,
	instance_phone TEXT,
	chat_id TEXT,
	at INTEGER NOT NULL,
	data TEXT NOT NULL
) STRICT;
INSERT INTO new_events SELECT seq, id, type, account_id, instance_id, instance_phone, chat_id, at, data FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
CREATE INDEX events_at ON events (at);
CREATE INDEX events_account ON events (account_id, at);
CREATE INDEX events_instance ON events (instance_id, at) WHERE instance_id IS NOT NULL;
-- In the order of commit, as deliveries are: those of a chat are found through here.
CREATE INDEX events_chat ON events (chat_id) WHERE chat_id IS NOT NULL;
`;

/**
 * What was parked (a head, or what is ordered with nothing) is due since it was made; one that was to overtake waits in line again. What
 * `lane_place` means is told in deliveries/lane-place.ts. The body comes last, so that reading the rest does not walk through it.
 */
const DELIVERIES: string = `
CREATE TABLE new_deliveries (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	event_id TEXT NOT NULL,
	event_type TEXT NOT NULL,
	account_id TEXT NOT NULL,
	webhook_id TEXT NOT NULL,
	instance_id TEXT,
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
	created_at INTEGER NOT NULL,
	replayed_at INTEGER,
	settled_at INTEGER,
	traceparent TEXT,
	body TEXT NOT NULL
) STRICT;
INSERT INTO new_deliveries
SELECT seq, id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane,
	CASE WHEN state = 'pending' AND lane_place = 2 AND due_at IS NULL THEN 3 ELSE lane_place END,
	state,
	CASE WHEN state = 'pending' AND lane_place < 2 THEN coalesce(due_at, created_at) ELSE due_at END,
	CASE WHEN state = 'pending' AND lane_place < 2 AND due_at IS NULL THEN NULL ELSE held_since END,
	CASE WHEN state = 'pending' AND lane_place < 2 AND due_at IS NULL THEN NULL ELSE lane_free_at END,
	attempts, last_error, is_overtaken, created_at,
	CASE WHEN is_replay = 1 THEN coalesce(held_since, settled_at, unixepoch() * 1000) END,
	settled_at, NULL, body
FROM deliveries ORDER BY seq;
`;

/** A key is the delivery's own times 4096, and counts on from there. */
const ATTEMPTS: string = `
CREATE TABLE new_attempts (
	seq INTEGER PRIMARY KEY,
	is_probe INTEGER NOT NULL,
	record TEXT NOT NULL
) STRICT;
INSERT OR REPLACE INTO new_attempts
SELECT delivery_seq * 4096 + min(4095, row_number() OVER (PARTITION BY delivery_seq ORDER BY seq) - 1), 0, record FROM attempts;
DROP TABLE attempts;
ALTER TABLE new_attempts RENAME TO attempts;
`;

const DELIVERY_INDEXES: string = `
DROP TABLE deliveries;
ALTER TABLE new_deliveries RENAME TO deliveries;
-- Only what has a due time: a backlog that waits costs nothing here.
CREATE INDEX deliveries_due ON deliveries (webhook_id, due_at) WHERE due_at IS NOT NULL;
-- Only what stands in its lane: unsettled and not overtaken.
CREATE INDEX deliveries_lane ON deliveries (lane, lane_place) WHERE lane_place > 0;
-- Heads that say from when they may be overtaken. Only what failed is ever here.
CREATE INDEX deliveries_held ON deliveries (webhook_id) WHERE lane_place = 1 AND lane_free_at IS NOT NULL;
-- Delivered ones are the many, and are found without it.
CREATE INDEX deliveries_state ON deliveries (state) WHERE state <> 'delivered';
-- Without the two states that a delivery without trouble passes through.
CREATE INDEX deliveries_webhook_state ON deliveries (webhook_id, state) WHERE state NOT IN ('sending', 'delivered');
CREATE INDEX deliveries_webhook ON deliveries (webhook_id);
CREATE INDEX deliveries_event ON deliveries (event_id);
`;

/** What a job is to do is noted while it counts, and crossed off as it is done: so its counts are exact, whatever happens to deliveries meanwhile. */
const JOBS: string = `
CREATE TABLE jobs (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	filter TEXT NOT NULL,
	state TEXT NOT NULL,
	phase TEXT NOT NULL,
	total INTEGER NOT NULL,
	done INTEGER NOT NULL,
	skipped INTEGER NOT NULL,
	place INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	finished_at INTEGER
) STRICT;
CREATE INDEX jobs_unfinished ON jobs (state) WHERE state IN ('counting', 'running');
CREATE TABLE job_deliveries (
	job_seq INTEGER NOT NULL,
	delivery_seq INTEGER NOT NULL,
	PRIMARY KEY (job_seq, delivery_seq)
) STRICT, WITHOUT ROWID;
`;

export const seqOrder: Migration = {
	version: 2,
	sql: [WEBHOOKS, EVENTS, DELIVERIES, ATTEMPTS, DELIVERY_INDEXES, JOBS].join('\n'),
};

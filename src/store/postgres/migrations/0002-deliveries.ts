/**
 * Deliveries, their attempts and events, in partitions by the order of commit, so that old ones go by the table and not by the row; and beside
 * them `work`: what is unsettled, and all that changes while it is. It stays as small as the backlog is, whatever there is of history. What happens to it
 * is written as functions (deliveries/functions), so that a group of operations on the same lanes is one round trip.
 */
import { CLAIM_FUNCTIONS } from '../deliveries/functions/claim.ts';
import { ENDING_FUNCTIONS } from '../deliveries/functions/endings.ts';
import { HASTEN_FUNCTIONS } from '../deliveries/functions/hasten.ts';
import { INSERT_FUNCTIONS } from '../deliveries/functions/insert.ts';
import { LANE_FUNCTIONS } from '../deliveries/functions/lanes.ts';
import { MEMBERSHIP_FUNCTIONS } from '../deliveries/functions/membership.ts';
import { REPLAY_FUNCTIONS } from '../deliveries/functions/replay.ts';
import { SETTLE_FUNCTIONS } from '../deliveries/functions/settle.ts';
import { PARTITION_FUNCTIONS } from '../partition-functions.ts';
import type { Migration } from './migration.ts';

/**
 * Until it is settled (`state` is 'open') a delivery's row in `work` tells how it goes; after that its own tells how it ended. The body comes
 * last, so that reading the rest does not walk through it.
 */
const DELIVERIES: string = `
CREATE SEQUENCE deliveries_seq;
CREATE TABLE deliveries (
	seq bigint NOT NULL,
	id text COLLATE "C" NOT NULL,
	event_id text COLLATE "C" NOT NULL,
	event_type text COLLATE "C" NOT NULL,
	account_id text COLLATE "C" NOT NULL,
	webhook_id text COLLATE "C" NOT NULL,
	instance_id text COLLATE "C",
	chat_id text COLLATE "C",
	lane text COLLATE "C",
	created_at bigint NOT NULL,
	replayed_at bigint,
	state text COLLATE "C" NOT NULL DEFAULT 'open',
	attempts bigint NOT NULL DEFAULT 0,
	last_error text COLLATE "C",
	is_overtaken boolean NOT NULL DEFAULT false,
	settled_at bigint,
	traceparent text COLLATE "C",
	body text NOT NULL,
	PRIMARY KEY (seq)
) PARTITION BY RANGE (seq);
CREATE INDEX deliveries_webhook ON deliveries (webhook_id, seq);
CREATE INDEX deliveries_event ON deliveries (event_id);
-- Only what ended badly; delivered ones are the many, and are found without it.
CREATE INDEX deliveries_state ON deliveries (state, seq) WHERE state IN ('dead', 'cancelled');
CREATE INDEX deliveries_webhook_state ON deliveries (webhook_id, state, seq) WHERE state IN ('dead', 'cancelled');
`;

/** What `lane_place` means is told in deliveries/lane-place.ts. A row lives for a moment: what is left of it is cleared away soon. */
const WORK: string = `
CREATE TABLE work (
	seq bigint PRIMARY KEY,
	webhook_id text COLLATE "C" NOT NULL,
	lane text COLLATE "C",
	lane_place bigint NOT NULL,
	state text COLLATE "C" NOT NULL,
	due_at bigint,
	held_since bigint,
	lane_free_at bigint,
	attempts bigint NOT NULL DEFAULT 0,
	last_error text COLLATE "C",
	is_overtaken boolean NOT NULL DEFAULT false,
	replayed_at bigint,
	created_at bigint NOT NULL,
	holder bigint
) WITH (
	autovacuum_vacuum_scale_factor = 0.02,
	autovacuum_vacuum_threshold = 2000,
	autovacuum_analyze_scale_factor = 0.1,
	autovacuum_analyze_threshold = 2000,
	autovacuum_vacuum_cost_delay = 0,
	-- Cut down to nothing while it is empty, every index would look as good as any other to a plan that is made then.
	vacuum_truncate = false
);
-- Only what has a due time: a backlog that waits costs nothing here.
CREATE INDEX work_due ON work (webhook_id, due_at, seq) WHERE due_at IS NOT NULL;
-- Only what stands in its lane.
CREATE INDEX work_lane ON work (lane, lane_place, seq) WHERE lane_place > 0;
-- Heads that say from when they may be overtaken. Only what failed is ever here.
CREATE INDEX work_held ON work (webhook_id) WHERE lane_place = 1 AND lane_free_at IS NOT NULL;
CREATE INDEX work_webhook ON work (webhook_id, seq);
CREATE INDEX work_holder ON work (holder) WHERE holder IS NOT NULL;
`;

/** The requests made for a delivery, counted from 0 through all its replays. Of probes only the latest is kept. */
const ATTEMPTS: string = `
CREATE TABLE attempts (
	delivery_seq bigint NOT NULL,
	number bigint NOT NULL,
	is_probe boolean NOT NULL,
	record text NOT NULL,
	PRIMARY KEY (delivery_seq, number)
) PARTITION BY RANGE (delivery_seq);
`;

const EVENTS: string = `
CREATE SEQUENCE events_seq;
CREATE TABLE events (
	seq bigint NOT NULL DEFAULT nextval('events_seq'),
	id text COLLATE "C" NOT NULL,
	type text COLLATE "C" NOT NULL,
	account_id text COLLATE "C" NOT NULL,
	instance_id text COLLATE "C",
	instance_phone text,
	chat_id text COLLATE "C",
	at bigint NOT NULL,
	data text NOT NULL,
	PRIMARY KEY (seq)
) PARTITION BY RANGE (seq);
CREATE INDEX events_at ON events (at, seq);
CREATE INDEX events_account ON events (account_id, at, seq);
CREATE INDEX events_instance ON events (instance_id, at, seq) WHERE instance_id IS NOT NULL;
-- In the order of commit, as deliveries are: those of a chat are found through here.
CREATE INDEX events_chat ON events (chat_id, seq) WHERE chat_id IS NOT NULL;
`;

export const deliveries: Migration = {
	version: 2,
	compatibleFrom: 2,
	sql: [
		DELIVERIES,
		WORK,
		ATTEMPTS,
		EVENTS,
		PARTITION_FUNCTIONS,
		MEMBERSHIP_FUNCTIONS,
		LANE_FUNCTIONS,
		INSERT_FUNCTIONS,
		CLAIM_FUNCTIONS,
		SETTLE_FUNCTIONS,
		HASTEN_FUNCTIONS,
		ENDING_FUNCTIONS,
		REPLAY_FUNCTIONS,
	].join('\n'),
};

/**
 * The first schema, but for deliveries and events, which have one of their own. What is filtered or ordered by is a column; what is only handed
 * back is JSON, as text: nobody here looks into it. There are no foreign keys: history outlives what it speaks of (deliveries of a deleted webhook),
 * and the write unit's preconditions say what has to be there. Ids and keys compare by their bytes, whatever the database's locale.
 */
import type { Migration } from './migration.ts';

/** For statements of many rows: where fewer rows than were wanted did it, the whole group is refused with the word of the conflict. */
const REFUSALS: string = `
CREATE FUNCTION refuse_unless(there bigint, wanted bigint, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF there < wanted THEN
		RAISE EXCEPTION USING ERRCODE = 'RC409', MESSAGE = what;
	END IF;
END $$;
`;

const ACCOUNTS: string = `
CREATE TABLE accounts (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	name text NOT NULL,
	token_hash text COLLATE "C" NOT NULL UNIQUE,
	client_token_hash text COLLATE "C" NOT NULL UNIQUE,
	client_token_enforced boolean NOT NULL,
	created_at bigint NOT NULL
);
CREATE TABLE instances (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	channel text NOT NULL,
	phone text NOT NULL,
	token_hash text COLLATE "C" NOT NULL UNIQUE,
	state text NOT NULL,
	pacing_min_ms bigint NOT NULL,
	pacing_max_ms bigint NOT NULL,
	created_at bigint NOT NULL
);
CREATE INDEX instances_account ON instances (account_id);
CREATE TABLE applications (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	instance_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	token_id text COLLATE "C" NOT NULL UNIQUE,
	webhook_id text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL
);
CREATE INDEX applications_account ON applications (account_id);
CREATE TABLE departments (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	active boolean NOT NULL,
	is_default boolean NOT NULL,
	created_at bigint NOT NULL
);
CREATE INDEX departments_account ON departments (account_id);
CREATE TABLE operators (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	active boolean NOT NULL,
	created_at bigint NOT NULL
);
CREATE INDEX operators_account ON operators (account_id);
CREATE TABLE categories (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	color text NOT NULL,
	items text NOT NULL,
	is_default boolean NOT NULL,
	created_at bigint NOT NULL
);
CREATE INDEX categories_account ON categories (account_id);
`;

const WEBHOOKS: string = `
CREATE TABLE webhooks (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	instance_id text COLLATE "C",
	application_id text COLLATE "C",
	dialect text NOT NULL,
	origin text NOT NULL,
	url text NOT NULL,
	subscriptions text NOT NULL,
	sealed_headers text,
	delivery_order text NOT NULL,
	enabled boolean NOT NULL,
	disabled_reason text,
	secrets text NOT NULL,
	schedule_ms text,
	settings text NOT NULL,
	failing text,
	ending text,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL
);
-- The webhooks that an account has or had: what was for them is listed by account through here, when they are long gone.
CREATE TABLE account_webhooks (
	account_id text COLLATE "C" NOT NULL,
	webhook_id text COLLATE "C" NOT NULL,
	PRIMARY KEY (account_id, webhook_id)
);
`;

const CHATS: string = `
CREATE TABLE contacts (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	photo_url text,
	lid text
);
CREATE TABLE contact_aliases (
	account_id text COLLATE "C" NOT NULL,
	kind text COLLATE "C" NOT NULL,
	value text COLLATE "C" NOT NULL,
	contact_id text COLLATE "C" NOT NULL,
	PRIMARY KEY (account_id, kind, value)
);
CREATE TABLE chats (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	instance_id text COLLATE "C" NOT NULL,
	contact_id text COLLATE "C" NOT NULL,
	phone text NOT NULL,
	name text NOT NULL,
	waiting_since bigint,
	attendance_id text COLLATE "C",
	department_id text COLLATE "C",
	thread text,
	last_message_at bigint NOT NULL,
	last_inbound_at bigint,
	created_at bigint NOT NULL,
	UNIQUE (instance_id, contact_id)
);
CREATE INDEX chats_latest ON chats (instance_id, last_message_at, seq);
`;

const MESSAGES: string = `
CREATE TABLE messages (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	whatsapp_id text COLLATE "C" NOT NULL,
	account_id text COLLATE "C" NOT NULL,
	instance_id text COLLATE "C" NOT NULL,
	chat_id text COLLATE "C" NOT NULL,
	from_me boolean NOT NULL,
	origin text NOT NULL,
	content text NOT NULL,
	status text COLLATE "C" NOT NULL,
	timeline text NOT NULL,
	failure text,
	reply_to text COLLATE "C",
	custom_id text,
	context_id text COLLATE "C",
	interaction_id text COLLATE "C",
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	due_at bigint,
	is_scheduled boolean,
	UNIQUE (instance_id, whatsapp_id)
) WITH (fillfactor = 85);
-- A message without a due time is due since it was made.
CREATE INDEX messages_queue ON messages (instance_id, coalesce(due_at, created_at), seq) WHERE status = 'queued';
CREATE INDEX messages_instance ON messages (instance_id, created_at, seq);
CREATE INDEX messages_chat ON messages (chat_id, created_at, seq);
CREATE INDEX messages_context ON messages (instance_id, context_id, created_at, seq) WHERE context_id IS NOT NULL;
`;

const ATTENDANCES: string = `
CREATE TABLE attendances (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	account_id text COLLATE "C" NOT NULL,
	chat_id text COLLATE "C" NOT NULL,
	number bigint NOT NULL,
	status text COLLATE "C" NOT NULL,
	version bigint NOT NULL,
	record text NOT NULL,
	UNIQUE (account_id, number)
);
CREATE UNIQUE INDEX attendances_open ON attendances (chat_id) WHERE status = 'progress';
CREATE INDEX attendances_chat ON attendances (account_id, chat_id, number);
CREATE INDEX attendances_status ON attendances (account_id, status, number);
`;

const RECORDS: string = `
CREATE TABLE journal (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	instance_id text COLLATE "C" NOT NULL,
	observation_id text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	observation text NOT NULL,
	state text COLLATE "C" NOT NULL,
	waits_for text COLLATE "C",
	error text,
	UNIQUE (instance_id, observation_id)
);
CREATE INDEX journal_waiting ON journal (instance_id, waits_for) WHERE state = 'waiting';
CREATE INDEX journal_failed ON journal (seq) WHERE state = 'failed';
CREATE TABLE idempotency (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	scope text COLLATE "C" NOT NULL,
	key text COLLATE "C" NOT NULL,
	fingerprint text NOT NULL,
	status bigint NOT NULL,
	sealed_body text NOT NULL,
	created_at bigint NOT NULL,
	UNIQUE (scope, key)
);
CREATE TABLE media (
	id text COLLATE "C" PRIMARY KEY,
	account_id text COLLATE "C" NOT NULL,
	mime_type text NOT NULL,
	file_name text,
	created_at bigint NOT NULL,
	bytes bytea NOT NULL
);
-- Pictures and sound are compressed already.
ALTER TABLE media ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE channel_state (
	instance_id text COLLATE "C" NOT NULL,
	key text COLLATE "C" NOT NULL,
	value text NOT NULL,
	PRIMARY KEY (instance_id, key)
);
CREATE TABLE gateway_secrets (
	name text COLLATE "C" PRIMARY KEY,
	sealed text NOT NULL
);
-- One row, written to find out whether a write can be made durable.
CREATE TABLE probe (
	id bigint PRIMARY KEY,
	at bigint NOT NULL
);
`;

/** What a job is to do is noted while it counts, and crossed off as it is done: so its counts are exact, whatever happens to deliveries meanwhile. */
const JOBS: string = `
CREATE TABLE jobs (
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id text COLLATE "C" NOT NULL UNIQUE,
	kind text NOT NULL,
	filter text NOT NULL,
	state text COLLATE "C" NOT NULL,
	phase text NOT NULL,
	total bigint NOT NULL,
	done bigint NOT NULL,
	skipped bigint NOT NULL,
	place bigint NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	finished_at bigint
);
CREATE INDEX jobs_unfinished ON jobs (seq) WHERE state IN ('counting', 'running');
CREATE TABLE job_deliveries (
	job_seq bigint NOT NULL,
	delivery_seq bigint NOT NULL,
	PRIMARY KEY (job_seq, delivery_seq)
);
`;

/** The processes that share the database, by the database's own clock: theirs may differ. A token is greater than every one before it. */
const PROCESSES: string = `
CREATE SEQUENCE process_tokens;
CREATE TABLE processes (
	token bigint PRIMARY KEY DEFAULT nextval('process_tokens'),
	name text NOT NULL,
	started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	lease_until timestamptz NOT NULL
) WITH (fillfactor = 50);
CREATE TABLE instance_owners (
	instance_id text COLLATE "C" PRIMARY KEY,
	token bigint NOT NULL
);
CREATE INDEX instance_owners_token ON instance_owners (token);
CREATE TABLE errands (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	instance_id text COLLATE "C" NOT NULL,
	name text NOT NULL,
	args text NOT NULL,
	state text COLLATE "C" NOT NULL,
	result text,
	token bigint NOT NULL,
	at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX errands_at ON errands (at);
`;

export const initial: Migration = {
	version: 1,
	compatibleFrom: 1,
	sql: [REFUSALS, ACCOUNTS, WEBHOOKS, CHATS, MESSAGES, ATTENDANCES, RECORDS, JOBS, PROCESSES].join('\n'),
};

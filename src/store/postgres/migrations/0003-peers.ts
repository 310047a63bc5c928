/** What the processes that share the database need beside their tables: how one takes over from another, which webhooks changed, and whose. */
import type { Migration } from './migration.ts';

/**
 * Ends the members of `given` and all whose lease is over: what they had in hand is ready, their instances are nobody's. Several processes may do so
 * at once: each member is ended by one of them. One that is just proving that it is a member is left for the next time.
 *
 * What is marked with a token that is no member's (somebody deleted its row) is freed as well. Tokens are looked for first and then named: none of them
 * is ever used again, so nothing that is claimed meanwhile can be meant.
 */
const TAKE_OVER: string = `
CREATE FUNCTION take_over(given bigint[], now_ms bigint) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
	ended bigint[];
	strays bigint[];
BEGIN
	PERFORM 1 FROM processes WHERE token = ANY (given) FOR UPDATE;
	ended := ARRAY(SELECT token FROM processes WHERE token = ANY (given) OR lease_until <= clock_timestamp() ORDER BY token FOR UPDATE SKIP LOCKED);
	strays := ARRAY(
		SELECT holder FROM work WHERE holder IS NOT NULL AND NOT EXISTS (SELECT 1 FROM processes WHERE token = holder)
		UNION
		SELECT owned.token FROM instance_owners AS owned WHERE NOT EXISTS (SELECT 1 FROM processes WHERE token = owned.token)
	);
	ended := ended || strays;
	UPDATE work SET state = 'pending', due_at = now_ms, holder = NULL WHERE holder = ANY (ended);
	DELETE FROM instance_owners WHERE token = ANY (ended);
	DELETE FROM errands WHERE token = ANY (ended) OR at < clock_timestamp() - interval '5 minutes';
	DELETE FROM processes WHERE token = ANY (ended);
	RETURN QUERY SELECT unnest(ended);
END $$;
`;

/**
 * Which webhooks changed since a version: for processes that missed the news. Changes are numbered one after the other, in the order of their commits:
 * otherwise a lower number could appear after a higher one was seen.
 *
 * And how often those of an account did, for whoever plans deliveries: counted unless all that is another one is what planning does not read. It is
 * counted after the lock was taken, so that two transactions that change webhooks of the same accounts never wait for each other.
 */
const WEBHOOK_VERSIONS: string = `
CREATE TABLE webhook_versions (
	webhook_id text COLLATE "C" PRIMARY KEY,
	version bigint NOT NULL UNIQUE
);
CREATE TABLE account_webhook_versions (
	account_id text COLLATE "C" PRIMARY KEY,
	version bigint NOT NULL
);
CREATE INDEX webhooks_account ON webhooks (account_id);
CREATE FUNCTION note_webhook_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	changed text := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
	latest bigint;
	unread text[] := ARRAY['failing', 'secrets', 'updated_at'];
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('recado webhook versions', 0));
	SELECT max(version) INTO latest FROM webhook_versions;
	INSERT INTO webhook_versions (webhook_id, version) VALUES (changed, coalesce(latest, 0) + 1)
	ON CONFLICT (webhook_id) DO UPDATE SET version = excluded.version;
	IF TG_OP <> 'UPDATE' OR to_jsonb(NEW) - unread <> to_jsonb(OLD) - unread THEN
		INSERT INTO account_webhook_versions AS counted (account_id, version)
		SELECT DISTINCT account_id, 1 FROM unnest(ARRAY[OLD.account_id, NEW.account_id]) AS account_id WHERE account_id IS NOT NULL
		ON CONFLICT (account_id) DO UPDATE SET version = counted.version + 1;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER webhooks_versioned AFTER INSERT OR UPDATE OR DELETE ON webhooks FOR EACH ROW EXECUTE FUNCTION note_webhook_version();
`;

export const peers: Migration = {
	version: 3,
	compatibleFrom: 2,
	sql: [TAKE_OVER, WEBHOOK_VERSIONS].join('\n'),
};

/** A settled delivery goes through its states once more, in SQL, with the same bytes under the same id. */
import { PLANNED } from './planning.ts';

export const REPLAY_FUNCTIONS: string = `
-- False where it is unsettled, or its webhook is deleted or about to be. In a busy lane it waits, and being older it goes before the others who do.
CREATE FUNCTION replay_delivery(replayed bigint, at bigint) RETURNS boolean LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	found_lane text;
	webhook text;
	made_at bigint;
	entry record;
BEGIN
	SELECT lane, webhook_id, created_at INTO found_lane, webhook, made_at FROM deliveries WHERE seq = replayed;
	-- Its deletion waits until this is committed, and finds it then.
	PERFORM 1 FROM webhooks WHERE id = webhook AND ending IS NULL FOR SHARE;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	-- Whoever settles it has its lane.
	PERFORM lock_lanes(ARRAY[found_lane]);
	UPDATE deliveries SET state = 'open', replayed_at = at, attempts = 0, last_error = NULL, settled_at = NULL, is_overtaken = false
	WHERE seq = replayed AND state <> 'open';
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	entry := enter_lane(found_lane, at);
	INSERT INTO work (seq, webhook_id, lane, lane_place, state, due_at, replayed_at, created_at)
	VALUES (replayed, webhook, found_lane, entry.place, 'pending', CASE WHEN entry.may_start THEN at ELSE entry.due_at END, at, made_at);
	RETURN true;
END $$;
`;

/**
 * Deliveries end without an attempt, in SQL: a person discards one, its webhook is deleted, it grew older than its patience. Their lanes go on.
 * What concerns a whole webhook concerns many lanes, which are locked in their order before anything is done.
 */
import { PLANNED } from './planning.ts';

/** Times of several processes, and of commits that came after one another, agree within this. */
const SLACK_MS = 30_000;

export const ENDING_FUNCTIONS: string = `
-- False where it is not pending any more.
CREATE FUNCTION end_pending(ended bigint, outcome text, at bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	gone work;
	free_at bigint;
BEGIN
	DELETE FROM work WHERE seq = ended AND state = 'pending' RETURNING * INTO gone;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	UPDATE deliveries SET state = outcome, settled_at = at, last_error = gone.last_error, attempts = gone.attempts, is_overtaken = gone.is_overtaken
	WHERE seq = ended;
	IF gone.lane_place = 1 THEN
		PERFORM advance_lane(gone.lane, at);
	ELSIF gone.lane_place = 2 THEN
		-- Whoever was behind the one that was to overtake is held no longer than that one.
		SELECT lane_free_at INTO free_at FROM work WHERE lane = gone.lane AND lane_place = 1;
		IF free_at IS NOT NULL THEN
			PERFORM free_lane_at(gone.lane, free_at);
		END IF;
	END IF;
	RETURN true;
END $$;

-- A person does not want it sent any more. False where it is neither pending nor dead: being sent, or settled otherwise.
CREATE FUNCTION discard_delivery(discarded bigint, at bigint) RETURNS boolean LANGUAGE plpgsql ${PLANNED} AS $$
BEGIN
	IF end_pending(discarded, 'cancelled', at) THEN
		RETURN true;
	END IF;
	UPDATE deliveries SET state = 'cancelled', settled_at = at WHERE seq = discarded AND state = 'dead';
	RETURN FOUND;
END $$;

-- The webhook is being deleted: what is pending of it is cancelled. The youngest first: who waits goes before whom it waits for. What is in hand is
-- left to its settlement. Answers how many were looked at.
CREATE FUNCTION cancel_deliveries(webhook text, at bigint, at_most bigint) RETURNS bigint LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	seqs bigint[];
	lanes text[];
BEGIN
	SELECT coalesce(array_agg(found.seq ORDER BY found.seq DESC), '{}'), array_agg(found.lane) INTO seqs, lanes FROM (
		SELECT seq, lane FROM work WHERE webhook_id = webhook AND state = 'pending' ORDER BY seq DESC LIMIT at_most
	) AS found;
	PERFORM lock_lanes(lanes);
	FOR i IN 1 .. cardinality(seqs) LOOP
		PERFORM end_pending(seqs[i], 'cancelled', at);
	END LOOP;
	RETURN cardinality(seqs);
END $$;

-- Nobody attempts them (the circuit is open), and they grew older than the patience of their webhook: they are dead. Patience counts from the replay
-- where there was one. Answers how many were looked at.
CREATE FUNCTION expire_deliveries(webhook text, created_before bigint, at bigint, at_most bigint) RETURNS bigint LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	young bigint;
	seqs bigint[];
	lanes text[];
BEGIN
	-- Where what is too young begins: nothing behind that is looked at.
	SELECT seq INTO young FROM work WHERE webhook_id = webhook AND created_at >= created_before + ${SLACK_MS} ORDER BY seq LIMIT 1;
	SELECT coalesce(array_agg(found.seq ORDER BY found.seq), '{}'), array_agg(found.lane) INTO seqs, lanes FROM (
		SELECT seq, lane FROM work
		WHERE webhook_id = webhook AND state = 'pending' AND coalesce(replayed_at, created_at) < created_before
			AND seq < coalesce(young, ${Number.MAX_SAFE_INTEGER})
		ORDER BY seq LIMIT at_most
	) AS found;
	PERFORM lock_lanes(lanes);
	FOR i IN 1 .. cardinality(seqs) LOOP
		PERFORM end_pending(seqs[i], 'dead', at);
	END LOOP;
	RETURN cardinality(seqs);
END $$;
`;

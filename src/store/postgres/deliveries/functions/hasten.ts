/**
 * A receiver is back (or is another one), in SQL: what sleeps of its webhook is due, and how long its lanes were held says nothing any more, so
 * that whoever was to overtake waits in line again. Otherwise an outage would be taken for the fault of the heads, and break the order of every lane.
 */
import { PLANNED } from './planning.ts';

export const HASTEN_FUNCTIONS: string = `
-- Answers how many were changed, whose lanes are free of their past or that were woken.
CREATE FUNCTION hasten_deliveries(webhook text, at bigint, at_most bigint) RETURNS bigint LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	held bigint[];
	lanes text[];
	woken bigint;
BEGIN
	SELECT coalesce(array_agg(head.seq), '{}'), array_agg(head.lane) INTO held, lanes FROM (
		SELECT seq, lane FROM work WHERE webhook_id = webhook AND lane_place = 1 AND lane_free_at IS NOT NULL AND state = 'pending' LIMIT at_most
	) AS head;
	PERFORM lock_lanes(lanes);
	UPDATE work SET due_at = least(due_at, at), held_since = NULL, lane_free_at = NULL
	WHERE seq = ANY (held) AND lane_place = 1 AND state = 'pending';
	-- Who was taken meanwhile has its lane in hand, and goes on as it was.
	UPDATE work SET lane_place = 3, due_at = NULL
	WHERE lane = ANY (lanes) AND lane_place = 2 AND state = 'pending'
		AND EXISTS (SELECT 1 FROM work AS head WHERE head.lane = work.lane AND head.lane_place = 1 AND head.lane_free_at IS NULL);
	UPDATE work SET due_at = at, held_since = NULL, lane_free_at = NULL
	WHERE seq IN (
		SELECT seq FROM work
		WHERE webhook_id = webhook AND due_at > at AND lane_place <> 2 AND (lane_place = 0 OR lane_free_at IS NULL)
		ORDER BY due_at, seq LIMIT at_most - cardinality(held) FOR UPDATE SKIP LOCKED
	);
	GET DIAGNOSTICS woken = ROW_COUNT;
	RETURN cardinality(held) + woken;
END $$;
`;

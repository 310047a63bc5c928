/**
 * Lanes, in SQL. Where a delivery stands in its lane is a number, so chosen that the lane's index meets the holder first, then the next, then
 * those who wait, oldest first:
 *
 * - 0, *none*: ordered with nothing, or overtaken.
 * - 1, *holder*: the one that is ready, sending or between its attempts. A lane with unsettled deliveries has exactly one. Entered
 *   by insertion into a free lane, or from *next* or *waits* when the holder before it leaves; left by settling or by being overtaken.
 * - 2, *next*: has a due time although the lane is held: a retry of the holder said from when the lane may be overtaken. At most one in a lane;
 *   claimed, it is told who blocks it. When the holder leaves it holds the lane if it is being sent, and otherwise waits in line again.
 * - 3, *waits*: pending without a due time.
 *
 * A place changes only under the lock of its lane, which whoever enters or leaves takes before it looks: each statement of a function sees what was
 * committed until then. Groups lock the lanes that they know in order, before all else; taken once more a lock costs nothing.
 *
 * A claim takes no such lock: it changes the state of a row that has a due time, and passes over rows that are locked. So a row that may have one is
 * locked before its state is looked at.
 */
import { PLANNED } from './planning.ts';

export const LANE_FUNCTIONS: string = `
-- In the order of their hashes, so that two who lock several never wait for each other.
CREATE FUNCTION lock_lanes(lanes text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(key) FROM (
		SELECT DISTINCT hashtextextended(lane, 0) AS key FROM unnest(lanes) AS lane WHERE lane IS NOT NULL ORDER BY key
	) AS keys;
END $$;

-- Where a delivery comes to stand when it enters: new, or by a replay. May it start? If not, and the lane is held by one that fails: from when it
-- may be tried all the same. Who comes to a lane that is held for too long is not held for longer than those who waited in it.
CREATE FUNCTION enter_lane(entered text, now_ms bigint, OUT place bigint, OUT may_start boolean, OUT due_at bigint) LANGUAGE plpgsql AS $$
DECLARE
	-- Of the holder and the first behind it, as far as they are there.
	free_at bigint[];
BEGIN
	place := 0;
	may_start := true;
	IF entered IS NULL THEN
		RETURN;
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended(entered, 0));
	SELECT array_agg(standing.lane_free_at) INTO free_at FROM (
		SELECT lane_free_at FROM work WHERE lane = entered AND lane_place > 0 ORDER BY lane_place, seq LIMIT 2
	) AS standing;
	IF free_at IS NULL THEN
		place := 1;
		RETURN;
	END IF;
	may_start := false;
	place := 3;
	IF cardinality(free_at) = 1 AND free_at[1] IS NOT NULL THEN
		place := 2;
		due_at := greatest(now_ms, free_at[1]);
	END IF;
END $$;

-- Somebody has left a lane: who holds it now? NULL where nobody waits, or the lane is held: by one that did not leave, or by the next, which is
-- being sent already.
CREATE FUNCTION choose_holder(left_lane text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	first record;
	first_state text;
	waiting bigint;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended(left_lane, 0));
	SELECT seq, lane_place INTO first FROM work WHERE lane = left_lane AND lane_place > 0 ORDER BY lane_place, seq LIMIT 1;
	IF NOT FOUND OR first.lane_place = 1 THEN
		RETURN NULL;
	END IF;
	IF first.lane_place = 3 THEN
		RETURN first.seq;
	END IF;
	SELECT state INTO first_state FROM work WHERE seq = first.seq FOR UPDATE;
	IF first_state = 'sending' THEN
		UPDATE work SET lane_place = 1 WHERE seq = first.seq;
		RETURN NULL;
	END IF;
	-- A replay that came meanwhile may be older than the one that was to overtake.
	SELECT seq INTO waiting FROM work WHERE lane = left_lane AND lane_place = 3 ORDER BY seq LIMIT 1;
	IF waiting IS NULL OR first.seq < waiting THEN
		RETURN first.seq;
	END IF;
	UPDATE work SET lane_place = 3, due_at = NULL WHERE seq = first.seq;
	RETURN waiting;
END $$;

-- The oldest of those who wait holds the lane, due from then on. Nothing where it is held already.
CREATE FUNCTION advance_lane(left_lane text, at bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	chosen CONSTANT bigint := choose_holder(left_lane);
BEGIN
	IF chosen IS NOT NULL THEN
		UPDATE work SET lane_place = 1, due_at = at WHERE seq = chosen;
	END IF;
END $$;

-- The same, but it is taken as it waits, never written as ready. Answers which one.
CREATE FUNCTION take_next_of_lane(left_lane text, taker bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	chosen CONSTANT bigint := choose_holder(left_lane);
BEGIN
	IF chosen IS NOT NULL THEN
		UPDATE work SET lane_place = 1, due_at = NULL, state = 'sending', holder = taker WHERE seq = chosen;
	END IF;
	RETURN chosen;
END $$;

-- From when a lane may be overtaken: its first one behind the holder has that as its due time, and is its next. With NULL it waits until the holder
-- is settled. One that is being sent is left alone.
CREATE FUNCTION free_lane_at(freed text, at bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	behind record;
	behind_state text;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended(freed, 0));
	SELECT seq, lane_place INTO behind FROM work WHERE lane = freed AND lane_place > 1 ORDER BY lane_place, seq LIMIT 1;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	SELECT state INTO behind_state FROM work WHERE seq = behind.seq FOR UPDATE;
	IF behind_state = 'sending' THEN
		RETURN;
	END IF;
	IF at IS NOT NULL THEN
		UPDATE work SET lane_place = 2, due_at = at WHERE seq = behind.seq;
	ELSIF behind.lane_place = 2 THEN
		UPDATE work SET lane_place = 3, due_at = NULL WHERE seq = behind.seq;
	END IF;
END $$;

-- A delivery leaves its lane, keeps its own due time, and the lane goes on without it. False where it is in no lane. Who waited in line has no due
-- time of its own, and out of the line nobody would give it one.
CREATE FUNCTION overtake_delivery(overtaken bigint, now_ms bigint) RETURNS boolean LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	left_lane text;
BEGIN
	UPDATE work SET lane_place = 0, is_overtaken = true, due_at = CASE state WHEN 'pending' THEN coalesce(due_at, now_ms) ELSE due_at END
	WHERE seq = overtaken AND lane_place > 0
	RETURNING lane INTO left_lane;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM advance_lane(left_lane, now_ms);
	RETURN true;
END $$;
`;

/** An attempt has ended, or never was, in SQL: its record, what it means for the delivery, and what that means for the lane. */
import { PLANNED } from './planning.ts';

/** Numbers there are for the attempts of one delivery; when they are used up, the last one is written over. */
const NUMBERS = 4_096;

export const SETTLE_FUNCTIONS: string = `
-- The requests that were made, whatever became of the deliveries since. Where there is no delivery (NULL) nothing is recorded. A probe takes the place
-- of the one before it.
CREATE FUNCTION record_attempts(seqs bigint[], probes boolean[], records text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	first CONSTANT bigint := (SELECT min(given) FROM unnest(seqs) AS given);
	last CONSTANT bigint := (SELECT max(given) FROM unnest(seqs) AS given);
BEGIN
	IF true = ANY (probes) THEN
		DELETE FROM attempts USING unnest(seqs, probes) AS given (seq, is_probe)
		WHERE given.is_probe AND delivery_seq = given.seq AND attempts.is_probe AND delivery_seq BETWEEN first AND last;
	END IF;
	INSERT INTO attempts (delivery_seq, number, is_probe, record)
	SELECT DISTINCT ON (made.seq, made.number) made.seq, made.number, made.is_probe, made.record FROM (
		SELECT given.seq, given.is_probe, given.record, given.place, least(${NUMBERS - 1}, row_number() OVER (PARTITION BY given.seq ORDER BY given.place) + (
			SELECT coalesce(max(attempts.number), -1) FROM attempts WHERE delivery_seq = given.seq AND delivery_seq BETWEEN first AND last
		)) AS number
		FROM unnest(seqs, probes, records) WITH ORDINALITY AS given (seq, is_probe, record, place)
		WHERE given.seq IS NOT NULL AND given.record IS NOT NULL
	) AS made
	ORDER BY made.seq, made.number, made.place DESC
	ON CONFLICT (delivery_seq, number) DO UPDATE SET is_probe = excluded.is_probe, record = excluded.record;
END $$;

-- What is not in hand of the process that settles is left as it is. Answers those that were taken as the
-- next of their lanes, each with the place of the settlement that asked for it.
CREATE FUNCTION settle_deliveries(named bigint[], ids text[], outcomes text[], holders bigint[], ats bigint[], due_ats bigint[], held_sinces bigint[],
	lane_free_ats bigint[], errors text[], take_nexts boolean[], probes boolean[], records text[])
RETURNS SETOF claimed LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	first CONSTANT bigint := (SELECT min(given) FROM unnest(named) AS given);
	last CONSTANT bigint := (SELECT max(given) FROM unnest(named) AS given);
	-- NULL where it is another one's number, or nobody's any more.
	seqs CONSTANT bigint[] := ARRAY(
		SELECT (SELECT seq FROM deliveries WHERE deliveries.seq = given.seq AND deliveries.id = given.id AND deliveries.seq BETWEEN first AND last)
		FROM unnest(named, ids) WITH ORDINALITY AS given (seq, id, place) ORDER BY given.place
	);
	held work;
	next_seq bigint;
	nexts bigint[] := '{}';
	places bigint[] := '{}';
	ended bigint[] := '{}';
	ended_places bigint[] := '{}';
	ended_attempts bigint[] := '{}';
	ended_overtaken boolean[] := '{}';
BEGIN
	PERFORM lock_lanes(ARRAY(SELECT lane FROM work WHERE seq = ANY (seqs)));
	PERFORM record_attempts(seqs, probes, records);
	FOR i IN 1 .. cardinality(seqs) LOOP
		IF outcomes[i] NOT IN ('delivered', 'dead') THEN
			PERFORM give_back(seqs[i], outcomes[i], holders[i], ats[i], due_ats[i], held_sinces[i], lane_free_ats[i], errors[i]);
			CONTINUE;
		END IF;
		DELETE FROM work WHERE seq = seqs[i] AND state = 'sending' AND holder = holders[i] RETURNING * INTO held;
		CONTINUE WHEN NOT FOUND;
		ended := ended || held.seq;
		ended_places := ended_places || i::bigint;
		ended_attempts := ended_attempts || held.attempts + 1;
		ended_overtaken := ended_overtaken || held.is_overtaken;
		CONTINUE WHEN held.lane_place <> 1;
		IF take_nexts[i] THEN
			next_seq := take_next_of_lane(held.lane, holders[i]);
			IF next_seq IS NOT NULL THEN
				nexts := nexts || next_seq;
				places := places || i::bigint;
			END IF;
		ELSE
			PERFORM advance_lane(held.lane, ats[i]);
		END IF;
	END LOOP;
	UPDATE deliveries SET state = outcomes[one.place], settled_at = ats[one.place], last_error = errors[one.place], attempts = one.attempts,
		is_overtaken = one.is_overtaken
	FROM unnest(ended, ended_places, ended_attempts, ended_overtaken) AS one (seq, place, attempts, is_overtaken)
	WHERE deliveries.seq = one.seq AND deliveries.seq BETWEEN first AND last;
	RETURN QUERY SELECT * FROM claimed_deliveries(nexts, places);
END $$;

-- It is pending again: after a failure that counts (retry), after one that does not (probed), or untried (released).
CREATE FUNCTION give_back(given bigint, outcome text, had_by bigint, now_ms bigint, due bigint, failing_since bigint, free_at bigint, error text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	held work;
BEGIN
	IF outcome = 'retry' THEN
		UPDATE work SET state = 'pending', holder = NULL, due_at = due, held_since = failing_since, lane_free_at = free_at, attempts = attempts + 1,
			last_error = error
		WHERE seq = given AND state = 'sending' AND holder = had_by RETURNING * INTO held;
	ELSE
		UPDATE work SET state = 'pending', holder = NULL, due_at = due, last_error = CASE outcome WHEN 'probed' THEN error ELSE last_error END
		WHERE seq = given AND state = 'sending' AND holder = had_by RETURNING * INTO held;
	END IF;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	IF NOT EXISTS (SELECT 1 FROM webhooks WHERE id = held.webhook_id) THEN
		-- It was deleted while this was in hand: now this goes the way of the others.
		PERFORM end_pending(given, 'cancelled', now_ms);
	ELSIF outcome = 'retry' AND held.lane_place = 1 THEN
		PERFORM free_lane_at(held.lane, free_at);
	END IF;
END $$;
`;

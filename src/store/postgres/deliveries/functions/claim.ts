/**
 * Taking, in SQL: what is pending is `sending` now, in hand of the process with the token. A row that somebody else is working on is passed
 * over: it is being taken, or its lane is changing.
 */
import { PLANNED, PLANNED_EACH_TIME } from './planning.ts';

/** How many pending ones are looked at for the oldest: those that stand behind another one of their lane are passed over. */
const STRETCH = 256;

export const CLAIM_FUNCTIONS: string = `
CREATE TYPE claimed AS (
	place bigint, seq bigint, id text, event_type text, webhook_id text, lane text, held_since bigint, attempts bigint, is_overtaken boolean,
	created_at bigint, replayed_at bigint, traceparent text, blocked_by text, body text
);

-- What whoever took them is told. One that was to overtake is told who holds its lane.
CREATE FUNCTION claimed_deliveries(seqs bigint[], places bigint[]) RETURNS SETOF claimed LANGUAGE plpgsql AS $$
DECLARE
	first CONSTANT bigint := (SELECT min(given) FROM unnest(seqs) AS given);
	last CONSTANT bigint := (SELECT max(given) FROM unnest(seqs) AS given);
BEGIN
	RETURN QUERY
	SELECT taken.place, work.seq, deliveries.id, deliveries.event_type, work.webhook_id, work.lane, work.held_since, work.attempts, work.is_overtaken,
		work.created_at, work.replayed_at, deliveries.traceparent,
		CASE work.lane_place WHEN 2 THEN (
			SELECT blocking.id FROM work AS holding JOIN deliveries AS blocking ON blocking.seq = holding.seq
			WHERE holding.lane = work.lane AND holding.lane_place = 1
		) END,
		deliveries.body
	FROM unnest(seqs, places) WITH ORDINALITY AS taken (seq, place, number)
	JOIN work ON work.seq = taken.seq
	JOIN deliveries ON deliveries.seq = taken.seq AND deliveries.seq BETWEEN first AND last
	ORDER BY taken.number;
END $$;

-- Ready ones of the webhooks that were asked for ([[id, how many], …]), each one's longest due first. They take turns, one each, so that where the
-- bytes end nobody has taken them all.
CREATE FUNCTION claim_due(request bigint, taker bigint, now_ms bigint, bytes_max bigint, wants text) RETURNS SETOF claimed
LANGUAGE plpgsql ${PLANNED_EACH_TIME} AS $$
DECLARE
	locked bigint[];
	taken bigint[];
BEGIN
	SELECT coalesce(array_agg(due.seq ORDER BY due.turn, want.number), '{}') INTO locked
	FROM jsonb_array_elements(wants::jsonb) WITH ORDINALITY AS want (pair, number), LATERAL (
		SELECT ready.seq, row_number() OVER (ORDER BY ready.due_at, ready.seq) AS turn FROM (
			SELECT seq, due_at FROM work
			WHERE webhook_id = want.pair ->> 0 AND due_at IS NOT NULL AND due_at <= now_ms
			ORDER BY due_at, seq LIMIT (want.pair ->> 1)::bigint FOR UPDATE SKIP LOCKED
		) AS ready
	) AS due;
	SELECT coalesce(array_agg(measured.seq ORDER BY measured.number), '{}') INTO taken FROM (
		SELECT one.seq, one.number,
			sum(octet_length(deliveries.body)) OVER (ORDER BY one.number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
		FROM unnest(locked) WITH ORDINALITY AS one (seq, number) JOIN deliveries ON deliveries.seq = one.seq
	) AS measured
	WHERE coalesce(measured.bytes_before, 0) < bytes_max;
	UPDATE work SET state = 'sending', due_at = NULL, holder = taker WHERE seq = ANY (taken);
	RETURN QUERY SELECT * FROM claimed_deliveries(taken, array_fill(request, ARRAY[cardinality(taken)]));
END $$;

-- When the next of a webhook is due; null where nothing is. What somebody else is taking right now is as due as it was.
CREATE FUNCTION next_due(webhook text) RETURNS bigint LANGUAGE plpgsql STABLE ${PLANNED} AS $$
BEGIN
	RETURN (SELECT due_at FROM work WHERE webhook_id = webhook AND due_at IS NOT NULL ORDER BY due_at, seq LIMIT 1);
END $$;

-- The webhooks that have something with a due time, each with its earliest: one seek a webhook, however much it has.
CREATE FUNCTION due_webhooks() RETURNS TABLE (webhook_id text, due_at bigint) LANGUAGE plpgsql STABLE ${PLANNED} AS $$
BEGIN
	webhook_id := '';
	LOOP
		SELECT work.webhook_id, work.due_at INTO webhook_id, due_at FROM work
		WHERE work.due_at IS NOT NULL AND work.webhook_id > due_webhooks.webhook_id
		ORDER BY work.webhook_id, work.due_at, work.seq LIMIT 1;
		EXIT WHEN NOT FOUND;
		RETURN NEXT;
	END LOOP;
END $$;

-- The oldest of a webhook that waits for nobody, due or not: what its receiver is probed with. Where those that stand behind another one fill the stretch
-- that is looked at (many old ones were replayed into busy lanes), whatever has been due for longest is taken instead.
CREATE FUNCTION take_oldest(request bigint, taker bigint, webhook text) RETURNS SETOF claimed LANGUAGE plpgsql ${PLANNED_EACH_TIME} AS $$
DECLARE
	oldest bigint;
BEGIN
	SELECT seq INTO oldest FROM work
	WHERE seq IN (SELECT seq FROM work WHERE webhook_id = webhook AND state = 'pending' ORDER BY seq LIMIT ${STRETCH})
		AND state = 'pending' AND lane_place < 2
	ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED;
	IF oldest IS NULL THEN
		SELECT seq INTO oldest FROM work WHERE webhook_id = webhook AND due_at IS NOT NULL AND lane_place < 2
		ORDER BY due_at, seq LIMIT 1 FOR UPDATE SKIP LOCKED;
	END IF;
	UPDATE work SET state = 'sending', due_at = NULL, holder = taker WHERE seq = oldest;
	RETURN QUERY SELECT * FROM claimed_deliveries(ARRAY[oldest], ARRAY[request]);
END $$;
`;

/** Deliveries enter, in SQL: into a free lane each starts as it was planned (in hand of its taker, or due now), in a busy one it waits. */
import { PLANNED } from './planning.ts';

export const INSERT_FUNCTIONS: string = `
-- One after the other, in the order given: of two for one lane the second meets the first.
CREATE FUNCTION insert_deliveries(ids text[], event_ids text[], event_types text[], account_ids text[], webhook_ids text[], instance_ids text[],
	chat_ids text[], lanes text[], created_ats bigint[], traceparents text[], bodies text[], takers bigint[], nows bigint[])
RETURNS TABLE (seq bigint, is_taken boolean, due_at bigint) LANGUAGE plpgsql ${PLANNED} AS $$
DECLARE
	entry record;
	seqs bigint[] := '{}';
	written bigint;
BEGIN
	FOR i IN 1 .. cardinality(ids) LOOP
		entry := enter_lane(lanes[i], nows[i]);
		-- Drawn under the lane's lock: the order in a lane is the order of commit.
		seq := nextval('deliveries_seq');
		is_taken := entry.may_start AND takers[i] IS NOT NULL;
		due_at := CASE WHEN entry.may_start AND NOT is_taken THEN nows[i] ELSE entry.due_at END;
		INSERT INTO work (seq, webhook_id, lane, lane_place, state, due_at, created_at, holder)
		VALUES (seq, webhook_ids[i], lanes[i], entry.place, CASE WHEN is_taken THEN 'sending' ELSE 'pending' END, due_at, created_ats[i],
			CASE WHEN is_taken THEN takers[i] END);
		seqs := seqs || seq;
		RETURN NEXT;
	END LOOP;
	INSERT INTO deliveries (seq, id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane, created_at, traceparent, body)
	SELECT * FROM unnest(seqs, ids, event_ids, event_types, account_ids, webhook_ids, instance_ids, chat_ids, lanes, created_ats, traceparents, bodies)
	ON CONFLICT DO NOTHING;
	GET DIAGNOSTICS written = ROW_COUNT;
	PERFORM refuse_unless(written, cardinality(ids), 'exists');
END $$;
`;

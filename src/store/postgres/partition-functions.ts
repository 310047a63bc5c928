/**
 * Partitions in SQL. Partition k of each table has the numbers from k times 2^36 on, more than are ever used up before the next one begins, and 2^17
 * partitions fit below 2^53. An id is unique within its partition. A table is made by itself and attached then: nobody who writes waits for that.
 */
export const PARTITION_SIZE: number = 2 ** 36;

/** How long a table may be kept from everybody, waiting for those who have it. */
const LOCK_MS = 250;
/** A process that stands still while it has the table is thrown out. */
const STANDSTILL_MS = 1_000;

export const PARTITION_FUNCTIONS: string = `
-- Those that were begun, with the time from which on new rows went there, and when something in it was last seen unsettled.
CREATE TABLE partitions (
	ordinal bigint PRIMARY KEY,
	begins_at bigint NOT NULL,
	held_at bigint NOT NULL
);

CREATE FUNCTION create_partition(ordinal bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	parent text;
	child text;
BEGIN
	FOREACH parent IN ARRAY ARRAY['deliveries', 'attempts', 'events'] LOOP
		child := parent || '_p' || ordinal;
		CONTINUE WHEN to_regclass(child) IS NOT NULL;
		EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', child, parent);
		IF parent <> 'attempts' THEN
			EXECUTE format('CREATE UNIQUE INDEX %I ON %I (id)', child || '_id', child);
		END IF;
		EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
			parent, child, ordinal * ${PARTITION_SIZE}, (ordinal + 1) * ${PARTITION_SIZE});
	END LOOP;
END $$;

-- From now on numbers are drawn from this one. Those of deliveries first: so an event is never in a later partition than its deliveries.
CREATE FUNCTION begin_partition(number bigint, at bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	start CONSTANT bigint := number * ${PARTITION_SIZE};
BEGIN
	PERFORM setval('deliveries_seq', start, false) FROM deliveries_seq WHERE last_value < start;
	PERFORM setval('events_seq', start, false) FROM events_seq WHERE last_value < start;
	INSERT INTO partitions (ordinal, begins_at, held_at) VALUES (number, at, at);
END $$;

-- Answers about how many rows went with it, at least 1; 0 where something in it is unsettled again.
CREATE FUNCTION drop_partition(parents text[], number bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	parent text;
	child text;
	removed bigint := 0;
BEGIN
	PERFORM set_config('lock_timeout', '${LOCK_MS}', true), set_config('idle_in_transaction_session_timeout', '${STANDSTILL_MS}', true);
	FOREACH parent IN ARRAY parents LOOP
		EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', parent);
	END LOOP;
	IF 'deliveries' = ANY(parents)
		AND EXISTS (SELECT FROM work WHERE seq >= number * ${PARTITION_SIZE} AND seq < (number + 1) * ${PARTITION_SIZE}) THEN
		RETURN 0;
	END IF;
	FOREACH parent IN ARRAY parents LOOP
		child := parent || '_p' || number;
		IF parent <> 'attempts' THEN
			removed := removed + coalesce((SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(child)), 0);
		END IF;
		EXECUTE format('DROP TABLE IF EXISTS %I', child);
	END LOOP;
	DELETE FROM partitions
	WHERE ordinal = number AND to_regclass('deliveries_p' || number) IS NULL AND to_regclass('events_p' || number) IS NULL;
	RETURN greatest(removed, 1);
END $$;

SELECT create_partition(0);
`;

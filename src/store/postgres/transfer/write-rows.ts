/** Writes rows in the common form: a batch is a statement, and the numbers that the database gives go on after theirs. */
import type { TransferRow } from '../../../ports/transfer.ts';
import type { ColumnKind, TransferTable } from '../../shared/transfer-tables.ts';
import { blobs, bools, ints, texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type SqlValue, type Statement, statement } from '../statement.ts';

type Kinds = TransferTable['columns'];

const ARRAY_TYPE: Readonly<Record<ColumnKind, string>> = { text: 'text[]', int: 'bigint[]', flag: 'boolean[]', bytes: 'bytea[]' };

/** The columns that an unsettled delivery has in `work`. */
const WORK: Kinds = {
	seq: 'int',
	webhook_id: 'text',
	lane: 'text',
	lane_place: 'int',
	state: 'text',
	due_at: 'int',
	held_since: 'int',
	lane_free_at: 'int',
	attempts: 'int',
	last_error: 'text',
	is_overtaken: 'flag',
	replayed_at: 'int',
	created_at: 'int',
};
const INSERT_WORK: Statement = statement(
	'transfer_write_work',
	`INSERT INTO work (${Object.keys(WORK).join(', ')}) SELECT * FROM ${givenAs(WORK)}`,
);

/** What comes was written before, and counts as settled now: it is kept for as long as what is new, and what is too old goes row by row. */
const FIRST_PARTITION: readonly Statement[] = [
	statement('transfer_create_partition', 'SELECT create_partition(0)'),
	statement(
		'transfer_begin_partition',
		`INSERT INTO partitions (ordinal, begins_at, held_at)
		SELECT 0, now_ms, now_ms FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms) AS clock
		ON CONFLICT (ordinal) DO UPDATE SET held_at = excluded.held_at`,
	),
];

export async function writeRows(db: Queries, table: TransferTable, rows: readonly TransferRow[]): Promise<void> {
	const last = rows.at(-1);
	if (last === undefined) return;
	if (isPartitioned(table)) for (const prepare of FIRST_PARTITION) await db.query(prepare);
	await db.query(insertInto(table), arraysOf(table.columns, rows));
	if (table.name === 'deliveries') {
		const unsettled = rows.filter(({ state }) => state === 'pending');
		if (unsettled.length > 0) await db.query(INSERT_WORK, arraysOf(WORK, unsettled));
	}
	if (table.columns['seq'] !== undefined) await db.query(goOn(table), [Number(last['seq'])]);
}

function isPartitioned({ name }: TransferTable): boolean {
	return name === 'deliveries' || name === 'attempts' || name === 'events';
}

/** Later partitions may have begun: their numbers are never gone back behind. */
function goOn(table: TransferTable): Statement {
	const { name } = table;
	const text = isPartitioned(table)
		? `SELECT setval('${name}_seq', greatest($1, last_value)) FROM ${name}_seq`
		: `SELECT setval(pg_get_serial_sequence('${name}', 'seq'), $1)`;
	return statement(`transfer_go_on_${name}`, text);
}

function insertInto({ name, columns }: TransferTable): Statement {
	if (name === 'deliveries') return insertDeliveries(columns);
	const list = Object.keys(columns).join(', ');
	return statement(
		`transfer_write_${name}`,
		`INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM ${givenAs(columns)}`,
	);
}

/** What is not settled has the rest of it in `work`. */
function insertDeliveries(columns: Kinds): Statement {
	const kept = `seq, id, event_id, event_type, account_id, webhook_id, instance_id, chat_id, lane, created_at, settled_at, traceparent, body,
		replayed_at`;
	return statement(
		'transfer_write_deliveries',
		`INSERT INTO deliveries (${kept}, state, attempts, last_error, is_overtaken)
		SELECT ${kept}, CASE state WHEN 'pending' THEN 'open' ELSE state END,
			CASE state WHEN 'pending' THEN 0 ELSE attempts END,
			CASE state WHEN 'pending' THEN NULL ELSE last_error END,
			state <> 'pending' AND is_overtaken
		FROM ${givenAs(columns)}`,
	);
}

/** The rows as they are handed in: an array for each column. */
function givenAs(columns: Kinds): string {
	const arrays = Object.values(columns).map((kind, index) => `$${index + 1}::${ARRAY_TYPE[kind]}`);
	return `(SELECT * FROM unnest(${arrays.join(', ')})) AS given (${Object.keys(columns).join(', ')})`;
}

function arraysOf(columns: Kinds, rows: readonly TransferRow[]): readonly SqlValue[] {
	return Object.entries(columns).map(([column, kind]) =>
		arrayOf(
			kind,
			rows.map((row) => row[column] ?? null),
		),
	);
}

function arrayOf(kind: ColumnKind, values: readonly (string | number | null)[]): SqlValue {
	const present = <T>(to: (value: string | number) => T): (T | null)[] => values.map((value) => (value === null ? null : to(value)));
	switch (kind) {
		case 'text':
			return texts(present(String));
		case 'int':
			return ints(present(Number));
		case 'flag':
			return bools(present((value) => value === 1));
		case 'bytes':
			return blobs(present((value) => Buffer.from(String(value), 'base64')));
	}
}

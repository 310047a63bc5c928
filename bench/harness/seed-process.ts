/**
 * Fills a store that no gateway has open with many more of what it has: clones of the newest delivery with everything that was written for its
 * event (its rows in whatever tables mention its ids), each with ids, times and a chat of its own. It copies rows that the gateway wrote and
 * reads the schema from the file, so it knows no more of the tables than a few columns of deliveries, and how attempts are numbered.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ATTEMPT_KEYS } from '../../src/store/sqlite/deliveries/record-attempt.ts';
import { answerOrders } from './child.ts';

export interface SeedOrder {
	readonly file: string;
	readonly count: number;
	/** The clones are as old as this, epoch milliseconds, the first the oldest; all older than what is written next. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** What was there beyond so many rows a table goes before: so the clones are the newest, and every index grows at its end. Undefined: everything stays. */
	readonly keepRows?: number;
	/** `table.column`s of long texts that clones go without, but for each hundredth: so many would take their time to write. */
	readonly thin: readonly string[];
}

export interface Seeded {
	readonly seconds: number;
	readonly tables: Readonly<Record<string, number>>;
	readonly bytes: number;
	/** Of clones that are whole, spread over all of them. */
	readonly samples: Samples;
}

export interface Samples {
	readonly deliveryIds: readonly string[];
	readonly eventIds: readonly string[];
	readonly chatIds: readonly string[];
	readonly webhookIds: readonly string[];
	readonly instanceIds: readonly string[];
}

/** A row of the template: its table, and an SQL expression for each column, over `n`, `t` (time), `u` (16 digits of an id) and the chat's columns. */
interface Pattern {
	readonly table: string;
	readonly columns: readonly string[];
	readonly expressions: readonly string[];
}

/** What differs from chat to chat, in the order of the columns of the table of chats. */
type ChatTokens = Readonly<Record<(typeof CHAT_COLUMNS)[number], string>>;
const CHAT_COLUMNS = ['chat_id', 'webhook_id', 'instance_id', 'phone', 'lid', 'own_phone'] as const;

const WHOLE_EACH = 100;
const SAMPLES = 40;
const NEWEST_ROWS = 2_000;
const ROWS_AT_ONCE = 200_000;
const CACHE_KIB = 1_024 * 1_024;
/** Ids that belong to one event alone. */
const OWN_ID = /\b(?:evt|dlv|msg|jrn|att)_[0-9a-f]{32}|\b3EB0[0-9A-F]{18}\b/g;
const DAY_MS = 86_400_000;

answerOrders<SeedOrder>(async (order) => seed(order));

function seed({ file, count, firstAt, lastAt, keepRows, thin }: SeedOrder): Seeded {
	const startedAt = performance.now();
	// Nothing of it has to survive a crash; a defensive connection would not go without a journal.
	const db = new DatabaseSync(file, { defensive: false });
	try {
		db.exec(
			`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY; PRAGMA threads = 2`,
		);
		const patterns = findPatterns(db, thin);
		const chats = makeChats(db);
		const tables = [...new Set(patterns.map(({ table }) => table))];
		if (keepRows !== undefined) for (const table of tables) deleteBeyond(db, table, keepRows);
		const indexes = withoutIndexes(db, tables);
		const bases = new Map(tables.map((table) => [table, lastSeq(db, table)]));
		cloneAll(db, patterns, { bases, chats, count, firstAt, msPerRow: (lastAt - firstAt) / count });
		for (const sql of indexes) db.exec(sql);
		db.exec('DROP TABLE seed_chats; PRAGMA journal_mode = WAL');
		const bytes = Number(db.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get()?.['bytes']);
		const counts = Object.fromEntries(tables.map((table) => [table, count * patterns.filter((pattern) => pattern.table === table).length]));
		const samples = samplesOf(db, (bases.get('deliveries') ?? 0) + 1, count);
		return { samples, seconds: (performance.now() - startedAt) / 1000, tables: counts, bytes };
	} finally {
		db.close();
		flush(file);
	}
}

/** What the system has still to write would slow down whatever is measured next. */
function flush(file: string): void {
	const descriptor = openSync(file, 'r+');
	fsyncSync(descriptor);
	closeSync(descriptor);
}

interface Cloning {
	/** The last row id of each table before. */
	readonly bases: ReadonlyMap<string, number>;
	readonly chats: number;
	readonly count: number;
	readonly firstAt: number;
	readonly msPerRow: number;
}

function cloneAll(db: DatabaseSync, patterns: readonly Pattern[], { bases, chats, count, firstAt, msPerRow }: Cloning): void {
	const baseOf = (_: string, table: string): string => String(bases.get(table) ?? 0);
	for (let first = 0; first < count; first += ROWS_AT_ONCE) {
		const last = Math.min(count, first + ROWS_AT_ONCE) - 1;
		db.exec('BEGIN');
		for (const { table, columns, expressions } of patterns) {
			db.exec(`
				WITH RECURSIVE
					numbers (n) AS (SELECT ${first} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${last}),
					times AS (SELECT n, ${firstAt} + CAST(n * ${msPerRow} AS INTEGER) AS t FROM numbers),
					ids AS (SELECT n, t, printf('%012x7%03x', t, n % 4096) AS u FROM times)
				INSERT INTO ${table} (${columns.join(', ')})
				SELECT ${expressions.join(', ').replaceAll(/:base_(\w+)/g, baseOf)}
				FROM ids CROSS JOIN seed_chats ON seed_chats.place = n % ${chats}`);
		}
		db.exec('COMMIT');
	}
}

function deleteBeyond(db: DatabaseSync, table: string, rows: number): void {
	db.exec(`DELETE FROM ${table} WHERE seq >= ${(rows + 1) * (table === 'attempts' ? ATTEMPT_KEYS : 1)}`);
}

function lastSeq(db: DatabaseSync, table: string): number {
	return Number(db.prepare(`SELECT coalesce(max(seq), 0) AS seq FROM ${table}`).get()?.['seq']);
}

/** Takes the indexes away and answers what makes them again: sorting once is quicker than finding a place for each row. */
function withoutIndexes(db: DatabaseSync, tables: readonly string[]): readonly string[] {
	const indexes = db.prepare("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all();
	const ours = indexes.filter(({ tbl_name: table }) => tables.includes(String(table)));
	for (const { name } of ours) db.exec(`DROP INDEX ${name}`);
	return ours.map(({ sql }) => String(sql));
}

function samplesOf(db: DatabaseSync, firstSeq: number, count: number): Samples {
	const find = db.prepare('SELECT id, event_id, chat_id, webhook_id, instance_id FROM deliveries WHERE seq = ?');
	const step = Math.floor(count / SAMPLES / WHOLE_EACH) * WHOLE_EACH;
	const rows = Array.from({ length: SAMPLES }, (_, n) => find.get(firstSeq + n * step) ?? {});
	const column = (name: string): string[] => rows.map((row) => String(row[name]));
	return {
		deliveryIds: column('id'),
		eventIds: column('event_id'),
		chatIds: column('chat_id'),
		webhookIds: column('webhook_id'),
		instanceIds: column('instance_id'),
	};
}

/** One row for each chat that has a delivery, with what its rows say of it. */
function makeChats(db: DatabaseSync): number {
	db.exec(`CREATE TEMP TABLE seed_chats (place INTEGER PRIMARY KEY, ${CHAT_COLUMNS.join(', ')})`);
	const insert = db.prepare(`INSERT INTO seed_chats (${CHAT_COLUMNS.join(', ')}, place) VALUES (?, ?, ?, ?, ?, ?, ?)`);
	const newest = db
		.prepare(
			'SELECT chat_id, webhook_id, instance_id, body FROM deliveries WHERE seq IN (SELECT max(seq) FROM deliveries GROUP BY chat_id)',
		)
		.all();
	newest.forEach((row, place) => {
		insert.run(...Object.values(chatTokens(row)), place);
	});
	return newest.length;
}

function chatTokens(row: Readonly<Record<string, unknown>>): ChatTokens {
	const body = JSON.parse(String(row['body'])) as Readonly<Record<string, unknown>>;
	return {
		chat_id: String(row['chat_id']),
		webhook_id: String(row['webhook_id']),
		instance_id: String(row['instance_id']),
		phone: String(body['phone']),
		lid: String(body['senderLid']),
		own_phone: String(body['connectedPhone']),
	};
}

function findPatterns(db: DatabaseSync, thin: readonly string[]): readonly Pattern[] {
	const template = db.prepare('SELECT * FROM deliveries ORDER BY seq DESC LIMIT 1').get();
	if (template === undefined) throw new Error('there is no delivery to clone');
	const at = Number(template['created_at']);
	const chat = chatTokens(template);
	const rows = rowsOfEvent(db, { id: String(template['id']), seq: Number(template['seq']) });
	return rows.map((found) => {
		const { table, row } = found;
		const ofTable = rows.filter((other) => other.table === table);
		const columns = Object.keys(row);
		const expressions = columns.map((column) => {
			const value = row[column];
			if (column === 'seq' && table === 'attempts') return `(:base_deliveries + 1 + n) * ${ATTEMPT_KEYS} + ${Number(value) % ATTEMPT_KEYS}`;
			if (column === 'seq') return `:base_${table} + 1 + n * ${ofTable.length} + ${ofTable.indexOf(found)}`;
			if (typeof value === 'string') {
				const whole = textExpression(value, chat, at);
				return thin.includes(`${table}.${column}`) ? `CASE n % ${WHOLE_EACH} WHEN 0 THEN ${whole} ELSE '{}' END` : whole;
			}
			if (typeof value === 'number' && isNear(value, at)) return `t + ${value - at}`;
			if (value === null || typeof value === 'number') return String(value).toUpperCase();
			throw new Error(`${table}.${column} holds what cannot be cloned`);
		});
		return { table, columns, expressions };
	});
}

interface FoundRow {
	readonly table: string;
	readonly row: Readonly<Record<string, unknown>>;
}

/** The rows that mention the delivery, or an id that one of those rows mentions, and so on. */
function rowsOfEvent(db: DatabaseSync, delivery: { readonly id: string; readonly seq: number }): FoundRow[] {
	// A chat names its latest message, a simulated phone what is unread in it: both are there once a chat.
	const tables = db
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('chats', 'channel_state')")
		.all();
	const all = tables.flatMap(({ name }) => newestRows(db, String(name)));
	const ids = new Set([delivery.id]);
	const found = new Set<FoundRow>();
	for (let before = -1; found.size > before; ) {
		before = found.size;
		for (const one of all) {
			if (found.has(one)) continue;
			const mentioned = Object.values(one.row).flatMap((value) => (typeof value === 'string' ? (value.match(OWN_ID) ?? []) : []));
			const isAttempt = one.table === 'attempts' && Math.floor(Number(one.row['seq']) / ATTEMPT_KEYS) === delivery.seq;
			if (!isAttempt && !mentioned.some((id) => ids.has(id))) continue;
			found.add(one);
			for (const id of mentioned) ids.add(id);
		}
	}
	return [...found];
}

/** The newest are enough, and all of a large table too many. */
function newestRows(db: DatabaseSync, table: string): FoundRow[] {
	const hasRowid = db.prepare('SELECT wr FROM pragma_table_list(?)').get(table)?.['wr'] === 0;
	const rows = db.prepare(`SELECT * FROM ${table} ${hasRowid ? 'ORDER BY rowid DESC' : ''} LIMIT ${NEWEST_ROWS}`).all();
	return rows.map((row) => ({ table, row }));
}

/** The text with its ids, its times and what belongs to the chat replaced. */
function textExpression(text: string, chat: ChatTokens, at: number): string {
	const ofChat = new Map(CHAT_COLUMNS.map((column) => [chat[column], column]));
	const words = [...ofChat.keys()].filter((word) => word.length > 8).map((word) => word.replaceAll(/[^\w]/g, '\\$&'));
	const pieces: string[] = [];
	let end = 0;
	for (const match of text.matchAll(new RegExp(`${OWN_ID.source}|${words.join('|')}|\\b\\d{13}\\b`, 'g'))) {
		const expression = expressionOf(match[0], ofChat, at);
		if (expression === undefined) continue;
		pieces.push(quoted(text.slice(end, match.index)), expression);
		end = match.index + match[0].length;
	}
	pieces.push(quoted(text.slice(end)));
	return pieces.filter((piece) => piece !== "''").join(' || ') || "''";
}

function expressionOf(token: string, ofChat: ReadonlyMap<string, string>, at: number): string | undefined {
	const column = ofChat.get(token);
	if (column !== undefined) return column;
	if (token.startsWith('3EB0')) return `'3EB0' || upper(u) || '${token.slice(-2)}'`;
	if (token.includes('_')) return `'${token.slice(0, 4)}' || u || '${token.slice(-16)}'`;
	return isNear(Number(token), at) ? `(t + ${Number(token) - at})` : undefined;
}

function isNear(value: number, at: number): boolean {
	return Math.abs(value - at) < DAY_MS;
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

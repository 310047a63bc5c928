/** A stretch of a table that does not say whom its rows are about: those that name the contact go. */
import type { AboutContact, ErasureRules } from '../../../ports/personal-data.ts';
import { answerNames, GROUP_MARKS, isAnswerOf, isItsContent, isItsEvent, names, type Walked } from '../../shared/personal-traces.ts';
import { ints } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { eraseEvents } from './erase-events.ts';

export interface Look {
	/** Behind this one. */
	readonly seq: number;
	readonly stretch: number;
	readonly about: AboutContact;
	readonly traces: readonly string[];
	readonly at: number;
	readonly rules: ErasureRules;
}

export interface WalkedStretch {
	readonly seq: number;
	readonly isEnd: boolean;
	readonly erased: number;
	/** An event of it is being sent: the walk stands before that one. */
	readonly isWaiting: boolean;
	readonly webhookIds: readonly string[];
}

const JOURNAL: Statement = statement(
	'personal_walk_journal',
	'SELECT seq, instance_id, observation FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2',
);
const ANSWERS: Statement = statement(
	'personal_walk_answers',
	'SELECT seq, scope, sealed_body FROM idempotency WHERE seq > $1 ORDER BY seq LIMIT $2',
);
const MESSAGES: Statement = statement(
	'personal_walk_messages',
	`SELECT seq, CASE WHEN account_id = $3 AND status <> 'queued' AND ${marked('content')} THEN content END AS content
	FROM messages WHERE seq > $1 ORDER BY seq LIMIT $2`,
);
const EVENTS: Statement = statement(
	'personal_walk_events',
	`SELECT seq, id, CASE WHEN account_id = $3 AND ${marked('data')} THEN data END AS data
	FROM events WHERE seq > $1 ORDER BY seq LIMIT $2`,
);

function marked(column: string): string {
	return `(${GROUP_MARKS.map((mark) => `position('${mark}' in ${column}) > 0`).join(' OR ')})`;
}

export async function walkTable(db: Queries, table: Walked, look: Look): Promise<WalkedStretch> {
	const { seq, stretch, about, traces, rules } = look;
	const { accountId } = about.contact;
	switch (table) {
		case 'journal': {
			const owners = await ownersOf(db, accountId);
			const rows = await db.query<{ seq: number; instance_id: string; observation: string }>(JOURNAL, [seq, stretch]);
			return await walked(db, look, rows, 'journal', (row) => owners.has(row.instance_id) && names(row.observation, traces));
		}
		case 'answers': {
			const owners = await ownersOf(db, accountId);
			const rows = await db.query<{ seq: number; scope: string; sealed_body: string }>(ANSWERS, [seq, stretch]);
			const isMet = (row: (typeof rows)[number]): boolean =>
				isAnswerOf(row.scope, owners) && answerNames(row.sealed_body, rules.unseal, about);
			return await walked(db, look, rows, 'idempotency', isMet);
		}
		case 'messages': {
			const rows = await db.query<{ seq: number; content: string | null }>(MESSAGES, [seq, stretch, accountId]);
			return await walked(db, look, rows, 'messages', (row) => isItsContent(row.content, traces));
		}
		case 'events':
			return await walkEvents(db, look);
	}
}

const REMOVE = {
	journal: removeFrom('journal'),
	idempotency: removeFrom('idempotency'),
	messages: removeFrom('messages'),
} as const;

function removeFrom(table: string): Statement {
	return statement(`personal_remove_${table}`, `DELETE FROM ${table} WHERE seq = ANY($1::bigint[])`);
}

async function walked<Row extends { readonly seq: number }>(
	db: Queries,
	{ seq, stretch }: Look,
	rows: readonly Row[],
	table: keyof typeof REMOVE,
	isMet: (row: Row) => boolean,
): Promise<WalkedStretch> {
	const met = rows.filter(isMet);
	if (met.length > 0) await db.query(REMOVE[table], [ints(met.map((row) => row.seq))]);
	return { seq: rows.at(-1)?.seq ?? seq, isEnd: rows.length < stretch, erased: met.length, isWaiting: false, webhookIds: [] };
}

async function walkEvents(db: Queries, { seq, stretch, about, traces, at }: Look): Promise<WalkedStretch> {
	const rows = await db.query<{ seq: number; id: string; data: string | null }>(EVENTS, [seq, stretch, about.contact.accountId]);
	const met = rows.filter((row) => isItsEvent(row.data, traces));
	const { erased, isWaiting, webhookIds } = await eraseEvents(db, met, at);
	// Where one stays, the stretch is looked at again: those that went are not met any more.
	if (isWaiting) return { seq, isEnd: false, erased, isWaiting, webhookIds };
	return { seq: rows.at(-1)?.seq ?? seq, isEnd: rows.length < stretch, erased, isWaiting, webhookIds };
}

const OWNERS: Statement = statement(
	'personal_owners',
	'SELECT id FROM instances WHERE account_id = $1 UNION ALL SELECT id FROM applications WHERE account_id = $1',
);

/** The account with all that asks and is told in its name. */
async function ownersOf(db: Queries, accountId: string): Promise<ReadonlySet<string>> {
	const rows = await db.query<{ id: string }>(OWNERS, [accountId]);
	return new Set([accountId, ...rows.map(({ id }) => id)]);
}

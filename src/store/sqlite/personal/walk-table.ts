/** A stretch of a table that does not say whom its rows are about: those that name the contact go. */
import type { AboutContact, ErasureRules } from '../../../ports/personal-data.ts';
import { answerNames, GROUP_MARKS, isAnswerOf, isItsContent, isItsEvent, names, type Walked } from '../../shared/personal-traces.ts';
import type { Connection } from '../connection.ts';
import { eraseEvent } from './erase-event.ts';

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

const JOURNAL = 'SELECT seq, instance_id, observation FROM journal WHERE seq > ? ORDER BY seq LIMIT ?';
const ANSWERS = 'SELECT seq, scope, sealed_body FROM idempotency WHERE seq > ? ORDER BY seq LIMIT ?';
const MESSAGES = `
	SELECT seq, CASE WHEN account_id = ?3 AND status <> 'queued' AND ${marked('content')} THEN content END AS content
	FROM messages WHERE seq > ?1 ORDER BY seq LIMIT ?2`;
const EVENTS = `
	SELECT seq, id, CASE WHEN account_id = ?3 AND ${marked('data')} THEN data END AS data
	FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2`;

function marked(column: string): string {
	return `(${GROUP_MARKS.map((mark) => `instr(${column}, '${mark}') > 0`).join(' OR ')})`;
}

export function walkTable(db: Connection, table: Walked, look: Look): WalkedStretch {
	const { seq, stretch, about, traces, rules } = look;
	const { accountId } = about.contact;
	switch (table) {
		case 'journal': {
			const owners = ownersOf(db, accountId);
			const rows = db.all<{ seq: number; instance_id: string; observation: string }>(JOURNAL, seq, stretch);
			return walked(db, look, rows, 'journal', (row) => owners.has(row.instance_id) && names(row.observation, traces));
		}
		case 'answers': {
			const owners = ownersOf(db, accountId);
			const rows = db.all<{ seq: number; scope: string; sealed_body: string }>(ANSWERS, seq, stretch);
			const isMet = (row: (typeof rows)[number]): boolean =>
				isAnswerOf(row.scope, owners) && answerNames(row.sealed_body, rules.unseal, about);
			return walked(db, look, rows, 'idempotency', isMet);
		}
		case 'messages': {
			const rows = db.all<{ seq: number; content: string | null }>(MESSAGES, seq, stretch, accountId);
			return walked(db, look, rows, 'messages', (row) => isItsContent(row.content, traces));
		}
		case 'events':
			return walkEvents(db, look);
	}
}

function walked<Row extends { readonly seq: number }>(
	db: Connection,
	{ seq, stretch }: Look,
	rows: readonly Row[],
	table: 'journal' | 'idempotency' | 'messages',
	isMet: (row: Row) => boolean,
): WalkedStretch {
	const met = rows.filter(isMet);
	for (const row of met) db.run(`DELETE FROM ${table} WHERE seq = ?`, row.seq);
	return { seq: rows.at(-1)?.seq ?? seq, isEnd: rows.length < stretch, erased: met.length, isWaiting: false, webhookIds: [] };
}

function walkEvents(db: Connection, { seq, stretch, about, traces, at }: Look): WalkedStretch {
	const rows = db.all<{ seq: number; id: string; data: string | null }>(EVENTS, seq, stretch, about.contact.accountId);
	const webhookIds = new Set<string>();
	let [place, erased] = [seq, 0];
	for (const row of rows) {
		if (isItsEvent(row.data, traces)) {
			const gone = eraseEvent(db, row, at);
			for (const webhookId of gone.webhookIds) webhookIds.add(webhookId);
			if (!gone.isGone) return { seq: place, isEnd: false, erased, isWaiting: true, webhookIds: [...webhookIds] };
			erased += 1;
		}
		place = row.seq;
	}
	return { seq: place, isEnd: rows.length < stretch, erased, isWaiting: false, webhookIds: [...webhookIds] };
}

/** The account with all that asks and is told in its name. */
function ownersOf(db: Connection, accountId: string): ReadonlySet<string> {
	const ids = ['instances', 'applications'].flatMap((table) =>
		db.all<{ id: string }>(`SELECT id FROM ${table} WHERE account_id = ?`, accountId).map(({ id }) => id),
	);
	return new Set([accountId, ...ids]);
}

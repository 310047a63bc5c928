/** A batch of what hangs on a contact by an id: attendances are rewritten; events with their deliveries, messages with their media, and documents go. */
import type { Attendance } from '../../../domain/attendance.ts';
import type { AboutContact } from '../../../ports/personal-data.ts';
import type { DocumentRow } from '../../shared/document-row.ts';
import type { AboutErased, Erasing } from '../../shared/erasing.ts';
import { CUSTOMER_ERASED } from '../../shared/personal-traces.ts';
import { fromJson } from '../../shared/row-values.ts';
import { ints, texts } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { eraseEvents } from './erase-events.ts';

export async function eraseAbout(db: Queries, about: AboutContact, erasing: Erasing): Promise<AboutErased> {
	const { limit, at } = erasing;
	const { accountId } = about.contact;
	const webhookIds = new Set<string>();
	let [erased, isWaiting] = [0, false];
	for (const { id } of about.chats) {
		erased += await eraseAttendances(db, { accountId, chatId: id }, { ...erasing, limit: limit - erased });
		const events = await eraseEvents(db, await db.query(EVENTS, [id, limit - erased]), at);
		erased += events.erased;
		isWaiting ||= events.isWaiting;
		for (const webhookId of events.webhookIds) webhookIds.add(webhookId);
		const messages = await eraseMessages(db, { accountId, chatId: id }, limit - erased);
		erased += messages.erased;
		isWaiting ||= messages.isWaiting;
	}
	for (const parentId of [about.contact.id, ...about.chats.map(({ id }) => id)]) {
		erased += await eraseDocuments(db, parentId, { ...erasing, limit: limit - erased });
	}
	return { erased, isWaiting, webhookIds: [...webhookIds] };
}

const COUNT: Statement = statement(
	'personal_count',
	`SELECT (SELECT count(*) FROM attendances WHERE account_id = $2 AND chat_id = $1) + (SELECT count(*) FROM events WHERE chat_id = $1)
		+ (SELECT count(*) FROM messages WHERE chat_id = $1) + (SELECT count(*) FROM documents WHERE parent_id = $1) AS count`,
);

export async function countAbout(db: Queries, { contact, chats }: AboutContact): Promise<number> {
	let count = 0;
	for (const { id } of chats) count += (await db.query<{ count: number }>(COUNT, [id, contact.accountId]))[0]?.count ?? 0;
	return count;
}

interface OfChat {
	readonly accountId: string;
	readonly chatId: string;
}

const ATTENDANCES: Statement = statement(
	'personal_attendances',
	`SELECT seq, record FROM attendances WHERE account_id = $1 AND chat_id = $2 AND position('${CUSTOMER_ERASED}' in record) = 0 LIMIT $3`,
);
const REWRITE_ATTENDANCE: Statement = statement('personal_rewrite_attendance', 'UPDATE attendances SET record = $2 WHERE seq = $1');

async function eraseAttendances(db: Queries, { accountId, chatId }: OfChat, erasing: Erasing): Promise<number> {
	const rows = await db.query<{ seq: number; record: string }>(ATTENDANCES, [accountId, chatId, erasing.limit]);
	for (const { seq, record } of rows) {
		const attendance = fromJson<Attendance>(record);
		await db.query(REWRITE_ATTENDANCE, [seq, JSON.stringify(erasing.rules.attendance(attendance))]);
		await eraseDocumentsOfAttendance(db, attendance.id, erasing);
	}
	return rows.length;
}

const OF_COLLECTIONS: Statement = statement(
	'personal_documents_of_collections',
	'SELECT * FROM documents WHERE collection = ANY($1::text[]) AND id = $2',
);

/** Few: how it was transferred, how it was rated. */
async function eraseDocumentsOfAttendance(db: Queries, id: string, erasing: Erasing): Promise<void> {
	await eraseDocuments(db, id, { ...erasing, limit: Number.MAX_SAFE_INTEGER });
	const rated = await db.query<DocumentRow>(OF_COLLECTIONS, [texts(Object.keys(erasing.rules.rewrites)), id]);
	for (const row of rated) await eraseDocument(db, row, erasing);
}

const EVENTS: Statement = statement('personal_events', 'SELECT seq, id FROM events WHERE chat_id = $1 ORDER BY seq LIMIT $2');

const MESSAGES: Statement = statement(
	'personal_messages',
	"SELECT seq, id FROM messages WHERE chat_id = $1 AND status <> 'queued' LIMIT $2",
);
const IS_QUEUED: Statement = statement('personal_is_queued', "SELECT 1 FROM messages WHERE chat_id = $1 AND status = 'queued' LIMIT 1");
/** What was uploaded for them, and is in no message of anybody else. */
const REMOVE_UPLOADS: Statement = statement(
	'personal_remove_uploads',
	`DELETE FROM media WHERE message_id IS NULL AND account_id = $1 AND sha256 IN (
		SELECT own.sha256 FROM media AS own WHERE own.message_id = ANY($2::text[]) AND NOT EXISTS (
			SELECT FROM media AS other JOIN messages ON messages.id = other.message_id
			WHERE other.sha256 = own.sha256 AND other.account_id = $1 AND messages.chat_id <> $3
		)
	)`,
);
const REMOVE_MESSAGES: Statement = statement('personal_remove_own_messages', 'DELETE FROM messages WHERE seq = ANY($1::bigint[])');

/** One that is still queued was made while the contact was being hidden: it goes when it was sent. */
async function eraseMessages(db: Queries, { accountId, chatId }: OfChat, limit: number): Promise<Omit<AboutErased, 'webhookIds'>> {
	const rows = await db.query<{ seq: number; id: string }>(MESSAGES, [chatId, limit]);
	if (rows.length > 0) {
		await db.query(REMOVE_UPLOADS, [accountId, texts(rows.map(({ id }) => id)), chatId]);
		await db.query(REMOVE_MESSAGES, [ints(rows.map(({ seq }) => seq))]);
	}
	return { erased: rows.length, isWaiting: (await db.query(IS_QUEUED, [chatId])).length > 0 };
}

const OF_PARENT: Statement = statement('personal_documents', 'SELECT * FROM documents WHERE parent_id = $1 LIMIT $2');

async function eraseDocuments(db: Queries, parentId: string, erasing: Erasing): Promise<number> {
	const rows = await db.query<DocumentRow>(OF_PARENT, [parentId, erasing.limit]);
	for (const row of rows) await eraseDocument(db, row, erasing);
	return rows.length;
}

const DELETE_DOCUMENT: Statement = statement('personal_delete_document', 'DELETE FROM documents WHERE collection = $1 AND id = $2');
/** Nothing is left that it hangs on. */
const REWRITE_DOCUMENT: Statement = statement(
	'personal_rewrite_document',
	'UPDATE documents SET value = $3, parent_id = NULL, version = version + 1 WHERE collection = $1 AND id = $2',
);

async function eraseDocument(db: Queries, { collection, id, value }: DocumentRow, { rules }: Erasing): Promise<void> {
	const rewrite = rules.rewrites[collection];
	if (rewrite) await db.query(REWRITE_DOCUMENT, [collection, id, JSON.stringify(rewrite(fromJson(value)))]);
	else await db.query(DELETE_DOCUMENT, [collection, id]);
}

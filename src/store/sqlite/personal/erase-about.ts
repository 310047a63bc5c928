/** A batch of what hangs on a contact by an id: attendances are rewritten; events with their deliveries, messages with their media, and documents go. */
import type { Attendance } from '../../../domain/attendance.ts';
import type { AboutContact } from '../../../ports/personal-data.ts';
import type { DocumentRow } from '../../shared/document-row.ts';
import type { AboutErased, Erasing } from '../../shared/erasing.ts';
import { CUSTOMER_ERASED } from '../../shared/personal-traces.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { eraseEvent } from './erase-event.ts';

export function eraseAbout(db: Connection, about: AboutContact, erasing: Erasing): AboutErased {
	const { limit } = erasing;
	const { accountId } = about.contact;
	const webhookIds = new Set<string>();
	let [erased, isWaiting] = [0, false];
	for (const { id } of about.chats) {
		erased += eraseAttendances(db, { accountId, chatId: id }, { ...erasing, limit: limit - erased });
		const events = eraseEvents(db, id, { ...erasing, limit: limit - erased });
		erased += events.erased;
		isWaiting ||= events.isWaiting;
		for (const webhookId of events.webhookIds) webhookIds.add(webhookId);
		const messages = eraseMessages(db, { accountId, chatId: id }, limit - erased);
		erased += messages.erased;
		isWaiting ||= messages.isWaiting;
	}
	for (const parentId of [about.contact.id, ...about.chats.map(({ id }) => id)]) {
		erased += eraseDocuments(db, parentId, { ...erasing, limit: limit - erased });
	}
	return { erased, isWaiting, webhookIds: [...webhookIds] };
}

const COUNTS: readonly string[] = [
	'SELECT count(*) AS count FROM attendances INDEXED BY attendances_chat WHERE account_id = ?2 AND chat_id = ?1',
	'SELECT count(*) AS count FROM events INDEXED BY events_chat WHERE chat_id = ?1 AND ?2 IS NOT NULL',
	'SELECT count(*) AS count FROM messages INDEXED BY messages_chat WHERE chat_id = ?1 AND ?2 IS NOT NULL',
	'SELECT count(*) AS count FROM documents INDEXED BY documents_of_parent WHERE parent_id = ?1 AND ?2 IS NOT NULL',
];

export function countAbout(db: Connection, { contact, chats }: AboutContact): number {
	let count = 0;
	for (const sql of COUNTS) for (const { id } of chats) count += db.get<{ count: number }>(sql, id, contact.accountId)?.count ?? 0;
	return count;
}

interface OfChat {
	readonly accountId: string;
	readonly chatId: string;
}

const ATTENDANCES = `
	SELECT seq, record FROM attendances INDEXED BY attendances_chat
	WHERE account_id = ? AND chat_id = ? AND instr(record, '${CUSTOMER_ERASED}') = 0 LIMIT ?`;
const REWRITE_ATTENDANCE = 'UPDATE attendances SET record = ? WHERE seq = ?';

function eraseAttendances(db: Connection, { accountId, chatId }: OfChat, erasing: Erasing): number {
	const rows = db.all<{ seq: number; record: string }>(ATTENDANCES, accountId, chatId, erasing.limit);
	for (const { seq, record } of rows) {
		const attendance = fromJson<Attendance>(record);
		db.run(REWRITE_ATTENDANCE, JSON.stringify(erasing.rules.attendance(attendance)), seq);
		eraseDocumentsOfAttendance(db, attendance.id, erasing);
	}
	return rows.length;
}

const OF_COLLECTION = 'SELECT * FROM documents WHERE collection = ? AND id = ?';

/** Few: how it was transferred, how it was rated. */
function eraseDocumentsOfAttendance(db: Connection, id: string, erasing: Erasing): void {
	eraseDocuments(db, id, { ...erasing, limit: Number.MAX_SAFE_INTEGER });
	for (const collection of Object.keys(erasing.rules.rewrites)) {
		for (const row of db.all<DocumentRow>(OF_COLLECTION, collection, id)) eraseDocument(db, row, erasing);
	}
}

const EVENTS = 'SELECT seq, id FROM events INDEXED BY events_chat WHERE chat_id = ? ORDER BY seq LIMIT ?';

function eraseEvents(db: Connection, chatId: string, { limit, at }: Erasing): AboutErased {
	const webhookIds: string[] = [];
	let [erased, isWaiting] = [0, false];
	for (const event of db.all<{ seq: number; id: string }>(EVENTS, chatId, limit)) {
		const gone = eraseEvent(db, event, at);
		webhookIds.push(...gone.webhookIds);
		if (gone.isGone) erased += 1;
		else isWaiting = true;
	}
	return { erased, isWaiting, webhookIds };
}

const MESSAGES = "SELECT seq, id FROM messages INDEXED BY messages_chat WHERE chat_id = ? AND status <> 'queued' LIMIT ?";
const IS_QUEUED = "SELECT 1 FROM messages INDEXED BY messages_chat WHERE chat_id = ? AND status = 'queued' LIMIT 1";
/** What was uploaded for it, and is in no message of anybody else. */
const UPLOADS_OF_MESSAGE: string = `
	DELETE FROM media WHERE message_id IS NULL AND account_id = ?1 AND sha256 IN (
		SELECT sha256 FROM media AS own WHERE own.message_id = ?2 AND NOT EXISTS (
			SELECT 1 FROM media AS other JOIN messages ON messages.id = other.message_id
			WHERE other.sha256 = own.sha256 AND other.account_id = ?1 AND messages.chat_id <> ?3
		)
	)`;

/** One that is still queued was made while the contact was being hidden: it goes when it was sent. */
function eraseMessages(db: Connection, { accountId, chatId }: OfChat, limit: number): Omit<AboutErased, 'webhookIds'> {
	const rows = db.all<{ seq: number; id: string }>(MESSAGES, chatId, limit);
	for (const { seq, id } of rows) {
		db.run(UPLOADS_OF_MESSAGE, accountId, id, chatId);
		db.run('DELETE FROM messages WHERE seq = ?', seq);
	}
	return { erased: rows.length, isWaiting: db.get(IS_QUEUED, chatId) !== undefined };
}

const OF_PARENT = 'SELECT * FROM documents INDEXED BY documents_of_parent WHERE parent_id = ? LIMIT ?';

function eraseDocuments(db: Connection, parentId: string, erasing: Erasing): number {
	const rows = db.all<DocumentRow>(OF_PARENT, parentId, erasing.limit);
	for (const row of rows) eraseDocument(db, row, erasing);
	return rows.length;
}

const DELETE_DOCUMENT = 'DELETE FROM documents WHERE collection = ? AND id = ?';
/** Nothing is left that it hangs on. */
const REWRITE_DOCUMENT = 'UPDATE documents SET value = ?, parent_id = NULL, version = version + 1 WHERE collection = ? AND id = ?';

function eraseDocument(db: Connection, { collection, id, value }: DocumentRow, { rules }: Erasing): void {
	const rewrite = rules.rewrites[collection];
	if (rewrite) db.run(REWRITE_DOCUMENT, JSON.stringify(rewrite(fromJson(value))), collection, id);
	else db.run(DELETE_DOCUMENT, collection, id);
}

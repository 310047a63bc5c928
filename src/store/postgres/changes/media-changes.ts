/** Writes links to media. That a blob has lost its last link is noted by a trigger (migration 5). */
import type { Blob } from '../../../ports/blobs.ts';
import type { Change } from '../../../ports/changes.ts';
import type { StoredMedium } from '../../../ports/media.ts';
import type { Batch, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, insertion, refusedUnlessWritten } from './sheets.ts';

const INSERT: Sheet = insertion(
	{
		phase: 'records',
		table: 'media',
		columns: {
			id: 'text',
			account_id: 'text',
			mime_type: 'text',
			file_name: 'text',
			sha256: 'text',
			size: 'int',
			created_at: 'int',
			expires_at: 'int',
			message_id: 'text',
		},
	},
	'exists',
);
const FILL: Sheet = {
	phase: 'records',
	statement: statement(
		'media_fill',
		`WITH written AS (
			UPDATE media SET sha256 = given.sha256, size = given.size, mime_type = given.mime_type
			FROM unnest($1::text[], $2::text[], $3::int8[], $4::text[]) AS given (id, sha256, size, mime_type)
			WHERE media.id = given.id AND media.sha256 IS NULL RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'text', 'int', 'text'],
};
const ATTACH: Sheet = {
	phase: 'records',
	statement: statement(
		'media_attach',
		`UPDATE media SET message_id = given.message_id FROM unnest($1::text[], $2::text[], $3::text[]) AS given (id, account_id, message_id)
		WHERE media.id = given.id AND media.account_id = given.account_id AND media.message_id IS NULL`,
	),
	columns: ['text', 'text', 'text'],
};
const RELEASE: Sheet = {
	phase: 'records',
	statement: statement('media_release', 'DELETE FROM media WHERE message_id = ANY ($1::text[])'),
	columns: ['text'],
};

/** Without a lock: its id is new. */
export function insertMedium(batch: Batch, medium: StoredMedium): void {
	const { id, accountId, mimeType, fileName, blob, createdAt, expiresAt, messageId } = medium;
	const keys = [`media/${id}`, ...(messageId === undefined ? [] : [keyOfMessage(messageId)])];
	batch.add(INSERT, [id, accountId, mimeType, fileName, blob?.sha256, blob?.size, createdAt, expiresAt, messageId], keys);
}

export function fillMedium(batch: Batch, id: string, mimeType: string, { sha256, size }: Blob): void {
	addLocked(batch, FILL, [id, sha256, size, mimeType], `media/${id}`);
}

export function attachMedia(batch: Batch, { ids, accountId, messageId }: Extract<Change, { kind: 'media.attach' }>): void {
	for (const id of ids) addLocked(batch, ATTACH, [id, accountId, messageId], `media/${id}`, keyOfMessage(messageId));
}

export function releaseMedia(batch: Batch, messageId: string): void {
	addLocked(batch, RELEASE, [messageId], keyOfMessage(messageId));
}

function keyOfMessage(id: string): string {
	return `media-of/${id}`;
}

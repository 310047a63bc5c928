/**
 * Chats know their last message in the order of storing, and which one was before the customer began to wait: the transcript of an attendance is exactly
 * what was stored between request and end.
 */
import type { Migration } from './migration.ts';

const DESK: string = `
ALTER TABLE chats ADD COLUMN last_message_id text COLLATE "C";
ALTER TABLE chats ADD COLUMN waiting_after text COLLATE "C";
UPDATE chats SET
	last_message_id = (SELECT id FROM messages WHERE chat_id = chats.id ORDER BY seq DESC LIMIT 1),
	waiting_after = (
		SELECT id FROM messages WHERE chat_id = chats.id AND created_at < chats.waiting_since ORDER BY created_at DESC, seq DESC LIMIT 1
	);
`;

export const desk: Migration = { version: 6, compatibleFrom: 2, sql: DESK };

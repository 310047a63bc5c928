/** The rows of a contact, with its aliases and chats, as one record. */
import type { Alias } from '../../domain/message.ts';
import type { AboutContact } from '../../ports/personal-data.ts';
import { type ChatRow, toChatView, toContact } from './chat-row.ts';

export type ContactRow = Parameters<typeof toContact>[0];

export function toAbout(contact: ContactRow, aliases: readonly Alias[], chats: readonly ChatRow[]): AboutContact {
	return {
		contact: toContact(contact),
		aliases: aliases.map(({ kind, value }) => ({ kind, value })),
		chats: chats.map((row) => toChatView(row).chat),
	};
}

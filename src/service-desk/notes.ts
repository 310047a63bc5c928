/** What operators write down about a chat. */
import { RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import { type AccessParts, chatFor } from './chat-access.ts';
import { pageOfDocuments } from './document-pages.ts';
import type { Asker, Note, Notes } from './services.ts';

const NOTES = collection<Note>('notes');

export interface NoteParts extends AccessParts {
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
}

export class NoteBook implements Notes {
	readonly #parts: NoteParts;

	constructor(parts: NoteParts) {
		this.#parts = parts;
	}

	async add(asker: Asker, chatId: string, text: string): Promise<Note> {
		const { outbox, clock, ids } = this.#parts;
		const { scope, open } = await chatFor(this.#parts, asker, chatId);
		const note: Note = {
			id: ids.next('nte'),
			chatId,
			...(open === undefined ? {} : { attendanceId: open.id }),
			text,
			...(scope.by === undefined ? {} : { by: scope.by }),
			createdAt: clock.now(),
		};
		const put = NOTES.put({ id: note.id, accountId: asker.accountId, parentId: chatId, at: note.createdAt, value: note }, 0);
		return commitDecided(outbox, async () => ({ result: note, decision: { changes: [put], events: [] } }));
	}

	async list(asker: Asker, chatId: string, page: PageRequest): Promise<Page<Note>> {
		await chatFor(this.#parts, asker, chatId);
		const found = await pageOfDocuments(this.#parts.store.documents, NOTES, { parentId: chatId, order: 'newest' }, page);
		return { ...found, items: found.items.map(({ value }) => value) };
	}

	async delete(asker: Asker, chatId: string, noteId: string): Promise<void> {
		const { store, outbox } = this.#parts;
		await chatFor(this.#parts, asker, chatId);
		const note = await NOTES.get(store.documents, noteId);
		if (note?.value.chatId !== chatId) throw new RecadoError('not_there', { details: { what: 'note' } });
		await commitDecided(outbox, async () => ({ result: undefined, decision: { changes: [NOTES.delete(noteId)], events: [] } }));
	}
}

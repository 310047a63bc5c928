/** An attendance by its number, with all that belongs to it. */
import { TRANSFERS, transcriptOf } from '../messaging/attendance-steps.ts';
import type { MessagingOptions } from '../messaging/options.ts';
import type { Store } from '../ports/store.ts';
import type { Ticket, Tickets } from './services.ts';
import { ANSWERS } from './survey-answers.ts';

/** More often nobody hands one customer on; of more the first are told. */
export const TRANSFERS_TOLD_MAX = 500;

export interface TicketParts {
	readonly store: Pick<Store, 'attendances' | 'chats' | 'messages' | 'documents'>;
	readonly options: Pick<MessagingOptions, 'transcriptMessagesMax'>;
}

export class TicketLookUp implements Tickets {
	readonly #parts: TicketParts;

	constructor(parts: TicketParts) {
		this.#parts = parts;
	}

	async byNumber(accountId: string, number: number): Promise<Ticket | undefined> {
		const { store } = this.#parts;
		const attendance = await store.attendances.byNumber(accountId, number);
		const view = attendance && (await store.chats.chat(attendance.chatId));
		if (!attendance || !view) return undefined;
		const [transcript, transfers, answer] = await Promise.all([
			transcriptOf(this.#parts, attendance),
			TRANSFERS.list(store.documents, { parentId: attendance.id, order: 'oldest', limit: TRANSFERS_TOLD_MAX }),
			ANSWERS.get(store.documents, attendance.id),
		]);
		return { attendance, view, transcript, transfers: transfers.map(({ value }) => value), ...(answer ? { answer: answer.value } : {}) };
	}
}

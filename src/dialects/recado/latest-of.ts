/** Chats, and attendances with their chats, with what was written last in them: for lists that a person reads. */
import { type TBoolean, type TOptional, Type } from 'typebox';
import type { Attendance } from '../../domain/attendance.ts';
import type { ChatView } from '../../ports/chats.ts';
import type { RecadoReads } from './deps.ts';
import { attendanceView } from './views/attendance.ts';
import { chatView, UNREAD_LOOKED_AT } from './views/chat.ts';
import { messageView } from './views/message.ts';
import type { View } from './views/view.ts';

/** Spread into the query of a list of chats. */
export const latestProperty: { readonly latest: TOptional<TBoolean> } = {
	latest: Type.Optional(Type.Boolean({ description: 'With the latest message of each chat, and how many are unread' })),
};

type Reads = Pick<RecadoReads, 'chats' | 'messages'>;

interface Asked {
	readonly latest?: boolean;
}

export function chatsShown(store: Reads, views: readonly ChatView[], { latest = false }: Asked): Promise<View[]> {
	return Promise.all(views.map((view) => (latest ? latestOf(store, view) : chatView(view))));
}

/** @param chatOf undefined where the asker may not see it: the chat of a finished one may be in other hands by now. */
export function attendancesShown(
	store: Reads,
	attendances: readonly Attendance[],
	{ latest = false }: Asked,
	chatOf: (chatId: string) => Promise<ChatView | undefined>,
): Promise<View[]> {
	return Promise.all(
		attendances.map(async (attendance) => {
			const view = latest ? await chatOf(attendance.chatId) : undefined;
			return view ? { ...attendanceView(attendance), chat: await latestOf(store, view) } : attendanceView(attendance);
		}),
	);
}

export async function latestOf(store: Reads, view: ChatView): Promise<View> {
	const latest = await store.messages.latestOfChat(view.chat.id, UNREAD_LOOKED_AT);
	return { ...chatView(view), lastMessage: latest && messageView(latest.message), unread: latest?.unread ?? 0 };
}

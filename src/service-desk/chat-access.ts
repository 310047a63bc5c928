/** Finds a chat for an asker, or says that there is none for them. */
import type { Attendance } from '../domain/attendance.ts';
import { RecadoError } from '../errors.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Store } from '../ports/store.ts';
import { type AskerScope, maySeeChat, type ScopeParts, scopeOf } from './asker-scope.ts';
import type { Asker } from './services.ts';

export interface AccessParts extends ScopeParts {
	readonly store: ScopeParts['store'] & Pick<Store, 'chats' | 'attendances'>;
}

export interface SeenChatView {
	readonly view: ChatView;
	readonly scope: AskerScope;
	readonly open: Attendance | undefined;
}

/** Throws not_there (what: chat), operator_missing, operator_inactive. */
export async function chatFor(parts: AccessParts, asker: Asker, chatId: string): Promise<SeenChatView> {
	const scope = await scopeOf(parts, asker);
	const view = await parts.store.chats.chat(chatId);
	const openId = view?.chat.attendanceId;
	const open = openId === undefined ? undefined : await parts.store.attendances.attendance(openId);
	if (!view || !maySeeChat(scope, view.chat, open)) throw new RecadoError('not_there', { details: { what: 'chat' } });
	return { view, scope, open };
}

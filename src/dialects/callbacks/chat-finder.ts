/** The chat that a caller means by a phone number or an address, however it is written. */
import type { Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import { partyOfAddress, readAddress } from '../../messaging/chat-opening.ts';
import type { ChatReads, ChatView } from '../../ports/chats.ts';

/** Throws invalid_phone, not_there (what: chat). */
export function chatFinder(chats: Pick<ChatReads, 'findByAlias'>): (instance: Instance, written: string) => Promise<ChatView> {
	return async (instance, written) => {
		const { aliases } = partyOfAddress(readAddress(written));
		const view = await chats.findByAlias(instance.id, instance.accountId, aliases);
		if (!view) throw new RecadoError('not_there', { details: { what: 'chat' } });
		return view;
	};
}

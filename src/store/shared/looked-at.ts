/** Which filters of messages ask for what no index knows, so that each row has to be looked at. */
import type { MessageFilter } from '../../ports/messages.ts';

export function isLookedAt({ chatId, contextId, status, steps, search }: MessageFilter): boolean {
	const isContextOfChat = chatId !== undefined && contextId !== undefined;
	return isContextOfChat || status !== undefined || steps !== undefined || search !== undefined;
}

/**
 * Keeps what is shown of the desk fresh: the live stream says when something happened, and where it is not to be had the desk looks by itself. What happens
 * on a calm desk is seen at once; on a busy one every look would be followed by the next, so that they are kept apart, the open chat's less than the rest.
 */
import { useThrottledCallback } from '@mantine/hooks';
import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStream } from '../../api/stream.ts';
import { isLookedAt } from './gone.ts';

/** News can be missed; a look this often makes up for it. */
const LOOK_MS = 30_000;
const LOOK_WITHOUT_NEWS_MS = 4_000;
/** Between two looks at the open chat: a conversation is written in. */
const CHAT_MS = 2_000;
/** Between two looks at lists, and at what stands beside the chat. */
const REST_MS = 5_000;

/** @param chatId the chat that is open */
export function useLiveDesk(accountId: string, chatId: string | undefined): void {
	const queries = useQueryClient();
	// The chat and its messages: notes are seldom made.
	const ofChat: readonly unknown[] = ['', '/messages'].map((end) => `/accounts/${accountId}/chats/${chatId}${end}`);
	const isOfChat = ({ queryKey: [, , path] }: Query): boolean => ofChat.includes(path);
	const lookAtChat = useThrottledCallback(() => {
		void queries.invalidateQueries({ queryKey: ['desk', accountId], predicate: (query) => isLookedAt(query) && isOfChat(query) });
	}, CHAT_MS);
	const lookAtRest = useThrottledCallback(() => {
		void queries.invalidateQueries({ queryKey: ['desk', accountId], predicate: (query) => isLookedAt(query) && !isOfChat(query) });
	}, REST_MS);
	const state = useStream(['changed'], { accountId }, (_, data) => {
		if ((data as { readonly what: string }).what !== 'desk') return;
		lookAtChat();
		lookAtRest();
	});
	const everyMs = state === 'open' ? LOOK_MS : LOOK_WITHOUT_NEWS_MS;
	useEffect(() => {
		const timer = setInterval(() => {
			if (!document.hidden) void queries.invalidateQueries({ queryKey: ['desk', accountId], predicate: isLookedAt });
		}, everyMs);
		return () => clearInterval(timer);
	}, [everyMs, accountId, queries]);
}

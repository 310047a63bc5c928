/** One chat: who it is with, what was written, and what can be done with it. */
import { Box, Text } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { change } from '../../../api/http.ts';
import type { Attendance, Chat } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Problem } from '../../../parts/problem.tsx';
import { useAsker } from '../asker.ts';
import { chatPath, useAttendance, useChat } from '../desk-data.ts';
import classes from './chat.module.css';
import { ChatHead } from './chat-head.tsx';
import { CHAT_WORDS } from './chat-words.ts';
import { Composer } from './composer.tsx';
import { History } from './history.tsx';

export interface ChatViewProps {
	readonly chatId: string;
	/** Shows what is known of the contact, where that has no place of its own. */
	readonly onDetails?: () => void;
}

export function ChatView({ chatId, onDetails }: ChatViewProps) {
	const { data: chat, error, isLoading, refetch } = useChat(chatId);
	const { data: open } = useAttendance(chat?.attendanceId);
	if (isLoading) return <Loading />;
	if (!chat) {
		return (
			<>
				<ChatHead chat={undefined} open={undefined} onDetails={undefined} />
				<Box p="md">
					<Problem error={error} onRetry={() => void refetch()} />
				</Box>
			</>
		);
	}
	return <Opened chat={chat} open={chat.attendanceId === undefined ? undefined : open} onDetails={onDetails} />;
}

interface OpenedProps {
	readonly chat: Chat;
	readonly open: Attendance | undefined;
	readonly onDetails: (() => void) | undefined;
}

function Opened({ chat, open, onDetails }: OpenedProps) {
	const say = useWords(CHAT_WORDS);
	const asker = useAsker();
	const isTheirs = open !== undefined && (asker.operatorId === undefined || open.operators.some(({ id }) => id === asker.operatorId));
	useReading(chat, isTheirs);
	return (
		<section className={classes['whole']} aria-label={chat.name}>
			<ChatHead chat={chat} open={open} onDetails={onDetails} />
			<History chatId={chat.id} customer={chat.name} />
			{isTheirs ? (
				<Composer chat={chat} />
			) : (
				<Text size="sm" c="dimmed" ta="center" p="sm" className={classes['foot']}>
					{say.mustAttend}
				</Text>
			)}
		</section>
	);
}

/** What an operator has before their eyes is read. The account itself only looks: whoever attends does not know of it. */
function useReading({ id, unread, lastMessage }: Chat, isTheirs: boolean): void {
	const asker = useAsker();
	const isUnread = isTheirs && asker.operatorId !== undefined && (unread ?? 0) > 0;
	const read = useEffectEvent(() => {
		// Where it does not work, it is tried again with the next message.
		change('POST', `${chatPath(asker, id)}/read`, asker.as).catch(() => undefined);
	});
	const lastId = lastMessage?.id;
	// biome-ignore lint/correctness/useExhaustiveDependencies: each new message is read
	useEffect(() => {
		if (isUnread) read();
	}, [isUnread, lastId]);
}

/** One chat: who it is with, what was written, and what can be done with it. */
import { Box } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { change } from '../../../api/http.ts';
import type { Attendance, Chat } from '../../../api/views.ts';
import { Loading } from '../../../parts/loading.tsx';
import { Problem } from '../../../parts/problem.tsx';
import { attends, useAsker } from '../asker.ts';
import { chatPath, useAttendance, useChat } from '../desk-data.ts';
import type { DetailsShown } from '../details/details-shown.ts';
import { isGone } from '../gone.ts';
import classes from './chat.module.css';
import { ChatHead } from './chat-head.tsx';
import { Composer } from './composer.tsx';
import { Foot } from './foot.tsx';
import { GoneChat } from './gone-chat.tsx';
import { History } from './history.tsx';

export interface ChatViewProps {
	readonly chatId: string;
	readonly details: DetailsShown;
}

export function ChatView({ chatId, details }: ChatViewProps) {
	const { data: chat, error, isLoading, refetch } = useChat(chatId);
	const { data: open, isLoading: isOpenAwaited } = useAttendance(chat?.attendanceId);
	if (isLoading) return <Loading />;
	if (isGone(error)) return <GoneChat chatId={chatId} seen={chat && { chat, open }} />;
	if (!chat) {
		return (
			<>
				<ChatHead chat={undefined} open={undefined} details={details} />
				<Box p="md">
					<Problem error={error} onRetry={() => void refetch()} />
				</Box>
			</>
		);
	}
	return <Opened chat={chat} open={chat.attendanceId === undefined ? undefined : open} isOpenAwaited={isOpenAwaited} details={details} />;
}

interface OpenedProps {
	readonly chat: Chat;
	readonly open: Attendance | undefined;
	/** There is one, and it is not known yet whose. */
	readonly isOpenAwaited: boolean;
	readonly details: DetailsShown;
}

function Opened({ chat, open, isOpenAwaited, details }: OpenedProps) {
	const asker = useAsker();
	const isTheirs = attends(asker, open);
	const isOthers = !isTheirs && !isOpenAwaited;
	// With the account it always is: what is over for it was not taken from it.
	const wasTheirs = useEver(isTheirs && asker.operatorId !== undefined);
	const wasOthers = useEver(isOthers);
	useReading(chat, isTheirs);
	return (
		<section className={classes['whole']} aria-label={chat.name}>
			<ChatHead chat={chat} open={open} details={details} />
			<History chatId={chat.id} customer={chat.name} />
			{isTheirs && <Composer chat={chat} isNew={wasOthers} />}
			{isOthers && <Foot chatId={chat.id} open={open} isLost={wasTheirs} />}
		</section>
	);
}

/** Whether it was so while this is shown. */
function useEver(isSo: boolean): boolean {
	const [was, setWas] = useState(false);
	useEffect(() => {
		if (isSo) setWas(true);
	}, [isSo]);
	return was;
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

/** The service desk: what waits and is attended, the chat that is opened, and what is known of it. */
import { Box, Drawer, VisuallyHidden } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { MessagesSquare } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { OneAccount } from '../../parts/one-account.tsx';
import { useArrival } from './arrival.ts';
import { AskerContext, useAskerOf } from './asker.ts';
import { ChatView } from './chat/chat-view.tsx';
import { useChat } from './desk-data.ts';
import classes from './desk-page.module.css';
import { useDeskPlace } from './desk-place.ts';
import { WORDS } from './desk-words.ts';
import { Details } from './details/details.tsx';
import { useDetailsShown } from './details/details-shown.ts';
import { isGone } from './gone.ts';
import { DeskLists } from './lists/desk-lists.tsx';
import { useLiveDesk } from './live-desk.ts';
import { TicketDialog } from './ticket-dialog.tsx';

export function DeskPage() {
	const say = useWords(WORDS);
	if (useArrival()) return <Loading />;
	return <OneAccount title={say.desk}>{(accountId) => <Desk key={accountId} accountId={accountId} />}</OneAccount>;
}

function Desk({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	useDocumentTitle(`${say.desk} · Recado`);
	const { chatId } = useDeskPlace();
	useLiveDesk(accountId, chatId);
	const asker = useAskerOf(accountId);
	const details = useDetailsShown();
	const lists = useRef<HTMLElement>(null);
	useWayBack(lists, chatId);
	return (
		<AskerContext value={asker}>
			<VisuallyHidden component="h1">{say.desk}</VisuallyHidden>
			<div className={classes['desk']} data-chat={chatId !== undefined || undefined}>
				<section ref={lists} className={classes['lists']} aria-label={say.lists}>
					<DeskLists />
				</section>
				<div className={classes['chat']}>
					{chatId === undefined ? (
						<Box m="auto">
							<Empty icon={MessagesSquare} title={say.choose}>
								{say.chooseText}
							</Empty>
						</Box>
					) : (
						<ChatView key={chatId} chatId={chatId} details={details} />
					)}
				</div>
				{details.isBeside && chatId !== undefined && <Aside key={chatId} chatId={chatId} isFolded={!details.isShown} />}
			</div>
			{!details.isBeside && chatId !== undefined && (
				<Side key={chatId} chatId={chatId} isOpen={details.isShown} onClose={() => details.show(false)} />
			)}
			<TicketDialog />
		</AskerContext>
	);
}

/** Whoever leaves a chat by what was in it goes on at the list that it was opened from. */
function useWayBack(lists: RefObject<HTMLElement | null>, chatId: string | undefined): void {
	const before = useRef(chatId);
	useEffect(() => {
		const isLeft = before.current !== undefined && chatId === undefined;
		before.current = chatId;
		if (isLeft && document.activeElement === document.body) {
			lists.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
		}
	}, [chatId, lists]);
}

/** Of what is not there nothing is known, but for an attendance of it that was asked for. */
function useKnown(chatId: string): 'chat' | 'attendance' | undefined {
	const { search } = useDeskPlace();
	const { error } = useChat(chatId);
	if (!isGone(error)) return 'chat';
	return search.attendance === undefined ? undefined : 'attendance';
}

interface AsideProps {
	readonly chatId: string;
	readonly isFolded: boolean;
}

function Aside({ chatId, isFolded }: AsideProps) {
	const say = useWords(WORDS);
	const known = useKnown(chatId);
	// Where there is no conversation, nothing has to make room for it.
	if (known === undefined || (known === 'chat' && isFolded)) return null;
	return (
		<aside className={classes['details']} aria-label={say.details}>
			<Details chatId={chatId} />
		</aside>
	);
}

interface SideProps {
	readonly chatId: string;
	readonly isOpen: boolean;
	readonly onClose: () => void;
}

/** Where there is no room for it beside the chat. */
function Side({ chatId, isOpen, onClose }: SideProps) {
	const say = useWords(WORDS);
	const isKnown = useKnown(chatId) !== undefined;
	return (
		<Drawer
			opened={isOpen && isKnown}
			onClose={onClose}
			position="right"
			size="sm"
			title={say.details}
			closeButtonProps={{ 'aria-label': say.close }}
		>
			<Details chatId={chatId} />
		</Drawer>
	);
}

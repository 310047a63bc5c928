/** The service desk: what waits and is attended, the chat that is opened, and what is known of it. */
import { Box, Drawer, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useDocumentTitle, useMediaQuery } from '@mantine/hooks';
import { MessagesSquare } from 'lucide-react';
import { useWords } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { OneAccount } from '../../parts/one-account.tsx';
import { useArrival } from './arrival.ts';
import { AskerContext, useAskerOf } from './asker.ts';
import { ChatView } from './chat/chat-view.tsx';
import classes from './desk-page.module.css';
import { useDeskPlace } from './desk-place.ts';
import { WORDS } from './desk-words.ts';
import { Details } from './details/details.tsx';
import { DeskLists } from './lists/desk-lists.tsx';
import { useLiveDesk } from './live-desk.ts';
import { TicketDialog } from './ticket-dialog.tsx';

/** From here on there is room for the third column. */
const THREE_COLUMNS = '(min-width: 78em)';

export function DeskPage() {
	const say = useWords(WORDS);
	if (useArrival()) return <Loading />;
	return <OneAccount title={say.desk}>{(accountId) => <Desk key={accountId} accountId={accountId} />}</OneAccount>;
}

function Desk({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	useDocumentTitle(`${say.desk} · Recado`);
	useLiveDesk(accountId);
	const asker = useAskerOf(accountId);
	const { chatId } = useDeskPlace();
	const isWide = useMediaQuery(THREE_COLUMNS, true, { getInitialValueInEffect: false });
	const [isOpen, { open, close }] = useDisclosure();
	return (
		<AskerContext value={asker}>
			<VisuallyHidden component="h1">{say.desk}</VisuallyHidden>
			<div className={classes['desk']} data-chat={chatId !== undefined || undefined}>
				<section className={classes['lists']} aria-label={say.lists}>
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
						<ChatView key={chatId} chatId={chatId} {...(isWide ? {} : { onDetails: open })} />
					)}
				</div>
				{isWide && chatId !== undefined && (
					<aside className={classes['details']} aria-label={say.details}>
						<Details key={chatId} chatId={chatId} />
					</aside>
				)}
			</div>
			{!isWide && chatId !== undefined && (
				<Drawer
					opened={isOpen}
					onClose={close}
					position="right"
					size="sm"
					title={say.details}
					closeButtonProps={{ 'aria-label': say.close }}
				>
					<Details key={chatId} chatId={chatId} />
				</Drawer>
			)}
			<TicketDialog />
		</AskerContext>
	);
}

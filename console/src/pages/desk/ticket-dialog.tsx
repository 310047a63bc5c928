/** An attendance looked up by its number: what it was, everything that was written in it, transfers, and the survey. */
import { Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { useWords, words } from '../../i18n/words.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Loading } from '../../parts/loading.tsx';
import { shownPhone } from '../../parts/phone-text.ts';
import { Problem } from '../../parts/problem.tsx';
import { Bubble } from './chat/bubble.tsx';
import classes from './chat/chat.module.css';
import { useTicket } from './desk-data.ts';
import { useDeskPlace } from './desk-place.ts';
import { WORDS as DESK_WORDS } from './desk-words.ts';
import { AttendanceFacts, TransferList } from './details/attendance-part.tsx';

const WORDS = words({
	en: {
		title: (number: number) => `Attendance #${number}`,
		transcript: 'Transcript',
		nothing: 'Nothing was written.',
		open: 'Open the chat',
	},
	pt: {
		title: (number: number) => `Atendimento #${number}`,
		transcript: 'Transcrição',
		nothing: 'Nada foi escrito.',
		open: 'Abrir a conversa',
	},
});

const TRANSCRIPT_HEIGHT = 360;

export function TicketDialog() {
	const say = useWords(WORDS);
	const desk = useWords(DESK_WORDS);
	const { search, change } = useDeskPlace();
	const { ticket: number } = search;
	const { data: ticket, error, isLoading, refetch } = useTicket(number);
	if (number === undefined) return null;
	return (
		<Modal
			opened
			size="lg"
			title={say.title(number)}
			onClose={() => change({ ticket: undefined })}
			closeButtonProps={{ 'aria-label': desk.close }}
		>
			{isLoading && <Loading />}
			{error && <Problem error={error} onRetry={() => void refetch()} />}
			{ticket && (
				<Stack>
					<Text fw={600}>
						{ticket.chat.name} · {shownPhone(ticket.chat.phone)}
					</Text>
					<AttendanceFacts attendance={ticket.attendance} answer={{ given: ticket.answer }} />
					<TransferList transfers={ticket.transfers} />
					<Text size="sm" c="dimmed">
						{say.transcript}
					</Text>
					{ticket.transcript.length === 0 ? (
						<Text size="sm">{say.nothing}</Text>
					) : (
						<ScrollArea.Autosize
							mah={TRANSCRIPT_HEIGHT}
							type="auto"
							className={classes['transcript']}
							viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': say.transcript }}
						>
							<ol className={classes['messages']}>
								{ticket.transcript.map((message) => (
									<Bubble key={message.id} message={message} customer={ticket.chat.name} quoted={undefined} reactions={NONE} />
								))}
							</ol>
						</ScrollArea.Autosize>
					)}
					<LinkTo
						to="/console/desk/chats/$chatId"
						params={{ chatId: ticket.chat.id }}
						search={{ ...search, ticket: undefined, attendance: ticket.attendance.id }}
					>
						{say.open}
					</LinkTo>
				</Stack>
			)}
		</Modal>
	);
}

const NONE: readonly string[] = [];

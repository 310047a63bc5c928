/** What is known of a chat: its attendance, its contact, what operators noted, and what can be pressed. */
import { Accordion } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCustomButtons } from '../../../api/staff.ts';
import { useWords } from '../../../i18n/words.ts';
import { Loading } from '../../../parts/loading.tsx';
import { useAsker } from '../asker.ts';
import { useAttendance, useChat } from '../desk-data.ts';
import { useDeskPlace } from '../desk-place.ts';
import { isGone } from '../gone.ts';
import { AttendancePart } from './attendance-part.tsx';
import { BeforePart } from './before-part.tsx';
import { ButtonsPart } from './buttons-part.tsx';
import { ContactPart } from './contact-part.tsx';
import { DETAIL_WORDS } from './detail-words.ts';
import { NotesPart } from './notes-part.tsx';

const OPEN_AT_FIRST = ['attendance', 'contact', 'notes', 'buttons'];

export function Details({ chatId }: { readonly chatId: string }) {
	const say = useWords(DETAIL_WORDS);
	const { accountId, isManager } = useAsker();
	const { search } = useDeskPlace();
	const { data, error, isLoading } = useChat(chatId);
	const chat = isGone(error) ? undefined : data;
	const shownId = search.attendance ?? chat?.attendanceId;
	const { data: attendance } = useAttendance(shownId);
	const { data: buttons = [] } = useCustomButtons(accountId);
	if (isLoading) return <Loading />;
	if (shownId === undefined && !chat) return null;
	return (
		<Accordion
			multiple
			defaultValue={OPEN_AT_FIRST}
			variant="default"
			chevronSize={16}
			order={3}
			styles={{ label: { fontWeight: 600, fontSize: 'var(--mantine-font-size-sm)' } }}
		>
			<Part name="attendance" title={say.attendance}>
				<AttendancePart attendance={shownId === undefined ? undefined : attendance} />
			</Part>
			{chat && (
				<Part name="contact" title={say.contact}>
					<ContactPart chat={chat} />
				</Part>
			)}
			{chat && (
				<Part name="notes" title={say.notes}>
					<NotesPart chatId={chat.id} />
				</Part>
			)}
			{chat && buttons.length > 0 && (
				<Part name="buttons" title={say.buttons}>
					<ButtonsPart chatId={chat.id} buttons={buttons} />
				</Part>
			)}
			{isManager && (
				<Part name="before" title={say.before}>
					<BeforePart chatId={chatId} />
				</Part>
			)}
		</Accordion>
	);
}

interface PartProps {
	readonly name: string;
	readonly title: string;
	readonly children: ReactNode;
}

function Part({ name, title, children }: PartProps) {
	return (
		<Accordion.Item value={name}>
			<Accordion.Control>{title}</Accordion.Control>
			<Accordion.Panel>{children}</Accordion.Panel>
		</Accordion.Item>
	);
}

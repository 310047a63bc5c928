/** A chat in a list of the desk: who it is, since when, and whose it is. */
import { Badge, Group, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDepartments } from '../../../api/staff.ts';
import type { Attendance, Chat } from '../../../api/views.ts';
import { count } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/words.ts';
import { inShort } from '../../../parts/message/in-short.ts';
import { MESSAGE_WORDS } from '../../../parts/message/words.ts';
import { shownPhone } from '../../../parts/phone-text.ts';
import { StateBadge } from '../../../parts/state-badge.tsx';
import { When } from '../../../parts/when.tsx';
import { useAsker } from '../asker.ts';
import { useChat } from '../desk-data.ts';
import { useDeskPlace } from '../desk-place.ts';
import { WORDS } from '../desk-words.ts';
import { useBackAgain } from '../gone.ts';
import { Initials } from '../initials.tsx';
import { Waited } from '../waited.tsx';
import classes from './desk-lists.module.css';

export function WaitingRow({ chat }: { readonly chat: Chat }) {
	const say = useWords(WORDS);
	const { accountId } = useAsker();
	const { data: departments = [] } = useDepartments(accountId);
	const department = departments.find(({ id }) => id === chat.departmentId) ?? departments.find(({ isDefault }) => isDefault);
	return (
		<Row
			chatId={chat.id}
			name={chat.name}
			phone={chat.phone}
			latest={chat}
			side={chat.waitingSince && <Waited since={chat.waitingSince} />}
		>
			{department?.name ?? say.noDepartment}
		</Row>
	);
}

export interface AttendanceRowProps {
	readonly attendance: Attendance;
	readonly latest?: Chat | undefined;
}

export function AttendanceRow({ attendance, latest }: AttendanceRowProps) {
	const say = useWords(WORDS);
	const { id, chatId, number, status, customer, department, operators, finishedAt, requestedAt } = attendance;
	const isOver = status === 'finished';
	const side =
		operators.length === 0 && !isOver ? (
			<StateBadge tone="warn">{say.unattended}</StateBadge>
		) : (
			<When at={finishedAt ?? requestedAt} size="xs" isShort />
		);
	return (
		<Row chatId={chatId} {...(isOver ? { attendanceId: id } : {})} name={customer.name} phone={customer.phone} latest={latest} side={side}>
			{[`#${number}`, department?.name ?? say.noDepartment, ...operators.map((one) => one.name)].join(' · ')}
		</Row>
	);
}

/** Of one's own: with what was written last. There are few of them. */
export function OwnRow({ attendance }: { readonly attendance: Attendance }) {
	const { data: chat } = useChat(attendance.chatId);
	return <AttendanceRow attendance={attendance} latest={chat} />;
}

interface RowProps {
	readonly chatId: string;
	readonly attendanceId?: string;
	readonly name: string;
	readonly phone: string;
	/** With its latest message, where that is known. */
	readonly latest: Chat | undefined;
	readonly side: ReactNode;
	readonly children: string;
}

function Row({ chatId, attendanceId, name, phone, latest, side, children }: RowProps) {
	const place = useDeskPlace();
	const isHere = place.chatId === chatId && (attendanceId === undefined || place.search.attendance === attendanceId);
	useBackAgain(isHere);
	return (
		<li>
			<Link
				to="/console/desk/chats/$chatId"
				params={{ chatId }}
				search={{ ...place.search, attendance: attendanceId }}
				className={classes['row']}
				aria-current={isHere ? 'true' : undefined}
			>
				<Initials name={name} />
				<div className={classes['words']}>
					<Group justify="space-between" wrap="nowrap" gap="xs">
						<Text fw={600} size="sm" truncate title={name}>
							{name === '' ? shownPhone(phone) : name}
						</Text>
						{side}
					</Group>
					<LastLine phone={phone} latest={latest} />
					<Text size="xs" c="dimmed" truncate title={children}>
						{children}
					</Text>
				</div>
			</Link>
		</li>
	);
}

function LastLine({ phone, latest }: Pick<RowProps, 'phone' | 'latest'>) {
	const say = useWords(MESSAGE_WORDS);
	const lastMessage = latest?.lastMessage;
	const unread = latest?.unread ?? 0;
	return (
		<Group justify="space-between" wrap="nowrap" gap="xs">
			<Text size="xs" truncate {...(unread > 0 ? { fw: 600 } : { c: 'dimmed' })}>
				{lastMessage ? `${lastMessage.fromMe ? '→ ' : ''}${inShort(lastMessage.content, say)}` : shownPhone(phone)}
			</Text>
			{unread > 0 && <Unread count={unread} />}
		</Group>
	);
}

function Unread({ count: unread }: { readonly count: number }) {
	const say = useWords(WORDS);
	const shown = `${count(unread)}${unread < LOOKED_AT ? '' : '+'}`;
	return (
		<>
			<Badge size="sm" circle={unread < TWO_DIGITS} variant="filled" color="green.8" aria-hidden style={{ flexShrink: 0 }}>
				{shown}
			</Badge>
			<VisuallyHidden>{say.unread(shown, unread)}</VisuallyHidden>
		</>
	);
}

const TWO_DIGITS = 10;
/** So many of the newest messages does the gateway look at: where none of them was read, there may be more. */
const LOOKED_AT = 50;

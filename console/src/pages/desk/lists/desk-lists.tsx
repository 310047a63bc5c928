/** What waits, what is attended, and what is over: one list at a time, with how many there are. */
import { Badge, Tabs, Text } from '@mantine/core';
import { Archive, Armchair, type LucideIcon, MessageCircle, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Paged } from '../../../api/pages.ts';
import type { DeskCount } from '../../../api/views.ts';
import { count } from '../../../i18n/format.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Listed } from '../../../parts/listed.tsx';
import { useAsker } from '../asker.ts';
import { useAttendances, useAttendingCount, useWaiting, useWaitingCount } from '../desk-data.ts';
import { useDeskPlace } from '../desk-place.ts';
import { LISTS, type ListName } from '../desk-search.ts';
import { WORDS } from '../desk-words.ts';
import { AttendanceRow, OwnRow, WaitingRow } from './chat-row.tsx';
import classes from './desk-lists.module.css';
import { ListHead } from './list-head.tsx';

const EMPTY = words({
	en: {
		waiting: 'Nobody is waiting',
		waitingText: 'A chat appears here when a customer writes and nobody attends.',
		mine: 'Nothing of yours',
		mineText: 'Take the next one, or open a chat that waits.',
		all: 'No open attendance',
		allText: 'Attendances in progress appear here.',
		closed: 'Nothing closed yet',
		closedText: 'Attendances that were finished appear here, the latest first.',
	},
	pt: {
		waiting: 'Ninguém aguardando',
		waitingText: 'Uma conversa aparece aqui quando um cliente escreve e ninguém está atendendo.',
		mine: 'Nada com você',
		mineText: 'Puxe o próximo ou abra uma conversa que está aguardando.',
		all: 'Nenhum atendimento em andamento',
		allText: 'Os atendimentos em andamento aparecem aqui.',
		closed: 'Nada encerrado ainda',
		closedText: 'Os atendimentos encerrados aparecem aqui, o mais recente primeiro.',
	},
});

const ICONS: Readonly<Record<ListName, LucideIcon>> = { waiting: Armchair, mine: UserRound, all: MessageCircle, closed: Archive };

export function DeskLists() {
	const say = useWords(WORDS);
	const { operatorId, seesOthers } = useAsker();
	const { search, go } = useDeskPlace();
	const departmentId = search.department;
	const list = search.list ?? 'waiting';
	const [ofMine, ofAll] = [{ ofOperatorId: operatorId, departmentId }, { departmentId }];
	const mine = useAttendances('attending', ofMine, operatorId !== undefined);
	const all = useAttendances('attending', ofAll, seesOthers);
	const closed = useAttendances('closed', { departmentId }, list === 'closed');
	const shown = LISTS.filter((one) => (one === 'mine' ? operatorId !== undefined : one !== 'all' || seesOthers));
	const active = shown.includes(list) ? list : 'waiting';
	// The longest of the lists, with what was written last in each chat: where it is not shown, how many there are is enough.
	const isWaitingShown = active === 'waiting';
	const waiting = useWaiting(departmentId, isWaitingShown);
	const found = { waiting, mine, all, closed };
	// A list that ends on its first page needs no count.
	const isCounted = { waiting: !isWaitingShown || waiting.hasMore, mine: mine.hasMore, all: all.hasMore };
	const counts = {
		waiting: useWaitingCount(departmentId, isCounted.waiting).data,
		mine: useAttendingCount(ofMine, isCounted.mine).data,
		all: useAttendingCount(ofAll, isCounted.all).data,
	};
	const howMany = (name: Exclude<ListName, 'closed'>): DeskCount => {
		const { items, hasMore } = found[name];
		return (isCounted[name] ? counts[name] : undefined) ?? { count: items.length, isAtLeast: hasMore };
	};
	return (
		<>
			<ListHead />
			<Tabs
				value={active}
				onChange={(next) => go(undefined, { list: next as ListName })}
				classNames={classes as object}
				keepMounted={false}
			>
				<Tabs.List grow>
					{shown.map((name) => (
						<Tabs.Tab key={name} value={name} rightSection={name === 'closed' ? undefined : <HowMany {...howMany(name)} />}>
							{say[name]}
						</Tabs.Tab>
					))}
				</Tabs.List>
				{shown.map((name) => {
					const OneRow = name === 'mine' ? OwnRow : AttendanceRow;
					return (
						<Tabs.Panel key={name} value={name} tabIndex={-1}>
							{name === 'waiting' ? (
								<Rows name={name} list={waiting}>
									{(chat) => <WaitingRow key={chat.id} chat={chat} />}
								</Rows>
							) : (
								<Rows name={name} list={found[name]}>
									{(attendance) => <OneRow key={attendance.id} attendance={attendance} />}
								</Rows>
							)}
						</Tabs.Panel>
					);
				})}
			</Tabs>
		</>
	);
}

/** Nothing is said of an empty list, nor of one that is not there yet. */
function HowMany({ count: known, isAtLeast }: DeskCount) {
	if (known === 0) return null;
	const shown = `${count(known)}${isAtLeast ? '+' : ''}`;
	return (
		<Badge size="sm" circle={shown.length < 2} variant="filled" color="gray.7" miw="max-content">
			{shown}
		</Badge>
	);
}

interface RowsProps<T> {
	readonly name: ListName;
	readonly list: Paged<T>;
	readonly children: (item: T) => ReactNode;
}

function Rows<T>({ name, list, children }: RowsProps<T>) {
	const say = useWords(EMPTY);
	return (
		<Listed
			list={list}
			empty={
				<Empty icon={ICONS[name]} title={say[name]}>
					<Text size="sm">{say[`${name}Text`]}</Text>
				</Empty>
			}
			isFlush
		>
			{(items) => <ul className={classes['rows']}>{items.map(children)}</ul>}
		</Listed>
	);
}

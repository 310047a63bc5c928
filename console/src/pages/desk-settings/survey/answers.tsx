/** What customers answered to the survey, the latest first. */
import { Group, Stack, Table, Text } from '@mantine/core';
import { Star } from 'lucide-react';
import { usePaged } from '../../../api/pages.ts';
import type { RatedAttendance } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { Empty } from '../../../parts/empty.tsx';
import { LinkTo } from '../../../parts/link-to.tsx';
import { Listed } from '../../../parts/listed.tsx';
import { Card } from '../../../parts/page.tsx';
import { When } from '../../../parts/when.tsx';

const WORDS = words({
	en: {
		answers: 'Answers',
		none: 'No answers yet',
		noneText: 'They appear here as customers answer.',
		rating: 'Rating',
		attendance: 'Attendance',
		operators: 'Operators',
		observation: 'Observation',
		at: 'When',
	},
	pt: {
		answers: 'Respostas',
		none: 'Nenhuma resposta ainda',
		noneText: 'Elas aparecem aqui quando os clientes respondem.',
		rating: 'Nota',
		attendance: 'Atendimento',
		operators: 'Operadores',
		observation: 'Observação',
		at: 'Quando',
	},
});

export function Answers({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const list = usePaged<RatedAttendance>(['desk', accountId], `/accounts/${accountId}/survey/answers`);
	return (
		<Card title={say.answers}>
			<Listed
				list={list}
				empty={
					<Empty icon={Star} title={say.none}>
						{say.noneText}
					</Empty>
				}
			>
				{(items) => (
					<Table.ScrollContainer minWidth={560}>
						<Table verticalSpacing="xs">
							<Table.Thead>
								<Table.Tr>
									<Table.Th>{say.rating}</Table.Th>
									<Table.Th>{say.attendance}</Table.Th>
									<Table.Th>{say.operators}</Table.Th>
									<Table.Th>{say.observation}</Table.Th>
									<Table.Th>{say.at}</Table.Th>
								</Table.Tr>
							</Table.Thead>
							<Table.Tbody>
								{items.map((item) => (
									<Answer key={item.attendance.id} item={item} />
								))}
							</Table.Tbody>
						</Table>
					</Table.ScrollContainer>
				)}
			</Listed>
		</Card>
	);
}

function Answer({ item: { attendance, answer } }: { readonly item: RatedAttendance }) {
	return (
		<Table.Tr>
			<Table.Td>
				<Group gap={4} wrap="nowrap">
					<Star size={14} aria-hidden />
					<Text size="sm" fw={600}>
						{answer.rating}
					</Text>
				</Group>
			</Table.Td>
			<Table.Td>
				<Stack gap={0}>
					<LinkTo
						to="/console/desk/chats/$chatId"
						params={{ chatId: attendance.chatId }}
						search={{ list: 'closed', attendance: attendance.id }}
						size="sm"
					>
						#{attendance.number}
					</LinkTo>
					<Text size="xs" c="dimmed">
						{attendance.customer.name}
					</Text>
				</Stack>
			</Table.Td>
			<Table.Td>{attendance.operators.map(({ name }) => name).join(', ')}</Table.Td>
			<Table.Td style={{ overflowWrap: 'anywhere' }}>{answer.observation}</Table.Td>
			<Table.Td>
				<When at={answer.answeredAt} />
			</Table.Td>
		</Table.Tr>
	);
}

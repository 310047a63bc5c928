/** The attendances of a chat, the latest first. */
import { Group, Stack, Text } from '@mantine/core';
import { usePaged } from '../../../api/pages.ts';
import type { Attendance } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { LinkTo } from '../../../parts/link-to.tsx';
import { Listed } from '../../../parts/listed.tsx';
import { When } from '../../../parts/when.tsx';
import { useAsker } from '../asker.ts';
import { useDeskPlace } from '../desk-place.ts';
import { DETAIL_WORDS } from './detail-words.ts';

export function BeforePart({ chatId }: { readonly chatId: string }) {
	const say = useWords(DETAIL_WORDS);
	const { accountId } = useAsker();
	const { search } = useDeskPlace();
	const list = usePaged<Attendance>(['desk', accountId], `/accounts/${accountId}/attendances`, { chatId, status: 'finished', limit: 10 });
	return (
		<Stack gap={6}>
			<Listed
				list={list}
				empty={
					<Text size="sm" c="dimmed">
						{say.noneBefore}
					</Text>
				}
			>
				{(attendances) =>
					attendances.map(({ id, number, finishedAt, startedAt }) => (
						<Group key={id} justify="space-between" wrap="nowrap">
							<LinkTo
								to="/console/desk/chats/$chatId"
								params={{ chatId }}
								search={{ ...search, attendance: id }}
								size="sm"
								aria-current={search.attendance === id ? 'true' : undefined}
							>
								#{number}
							</LinkTo>
							<When at={finishedAt ?? startedAt} />
						</Group>
					))
				}
			</Listed>
		</Stack>
	);
}

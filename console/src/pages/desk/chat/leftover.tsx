/** What was begun to write in a chat that one cannot write in any more: to be copied. */
import { Group, Stack, Text } from '@mantine/core';
import { useWords } from '../../../i18n/words.ts';
import { CopyIt } from '../../../parts/copy.tsx';
import { CHAT_WORDS } from './chat-words.ts';
import { useDraft } from './drafts.ts';

export function Leftover({ chatId }: { readonly chatId: string }) {
	const say = useWords(CHAT_WORDS);
	const { text } = useDraft(chatId);
	if (text.trim() === '') return null;
	return (
		<Stack gap={2} px="md" pb="sm">
			<Text size="xs" c="dimmed">
				{say.leftover}
			</Text>
			<Group gap="xs" wrap="nowrap" align="flex-start">
				<Text size="sm" flex={1} mah="8rem" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', overflowY: 'auto' }}>
					{text}
				</Text>
				<CopyIt value={text} />
			</Group>
		</Stack>
	);
}

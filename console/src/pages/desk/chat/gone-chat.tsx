/** In the place of a chat that is not there for whoever asks, with what they had begun to write in it. */
import { Box, Button } from '@mantine/core';
import { MessageCircleOff } from 'lucide-react';
import type { Attendance, Chat } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { Empty } from '../../../parts/empty.tsx';
import { shownPhone } from '../../../parts/phone-text.ts';
import { attends, useAsker } from '../asker.ts';
import { useDeskPlace } from '../desk-place.ts';
import { WORDS as DESK_WORDS } from '../desk-words.ts';
import { Leftover } from './leftover.tsx';

const WORDS = words({
	en: {
		notThere: 'This chat is not here',
		notThereText: 'It does not exist.',
		notTheirsText: 'It does not exist, or it is not for you to see: it is of another department, or another operator attends it.',
		lost: 'This chat is no longer with you',
		lostText: (name: string) => `Somebody else attends ${name} now, or the chat went to another department.`,
		taken: 'This chat is no longer waiting for you',
		takenText: (name: string) => `Another operator attends ${name} now, or the chat went to another department.`,
	},
	pt: {
		notThere: 'Esta conversa não está aqui',
		notThereText: 'Ela não existe.',
		notTheirsText: 'Ela não existe ou não é sua para ver: é de outro departamento ou outro operador está atendendo.',
		lost: 'Esta conversa não está mais com você',
		lostText: (name: string) => `Outra pessoa atende ${name} agora, ou a conversa foi para outro departamento.`,
		taken: 'Esta conversa não está mais na sua fila',
		takenText: (name: string) => `Outro operador atende ${name} agora, ou a conversa foi para outro departamento.`,
	},
});

export interface GoneChatProps {
	readonly chatId: string;
	/** As it was when it was seen last, with the attendance on it; undefined: it never was seen. */
	readonly seen: { readonly chat: Chat; readonly open: Attendance | undefined } | undefined;
}

export function GoneChat({ chatId, seen }: GoneChatProps) {
	const say = useWords(WORDS);
	const desk = useWords(DESK_WORDS);
	const asker = useAsker();
	const { go } = useDeskPlace();
	const [title, text] = ((): readonly [string, string] => {
		if (asker.operatorId === undefined) return [say.notThere, say.notThereText];
		if (!seen) return [say.notThere, say.notTheirsText];
		const { chat, open } = seen;
		const name = chat.name === '' ? shownPhone(chat.phone) : chat.name;
		return attends(asker, open) ? [say.lost, say.lostText(name)] : [say.taken, say.takenText(name)];
	})();
	return (
		<Box m="auto" role="alert">
			<Empty
				icon={MessageCircleOff}
				title={title}
				action={
					<Button variant="default" size="xs" onClick={() => go(undefined, { attendance: undefined })}>
						{desk.back}
					</Button>
				}
			>
				{text}
			</Empty>
			<Leftover chatId={chatId} />
		</Box>
	);
}

/** In the place of the composer, where whoever looks does not attend: who does, and what was begun to write. */
import { Text } from '@mantine/core';
import type { Attendance } from '../../../api/views.ts';
import { locale } from '../../../i18n/language.ts';
import { useWords } from '../../../i18n/words.ts';
import classes from './chat.module.css';
import { CHAT_WORDS } from './chat-words.ts';
import { Leftover } from './leftover.tsx';

export interface FootProps {
	readonly chatId: string;
	readonly open: Attendance | undefined;
	/** They attended a moment ago. */
	readonly isLost: boolean;
}

export function Foot({ chatId, open, isLost }: FootProps) {
	const say = useWords(CHAT_WORDS);
	const names = open?.operators.map(({ name }) => name) ?? [];
	return (
		<div className={classes['foot']} role="status">
			<div style={{ padding: 'var(--mantine-spacing-sm)', textAlign: 'center' }}>
				{isLost && <Text size="sm">{say.lost}</Text>}
				{names.length > 0 && <Text size="sm">{say.attendedBy(new Intl.ListFormat(locale()).format(names), names.length)}</Text>}
				<Text size="sm" c="dimmed">
					{say.mustAttend}
				</Text>
			</div>
			<Leftover chatId={chatId} />
		</div>
	);
}

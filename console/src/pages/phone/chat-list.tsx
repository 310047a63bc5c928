/** The chats on the phone: the one with the instance, and those of its groups. */
import { Avatar, Box, Group, Text, UnstyledButton } from '@mantine/core';
import type { Instance, PhoneChat } from '../../api/views.ts';
import { timeOfDay } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { initialsOf } from '../../parts/people.ts';
import css from './phone.module.css';

const WORDS = words({ en: { chats: 'Chats on this phone' }, pt: { chats: 'Conversas deste telefone' } });

export interface ChatListProps {
	readonly chats: readonly PhoneChat[];
	readonly instance: Instance;
	/** Undefined: the chat with the instance. */
	readonly onChat: (address: string | undefined) => void;
}

export function ChatList({ chats, instance, onChat }: ChatListProps) {
	const say = useWords(WORDS);
	return (
		<ul className={css['chats']} aria-label={say.chats}>
			{chats.map(({ chat, name, lastText, lastAt }) => {
				const isInstance = chat === instance.phone;
				const shown = isInstance ? instance.name : name;
				return (
					<li key={chat}>
						<UnstyledButton className={css['chat']} onClick={() => onChat(isInstance ? undefined : chat)}>
							<Avatar radius="xl" color="green" aria-hidden>
								{initialsOf(shown)}
							</Avatar>
							<Box miw={0} flex={1}>
								<Group justify="space-between" wrap="nowrap" gap="xs">
									<Text size="sm" fw={600} truncate>
										{shown}
									</Text>
									<Text size="xs" c="dimmed">
										{timeOfDay(lastAt)}
									</Text>
								</Group>
								<Text size="xs" c="dimmed" truncate>
									{lastText}
								</Text>
							</Box>
						</UnstyledButton>
					</li>
				);
			})}
		</ul>
	);
}

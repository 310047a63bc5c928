/** Above the messages: whose phone it is, with whom the chat is, and what a phone does besides writing. */
import { ActionIcon, Avatar, Box, Group, Menu, Text } from '@mantine/core';
import { ArrowLeft, BatteryFull, EllipsisVertical, MessageCircleReply, Phone, Signal, Video, Wifi, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Instance } from '../../api/views.ts';
import { timeOfDay } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { initialsOf } from '../../parts/people.ts';
import { shownPhone } from '../../parts/phone-text.ts';
import type { Mode } from './behaviour.ts';
import css from './phone.module.css';

const WORDS = words({
	en: {
		chats: 'Chats on this phone',
		connected: 'online',
		disconnected: 'offline: what is written arrives once it is connected',
		more: 'More on this phone',
		voice: 'Call (nobody answers)',
		video: 'Video call (nobody answers)',
		reply: 'Automatic answer…',
		group: 'group',
	},
	pt: {
		chats: 'Conversas deste telefone',
		connected: 'online',
		disconnected: 'offline: o que for escrito chega quando conectar',
		more: 'Mais neste telefone',
		voice: 'Ligar (ninguém atende)',
		video: 'Chamada de vídeo (ninguém atende)',
		reply: 'Resposta automática…',
		group: 'grupo',
	},
});

export interface PhoneHeaderProps {
	readonly instance: Instance;
	/** Of whose phone it is. */
	readonly owner: string;
	readonly mode: Mode;
	/** A group's; missing in the chat with the instance. */
	readonly groupName: string | undefined;
	/** Missing where there is one chat. */
	readonly onChats: (() => void) | undefined;
	readonly onCall: (media: 'voice' | 'video') => void;
	readonly onAnswer: () => void;
}

export function PhoneHeader({ instance, owner, mode, groupName, onChats, onCall, onAnswer }: PhoneHeaderProps) {
	const say = useWords(WORDS);
	const name = groupName ?? instance.name;
	const isOn = mode !== 'off' && mode !== 'none';
	return (
		<>
			<StatusBar owner={owner} isOn={isOn} />
			<Group className={css['head']} gap="xs" wrap="nowrap">
				{onChats && (
					<ActionIcon variant="transparent" c="inherit" aria-label={say.chats} onClick={onChats}>
						<ArrowLeft size={20} aria-hidden />
					</ActionIcon>
				)}
				<Avatar radius="xl" size={38} variant="filled" color="green.1" autoContrast aria-hidden>
					{initialsOf(name)}
				</Avatar>
				<Box miw={0} flex={1}>
					<Text component="h2" fw={600} size="sm" truncate title={name}>
						{name}
					</Text>
					<Text size="xs" truncate title={groupName === undefined ? say[instance.state] : undefined}>
						{groupName === undefined ? `${shownPhone(instance.phone)} · ${say[instance.state]}` : say.group}
					</Text>
				</Box>
				<Menu position="bottom-end" withinPortal shadow="md">
					<Menu.Target>
						<ActionIcon variant="transparent" c="inherit" aria-label={say.more}>
							<EllipsisVertical size={20} aria-hidden />
						</ActionIcon>
					</Menu.Target>
					<Menu.Dropdown>
						<Menu.Item leftSection={<Phone size={16} aria-hidden />} disabled={!isOn} onClick={() => onCall('voice')}>
							{say.voice}
						</Menu.Item>
						<Menu.Item leftSection={<Video size={16} aria-hidden />} disabled={!isOn} onClick={() => onCall('video')}>
							{say.video}
						</Menu.Item>
						<Menu.Divider />
						<Menu.Item leftSection={<MessageCircleReply size={16} aria-hidden />} onClick={onAnswer}>
							{say.reply}
						</Menu.Item>
					</Menu.Dropdown>
				</Menu>
			</Group>
		</>
	);
}

const TICK_MS = 10_000;

function StatusBar({ owner, isOn }: { readonly owner: string; readonly isOn: boolean }) {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), TICK_MS);
		return () => clearInterval(timer);
	}, []);
	return (
		<Group className={css['status']} justify="space-between" wrap="nowrap" gap="xs">
			<Text size="xs" fw={600} style={{ whiteSpace: 'nowrap', flexShrink: 0 }}>
				{timeOfDay(now)}
			</Text>
			<Text size="xs" fw={600} truncate title={owner}>
				{owner}
			</Text>
			<Group gap={5} wrap="nowrap" aria-hidden>
				{isOn ? <Signal size={13} /> : <WifiOff size={13} />}
				{isOn && <Wifi size={13} />}
				<BatteryFull size={15} />
			</Group>
		</Group>
	);
}

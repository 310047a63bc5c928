/** One message on the phone: what it says, what it answers, its ticks and reactions, and what can be done with it. */
import { ActionIcon, Group, Menu, Text, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, CheckCheck, ChevronDown, Copy, Pencil, Reply, Trash2 } from 'lucide-react';
import type { PhoneMessage } from '../../api/views.ts';
import { timeOfDay } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { inShort } from '../../parts/message/in-short.ts';
import { type MessageActs, MessageContent } from '../../parts/message/message-content.tsx';
import { MESSAGE_WORDS } from '../../parts/message/words.ts';
import { shownPhone } from '../../parts/phone-text.ts';
import css from './phone.module.css';

const WORDS = words({
	en: {
		acts: (text: string) => `What to do with “${text}”`,
		reply: 'Reply',
		edit: 'Edit',
		copy: 'Copy text',
		remove: 'Delete for everyone',
		react: (emoji: string) => `React with ${emoji}`,
		takeBack: (emoji: string) => `Take back ${emoji}`,
		sent: 'sent',
		delivered: 'delivered',
		read: 'read',
		edited: 'edited',
		forwarded: 'Forwarded',
		you: 'You',
	},
	pt: {
		acts: (text: string) => `O que fazer com “${text}”`,
		reply: 'Responder',
		edit: 'Editar',
		copy: 'Copiar texto',
		remove: 'Apagar para todos',
		react: (emoji: string) => `Reagir com ${emoji}`,
		takeBack: (emoji: string) => `Retirar ${emoji}`,
		sent: 'enviada',
		delivered: 'entregue',
		read: 'lida',
		edited: 'editada',
		forwarded: 'Encaminhada',
		you: 'Você',
	},
});

const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

export interface BubbleActs extends MessageActs {
	readonly reply: () => void;
	readonly edit: () => void;
	readonly remove: () => void;
	/** Empty: takes it back. */
	readonly react: (emoji: string) => void;
}

export interface BubbleProps {
	readonly message: PhoneMessage;
	/** The message that it answers, where it is still on the phone. */
	readonly answered: PhoneMessage | undefined;
	/** Whose phone it is. */
	readonly phone: string;
	/** The gateway has heard of it. */
	readonly isHeard: boolean;
	/** Who is meant by a number of a group; missing in a chat of two. */
	readonly isGroup: boolean;
	/** Who is on the other side of a chat of two. */
	readonly otherName: string;
	/** Missing: it is only looked at. */
	readonly acts: BubbleActs | undefined;
}

export function Bubble({ message, answered, phone, isHeard, isGroup, otherName, acts }: BubbleProps) {
	const say = useWords(WORDS);
	const kinds = useWords(MESSAGE_WORDS);
	const { content, fromMe, from, at, editedAt, isRead, reactions } = message;
	const mine = reactions.find((one) => one.from === phone);
	if (from === undefined) return <div className={css['notice']}>{inShort(content, kinds)}</div>;
	return (
		<div className={css['row']} data-mine={fromMe || undefined}>
			<div
				className={css['bubble']}
				data-testid="bubble"
				data-mine={fromMe || undefined}
				data-bare={content.kind === 'sticker' || undefined}
			>
				{isGroup && !fromMe && (
					<Text size="xs" fw={600} c="var(--recado-who)">
						{shownPhone(from)}
					</Text>
				)}
				{content.context?.forwarded && (
					<Text size="xs" fs="italic" className={css['meta']}>
						{say.forwarded}
					</Text>
				)}
				{answered && (
					<div className={css['quote']}>
						<Text size="xs" fw={600} c="var(--recado-who)">
							{answered.fromMe ? say.you : isGroup ? shownPhone(answered.from ?? '') : otherName}
						</Text>
						<Text size="xs" lineClamp={2}>
							{inShort(answered.content, kinds)}
						</Text>
					</div>
				)}
				<MessageContent
					content={content}
					votes={message.votes}
					chosen={message.votes.find((one) => one.from === phone)?.options ?? []}
					answered={message.replies.find((one) => one.from === phone)?.reply}
					acts={acts}
				/>
				<Group gap={4} justify="flex-end" className={css['meta']} wrap="nowrap">
					{editedAt !== undefined && <span>{say.edited}</span>}
					<time dateTime={at}>{timeOfDay(at)}</time>
					{fromMe && content.kind !== 'deleted' && <Ticks step={isRead ? 'read' : isHeard ? 'delivered' : 'sent'} />}
				</Group>
				{reactions.length > 0 && <Reactions reactions={reactions} />}
			</div>
			{acts && content.kind !== 'deleted' && <Acts message={message} mine={mine?.emoji} acts={acts} />}
		</div>
	);
}

function Ticks({ step }: { readonly step: 'sent' | 'delivered' | 'read' }) {
	const say = useWords(WORDS);
	const Icon = step === 'sent' ? Check : CheckCheck;
	return (
		<>
			<Icon size={15} aria-hidden className={css['ticks']} data-read={step === 'read' || undefined} />
			<VisuallyHidden>{say[step]}</VisuallyHidden>
		</>
	);
}

function Reactions({ reactions }: { readonly reactions: PhoneMessage['reactions'] }) {
	const counts = Map.groupBy(reactions, ({ emoji }) => emoji);
	return (
		<div className={css['reactions']}>
			{[...counts].map(([emoji, those]) => (
				<span key={emoji}>
					{emoji}
					{those.length > 1 && those.length}
				</span>
			))}
		</div>
	);
}

function Acts({ message, mine, acts }: { readonly message: PhoneMessage; readonly mine: string | undefined; readonly acts: BubbleActs }) {
	const say = useWords(WORDS);
	const kinds = useWords(MESSAGE_WORDS);
	const clipboard = useClipboard();
	const { content, fromMe } = message;
	const text = content.text ?? content.caption;
	const isEditable = fromMe && (content.kind === 'text' || content.kind === 'image' || content.kind === 'video');
	return (
		<Menu position="bottom-end" withinPortal shadow="md">
			<Menu.Target>
				<ActionIcon
					className={css['acts']}
					variant="subtle"
					color="gray"
					size="md"
					radius="xl"
					aria-label={say.acts(inShort(content, kinds))}
				>
					<ChevronDown size={16} aria-hidden />
				</ActionIcon>
			</Menu.Target>
			<Menu.Dropdown>
				<Group gap={2} px={4} pb={4} wrap="nowrap">
					{REACTIONS.map((emoji) => (
						<Menu.Item
							key={emoji}
							className={css['emoji']}
							{...(mine === emoji ? { 'data-chosen': true } : {})}
							aria-label={mine === emoji ? say.takeBack(emoji) : say.react(emoji)}
							onClick={() => acts.react(mine === emoji ? '' : emoji)}
						>
							{emoji}
						</Menu.Item>
					))}
				</Group>
				<Menu.Divider />
				<Menu.Item leftSection={<Reply size={16} aria-hidden />} onClick={acts.reply}>
					{say.reply}
				</Menu.Item>
				{text !== undefined && text !== '' && (
					<Menu.Item leftSection={<Copy size={16} aria-hidden />} onClick={() => clipboard.copy(text)}>
						{say.copy}
					</Menu.Item>
				)}
				{isEditable && (
					<Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={acts.edit}>
						{say.edit}
					</Menu.Item>
				)}
				{fromMe && (
					<Menu.Item leftSection={<Trash2 size={16} aria-hidden />} c="var(--mantine-color-error)" onClick={acts.remove}>
						{say.remove}
					</Menu.Item>
				)}
			</Menu.Dropdown>
		</Menu>
	);
}

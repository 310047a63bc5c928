/** One message: who wrote it, what, when, and how far it came. */
import { Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { Check, CheckCheck, CircleAlert, Clock, Forward } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../../../api/views.ts';
import { dateTime, timeOfDay } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/words.ts';
import { inShort } from '../../../parts/message/in-short.ts';
import { MessageContent } from '../../../parts/message/message-content.tsx';
import { MESSAGE_WORDS } from '../../../parts/message/words.ts';
import classes from './chat.module.css';
import { CHAT_WORDS } from './chat-words.ts';

export interface BubbleProps {
	readonly message: Message;
	readonly customer: string;
	/** What it answers, where that was fetched. */
	readonly quoted: Message | undefined;
	readonly reactions: readonly string[];
}

export const Bubble = memo(function Bubble({ message, customer, quoted, reactions }: BubbleProps) {
	const say = useWords(CHAT_WORDS);
	const kinds = useWords(MESSAGE_WORDS);
	const { fromMe, content, createdAt, origin, failure } = message;
	const { participant, forwarded, editedAt } = content.context ?? {};
	return (
		<li className={`${classes['bubble']} ${classes[fromMe ? 'ours' : 'theirs']}`}>
			<VisuallyHidden>{`${fromMe ? say.you : (participant?.name ?? customer)}: `}</VisuallyHidden>
			{participant && !fromMe && (
				<Text size="xs" fw={600} aria-hidden>
					{participant.name === '' ? participant.phone : participant.name}
				</Text>
			)}
			{forwarded === true && (
				<div className={classes['foottext']} style={{ justifyContent: 'flex-start' }}>
					<Forward size={12} aria-hidden /> {say.forwarded}
				</div>
			)}
			{quoted && <div className={classes['quote']}>{inShort(quoted.content, kinds)}</div>}
			<MessageContent content={content} />
			{reactions.length > 0 && (
				<div>
					<span className={classes['reactions']}>{reactions.join(' ')}</span>
				</div>
			)}
			<div className={classes['foottext']}>
				{origin === 'automatic' && <span>{say.automatic} ·</span>}
				{editedAt !== undefined && <span>{say.edited} ·</span>}
				<time dateTime={createdAt} title={dateTime(createdAt)}>
					{timeOfDay(createdAt)}
				</time>
				{fromMe && <Ticks status={message.status} reason={failure?.reason} />}
			</div>
		</li>
	);
});

const TICKS = { queued: Clock, sent: Check, received: CheckCheck, read: CheckCheck, played: CheckCheck, failed: CircleAlert };

function Ticks({ status, reason }: { readonly status: Message['status']; readonly reason: string | undefined }) {
	const say = useWords(CHAT_WORDS);
	const Icon = TICKS[status];
	const isSeen = status === 'read' || status === 'played';
	const label = reason === undefined ? say[status] : `${say[status]}: ${reason}`;
	const colour = status === 'failed' ? 'var(--mantine-color-error)' : isSeen ? 'light-dark(#0b62b8, #74b8ff)' : 'currentColor';
	return (
		<Tooltip label={label}>
			<Icon size={14} color={colour} role="img" aria-label={label} />
		</Tooltip>
	);
}

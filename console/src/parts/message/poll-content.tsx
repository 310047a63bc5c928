/** A poll with its votes, and an event with who comes. */
import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { CalendarDays, CircleCheck } from 'lucide-react';
import type { Content, PhoneMessage } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords } from '../../i18n/words.ts';
import css from './message.module.css';
import { MESSAGE_WORDS } from './words.ts';

export type EventReply = 'GOING' | 'NOT_GOING' | 'MAYBE';
const REPLIES: readonly EventReply[] = ['GOING', 'MAYBE', 'NOT_GOING'];

export interface PollContentProps {
	readonly content: Content;
	readonly votes: PhoneMessage['votes'];
	/** What the reader has chosen. */
	readonly chosen: readonly string[];
	readonly onVote: ((options: readonly string[]) => void) | undefined;
}

export function PollContent({ content, votes, chosen, onVote }: PollContentProps) {
	const say = useWords(MESSAGE_WORDS);
	const { question = '', maxOptions = 0 } = content;
	const options = (content.options ?? []) as readonly string[];
	const vote = (option: string): void => {
		const others = maxOptions === 1 ? [] : chosen.filter((one) => one !== option);
		onVote?.(chosen.includes(option) ? chosen.filter((one) => one !== option) : [...others, option]);
	};
	return (
		<>
			<Text fw={600} size="sm" className={css['text']}>
				{question}
			</Text>
			<div className={css['soft']}>{maxOptions === 1 ? say.chooseOne : say.chooseSome}</div>
			<div className={css['choices']}>
				{options.map((option) => {
					const count = votes.filter((one) => one.options.includes(option)).length;
					const isChosen = chosen.includes(option);
					return (
						<button
							key={option}
							type="button"
							className={css['option']}
							aria-pressed={isChosen}
							disabled={onVote === undefined}
							onClick={() => vote(option)}
						>
							<Group justify="space-between" wrap="nowrap" gap={6}>
								<Group gap={6} wrap="nowrap">
									{isChosen && <CircleCheck size={15} aria-hidden />}
									{option}
								</Group>
								<span className={css['soft']}>
									<span aria-hidden>{count}</span>
									<VisuallyHidden>{say.votes(count)}</VisuallyHidden>
								</span>
							</Group>
							<span className={css['bar']} aria-hidden>
								<span className={css['filled']} style={{ width: `${votes.length === 0 ? 0 : (100 * count) / votes.length}%` }} />
							</span>
						</button>
					);
				})}
			</div>
		</>
	);
}

export interface EventContentProps {
	readonly content: Content;
	readonly chosen: string | undefined;
	readonly onReply: ((reply: EventReply) => void) | undefined;
}

export function EventContent({ content, chosen, onReply }: EventContentProps) {
	const say = useWords(MESSAGE_WORDS);
	const { name = say.event, startsAt, description, place, isCanceled } = content;
	const where = place?.['name'] ?? place?.['address'];
	return (
		<>
			<Group gap={6} wrap="nowrap">
				<CalendarDays size={18} aria-hidden />
				<Text fw={600} size="sm" td={isCanceled ? 'line-through' : undefined}>
					{name}
				</Text>
			</Group>
			<div className={css['soft']}>
				{isCanceled && `${say.canceled} · `}
				{startsAt !== undefined && dateTime(startsAt)}
				{typeof where === 'string' && ` · ${where}`}
			</div>
			{description !== undefined && <div className={css['text']}>{description}</div>}
			{onReply && (
				<Group gap={4} mt={6}>
					{REPLIES.map((reply) => (
						<Button
							key={reply}
							size="compact-xs"
							variant={chosen === reply ? 'filled' : 'default'}
							aria-pressed={chosen === reply}
							onClick={() => onReply(reply)}
						>
							{say[reply]}
						</Button>
					))}
				</Group>
			)}
		</>
	);
}

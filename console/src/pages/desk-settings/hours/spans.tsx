/** The times of one day. A night is two spans, one on each day; midnight at its end is `24:00`. */
import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useWords } from '../../../i18n/words.ts';
import { END_OF_DAY, freeSpan, type Span } from './free-span.ts';
import { HOURS_WORDS } from './hours-words.ts';

export interface SpansProps {
	/** Names the fields. */
	readonly day: string;
	readonly spans: readonly Span[];
	readonly onChange: (spans: readonly Span[]) => void;
	readonly faultOf: (index: number) => string | undefined;
}

const SPANS_MAX = 24;
const MIDNIGHT = '00:00';

export function Spans({ day, spans, onChange, faultOf }: SpansProps) {
	const say = useWords(HOURS_WORDS);
	const free = freeSpan(spans);
	const set = (index: number, part: Partial<Span>): void =>
		onChange(spans.map((span, place) => (place === index ? { ...span, ...part } : span)));
	return (
		<Stack gap={6}>
			{spans.map((span, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a span is its place
				<div key={index}>
					<Group gap="xs" wrap="nowrap">
						<TextInput
							type="time"
							w={132}
							aria-label={say.from(day, index + 1)}
							value={span.from}
							onChange={(event) => set(index, { from: event.currentTarget.value })}
							error={faultOf(index) !== undefined}
						/>
						<Text size="sm" c="dimmed">
							{say.until}
						</Text>
						<TextInput
							type="time"
							w={132}
							aria-label={say.to(day, index + 1)}
							value={span.to === END_OF_DAY ? MIDNIGHT : span.to}
							onChange={(event) => set(index, { to: event.currentTarget.value === MIDNIGHT ? END_OF_DAY : event.currentTarget.value })}
							error={faultOf(index) !== undefined}
						/>
						<Tooltip label={say.removeSpan(day, index + 1)}>
							<ActionIcon
								variant="subtle"
								color="gray"
								aria-label={say.removeSpan(day, index + 1)}
								onClick={() => onChange(spans.filter((_, place) => place !== index))}
							>
								<X size={16} aria-hidden />
							</ActionIcon>
						</Tooltip>
					</Group>
					{faultOf(index) !== undefined && (
						<Text size="xs" c="var(--mantine-color-error)">
							{faultOf(index)}
						</Text>
					)}
				</div>
			))}
			<Group gap="sm">
				{spans.length === 0 && (
					<Text size="sm" c="dimmed">
						{say.closed}
					</Text>
				)}
				{free && (
					<Button
						variant="subtle"
						size="compact-sm"
						leftSection={<Plus size={14} aria-hidden />}
						aria-label={say.addSpanTo(day)}
						disabled={spans.length >= SPANS_MAX}
						onClick={() => onChange([...spans, free])}
					>
						{say.addSpan}
					</Button>
				)}
			</Group>
		</Stack>
	);
}

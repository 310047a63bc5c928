/** What it is told about. */
import { Button, Checkbox, Group, SimpleGrid, Text } from '@mantine/core';
import { useWords, words } from '../../../i18n/words.ts';
import { useEventNames } from '../../../parts/event-names.ts';
import { EVENTS_OF } from '../dialect-events.ts';
import { withEvent } from '../webhook-draft.ts';
import type { FieldsProps } from './fields-props.ts';

const WORDS = words({
	en: { events: 'Events', all: 'All', none: 'None', least: 'Choose one at least.' },
	pt: { events: 'Eventos', all: 'Todos', none: 'Nenhum', least: 'Escolha ao menos um.' },
});

export function EventFields({ draft, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const names = useEventNames();
	const offered = EVENTS_OF[draft.dialect];
	const fault = draft.events.length === 0 ? say.least : sending.faultOf('events');
	const hasAll = draft.events.length === offered.length;
	return (
		<Checkbox.Group
			value={[...draft.events]}
			error={fault}
			label={
				<Group component="span" gap="xs" display="inline-flex">
					{say.events}
					<Text component="span" size="xs" c="dimmed">
						{draft.events.length}/{offered.length}
					</Text>
				</Group>
			}
			role="group"
			aria-label={say.events}
		>
			<SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing={8} mt={6} mb={6}>
				{offered.map((type) => (
					<Checkbox
						key={type}
						value={type}
						size="sm"
						label={names[type]}
						title={type}
						onChange={({ currentTarget: { checked } }) => onChange(withEvent(draft, type, checked))}
					/>
				))}
			</SimpleGrid>
			<Button size="compact-xs" variant="subtle" onClick={() => onChange({ ...draft, events: hasAll ? [] : offered })}>
				{hasAll ? say.none : say.all}
			</Button>
		</Checkbox.Group>
	);
}

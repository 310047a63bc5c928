/** One option: what is in force, whether it differs from its default, and what it means. */
import { Code, Group, Text } from '@mantine/core';
import type { Settings } from '../../api/views.ts';
import { useWords } from '../../i18n/words.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { SETTINGS_WORDS } from './settings-words.ts';

export type Option = Settings['groups'][number]['settings'][number];

export function OptionRow({ option }: { readonly option: Option }) {
	const say = useWords(SETTINGS_WORDS);
	const { name, value, isSecret, isSet, isDefault, description } = option;
	const isShown = !isSecret && value !== undefined && value !== '';
	const isChanged = !isSecret && !isDefault;
	return (
		<>
			<Group justify="space-between" gap="xs" align="baseline">
				<Group gap="xs" miw={0}>
					<Text fw={600} size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
						{name}
					</Text>
					{isChanged && <StateBadge tone="busy">{say.changed}</StateBadge>}
				</Group>
				{isShown ? (
					<Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{value}</Code>
				) : (
					<Text size="sm" c="dimmed">
						{isSet ? say.isSet : say.isNotSet}
					</Text>
				)}
			</Group>
			<Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
				<Marked text={description} />
			</Text>
			{isChanged && (
				<Text size="sm" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
					{say.byDefault(option.default || say.isNotSet)}
				</Text>
			)}
		</>
	);
}

/** What stands between backticks is code. */
function Marked({ text }: { readonly text: string }) {
	const parts = text.split('`').map((part, index) => ({ part, isCode: index % 2 === 1, key: `${index} ${part}` }));
	return parts.map(({ part, isCode, key }) => (isCode ? <Code key={key}>{part}</Code> : part));
}

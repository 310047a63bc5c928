/** Language and colours, for whoever has no menu yet. */
import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import { chooseLanguage, useLanguage } from '../../i18n/language.ts';
import { useWords } from '../../i18n/words.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export function LookChoice() {
	const say = useWords(SIGN_IN_WORDS);
	const language = useLanguage();
	const { setColorScheme } = useMantineColorScheme();
	const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
	const Icon = isDark ? Sun : Moon;
	return (
		<Group gap={4} wrap="nowrap">
			<Button
				size="compact-sm"
				variant="subtle"
				lang={language === 'pt' ? 'en' : 'pt-BR'}
				onClick={() => chooseLanguage(language === 'pt' ? 'en' : 'pt')}
			>
				{say.other}
			</Button>
			<ActionIcon
				variant="subtle"
				color="gray"
				aria-label={isDark ? say.toLight : say.toDark}
				onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
			>
				<Icon size={18} aria-hidden />
			</ActionIcon>
		</Group>
	);
}

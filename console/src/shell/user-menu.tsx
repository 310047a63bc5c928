/** Who is signed in; language and colours; the way out. */
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { CircleUser, Languages, LogOut, Moon, Sun, SunMoon } from 'lucide-react';
import { signOut, useSession } from '../api/session.ts';
import { chooseLanguage, useLanguage } from '../i18n/language.ts';
import { useWords, words } from '../i18n/words.ts';
import { tellFailed } from '../parts/told.ts';

const WORDS = words({
	en: {
		menu: 'Who is signed in, language and colours',
		out: 'Sign out',
		failed: 'Signing out failed',
		language: 'Português',
		light: 'Light',
		dark: 'Dark',
		auto: 'As the system',
		colours: 'Colours',
	},
	pt: {
		menu: 'Quem está conectado, idioma e cores',
		out: 'Sair',
		failed: 'Não foi possível sair',
		language: 'English',
		light: 'Claro',
		dark: 'Escuro',
		auto: 'Como o sistema',
		colours: 'Cores',
	},
});

export function UserMenu() {
	const say = useWords(WORDS);
	const session = useSession();
	const language = useLanguage();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const colours = [
		['light', say.light, Sun],
		['dark', say.dark, Moon],
		['auto', say.auto, SunMoon],
	] as const;
	const leave = (): void => {
		signOut().catch((error: unknown) => tellFailed(say.failed, error));
	};
	return (
		<Menu position="bottom-end" width={220} withinPortal>
			<Menu.Target>
				<ActionIcon variant="subtle" color="gray" size="lg" aria-label={say.menu}>
					<CircleUser size={22} aria-hidden />
				</ActionIcon>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>{session.name}</Menu.Label>
				<Menu.Item
					leftSection={<Languages size={16} aria-hidden />}
					lang={language === 'pt' ? 'en' : 'pt-BR'}
					onClick={() => chooseLanguage(language === 'pt' ? 'en' : 'pt')}
				>
					{say.language}
				</Menu.Item>
				<Menu.Divider />
				<Menu.Label>{say.colours}</Menu.Label>
				{colours.map(([scheme, name, Icon]) => (
					<Menu.Item
						key={scheme}
						leftSection={<Icon size={16} aria-hidden />}
						fw={colorScheme === scheme ? 700 : 400}
						onClick={() => setColorScheme(scheme)}
					>
						{name}
					</Menu.Item>
				))}
				<Menu.Divider />
				<Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={leave}>
					{say.out}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}

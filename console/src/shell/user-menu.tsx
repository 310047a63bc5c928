/** Who is signed in, and their password; language and colours; the way out. */
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { CircleUser, KeyRound, Languages, LogOut, Moon, Sun, SunMoon } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { fetched } from '../api/code.ts';
import { signOut, useSession } from '../api/session.ts';
import { chooseLanguage, useLanguage } from '../i18n/language.ts';
import { useWords, words } from '../i18n/words.ts';
import { tellFailed } from '../parts/told.ts';

const WORDS = words({
	en: {
		menu: 'Who is signed in, language and colours',
		password: 'Change password',
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
		password: 'Trocar senha',
		out: 'Sair',
		failed: 'Não foi possível sair',
		language: 'English',
		light: 'Claro',
		dark: 'Escuro',
		auto: 'Como o sistema',
		colours: 'Cores',
	},
});

const OwnPassword = lazy(() => fetched(async () => ({ default: (await import('./own-password.tsx')).OwnPassword })));

export function UserMenu() {
	const say = useWords(WORDS);
	const session = useSession();
	const language = useLanguage();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const [isChanging, setChanging] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const colours = [
		['light', say.light, Sun],
		['dark', say.dark, Moon],
		['auto', say.auto, SunMoon],
	] as const;
	const close = (): void => {
		setChanging(false);
		// What was chosen in the menu is gone with it: the focus cannot go back there.
		button.current?.focus();
	};
	const leave = (): void => {
		signOut().catch((error: unknown) => tellFailed(say.failed, error));
	};
	return (
		<>
			<Menu position="bottom-end" width={220} withinPortal>
				<Menu.Target>
					<ActionIcon ref={button} variant="subtle" color="gray" size="lg" aria-label={say.menu}>
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
					{session.byPassword && (
						<Menu.Item leftSection={<KeyRound size={16} aria-hidden />} onClick={() => setChanging(true)}>
							{say.password}
						</Menu.Item>
					)}
					<Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={leave}>
						{say.out}
					</Menu.Item>
				</Menu.Dropdown>
			</Menu>
			{isChanging && (
				<Suspense>
					<OwnPassword onClose={close} />
				</Suspense>
			)}
		</>
	);
}

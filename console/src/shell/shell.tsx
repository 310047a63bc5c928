/** The frame of every page: where one is, where one can go, whose things are shown, and who is signed in. */
import { AppShell, Burger, Group, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { isAdministrator, useSession } from '../api/session.ts';
import { useWords, words } from '../i18n/words.ts';
import { AccountChoice } from './account-choice.tsx';
import { Logo } from './logo.tsx';
import { placesFor } from './places.ts';
import { UserMenu } from './user-menu.tsx';

const WORDS = words({
	en: { skip: 'Skip to content', navigation: 'Navigation', open: 'Open navigation', close: 'Close navigation', home: 'Recado, overview' },
	pt: {
		skip: 'Ir para o conteúdo',
		navigation: 'Navegação',
		open: 'Abrir navegação',
		close: 'Fechar navegação',
		home: 'Recado, visão geral',
	},
});

export function Shell() {
	const say = useWords(WORDS);
	const session = useSession();
	const [isOpen, { toggle, close }] = useDisclosure();
	const path = useRouterState({ select: ({ location }) => location.pathname });
	// biome-ignore lint/correctness/useExhaustiveDependencies: whoever went somewhere has chosen
	useEffect(close, [path]);
	return (
		<AppShell
			header={{ height: 56 }}
			navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
			padding={{ base: 'sm', sm: 'lg' }}
		>
			<a href="#content" className="skip-link">
				{say.skip}
			</a>
			<AppShell.Header bg="var(--recado-surface)">
				<Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
					<Group gap="sm" wrap="nowrap" miw={0}>
						<Burger opened={isOpen} onClick={toggle} hiddenFrom="md" size="sm" aria-label={isOpen ? say.close : say.open} />
						<UnstyledButton component={Link} to="/" aria-label={say.home}>
							<Logo />
						</UnstyledButton>
					</Group>
					<Group gap="xs" wrap="nowrap" miw={0}>
						{isAdministrator(session) && session.accountId === undefined && <AccountChoice />}
						<UserMenu />
					</Group>
				</Group>
			</AppShell.Header>
			<AppShell.Navbar p="xs" bg="var(--recado-surface)" aria-label={say.navigation}>
				<AppShell.Section grow component={ScrollArea}>
					<Places path={path} />
				</AppShell.Section>
			</AppShell.Navbar>
			<AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
				<Outlet />
			</AppShell.Main>
		</AppShell>
	);
}

function Places({ path }: { readonly path: string }): ReactNode {
	const session = useSession();
	const groups = placesFor(session, useWords);
	return groups.map(({ title, places }) => (
		<section key={title} aria-label={title}>
			<Text size="xs" c="dimmed" fw={600} px="sm" pt="md" pb={4}>
				{title}
			</Text>
			{places.map(({ to, name, icon: Icon, isExact, except }) => {
				const isBelow = !isExact && path.startsWith(`${to}/`) && !(except !== undefined && path.startsWith(except));
				const isHere = path === to || isBelow;
				return (
					<NavLink
						key={to}
						component={Link}
						to={to}
						// Whether one is there is said here alone.
						activeOptions={{ exact: true }}
						label={name}
						leftSection={<Icon size={18} aria-hidden />}
						active={isHere}
						aria-current={isHere ? 'page' : undefined}
						variant="light"
						style={{ borderRadius: 'var(--mantine-radius-md)' }}
					/>
				);
			})}
		</section>
	));
}

/** The frame of every page: where one is, where one can go, whose things are shown, and who is signed in. */
import { AppShell, Burger, Group, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { fetched } from '../api/code.ts';
import { useIsAway } from '../api/reach.ts';
import { isAdministrator, lacking, useSession } from '../api/session.ts';
import { useHasEnded } from '../api/session-end.ts';
import { useWords, words } from '../i18n/words.ts';
import { AccountChoice } from './account-choice.tsx';
import { AwayStrip, STRIP_PX } from './away-strip.tsx';
import { Logo } from './logo.tsx';
import { isAt, lackingAt, PLACE_WORDS, placesFor } from './places.ts';
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

/** Few have a token that opens less, or nothing at all, and few stay until their session ends. */
const NotOpen = lazy(() => fetched(async () => ({ default: (await import('./not-open.tsx')).NotOpen })));
const NoPage = lazy(() => fetched(async () => ({ default: (await import('./no-page.tsx')).NoPage })));
const SignInAgain = lazy(() => fetched(async () => ({ default: (await import('../pages/sign-in/sign-in-again.tsx')).SignInAgain })));

const BAR_PX = 56;

export function Shell() {
	const say = useWords(WORDS);
	const session = useSession();
	const isAway = useIsAway();
	const hasEnded = useHasEnded();
	const [isOpen, { toggle, close }] = useDisclosure();
	const path = useRouterState({ select: ({ location }) => location.pathname });
	const missing = lackingAt(path, session);
	const canChooseAccount =
		isAdministrator(session) && session.accountId === undefined && lacking(session, ['accounts:manage']).length === 0;
	// biome-ignore lint/correctness/useExhaustiveDependencies: whoever went somewhere has chosen
	useEffect(close, [path]);
	return (
		<AppShell
			header={{ height: isAway ? BAR_PX + STRIP_PX : BAR_PX }}
			navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
			padding={{ base: 'sm', sm: 'lg' }}
		>
			<a href="#content" className="skip-link">
				{say.skip}
			</a>
			<AppShell.Header bg="var(--recado-surface)">
				<Group h={BAR_PX} px="md" justify="space-between" wrap="nowrap" gap="sm">
					<Group gap="sm" wrap="nowrap" miw={0}>
						<Burger opened={isOpen} onClick={toggle} hiddenFrom="md" size="sm" aria-label={isOpen ? say.close : say.open} />
						<UnstyledButton component={Link} to="/" aria-label={say.home}>
							<Logo />
						</UnstyledButton>
					</Group>
					<Group gap="xs" wrap="nowrap" miw={0}>
						{canChooseAccount && <AccountChoice />}
						<UserMenu />
					</Group>
				</Group>
				<AwayStrip />
			</AppShell.Header>
			<AppShell.Navbar p="xs" bg="var(--recado-surface)" aria-label={say.navigation}>
				<AppShell.Section grow component={ScrollArea}>
					<Places path={path} />
				</AppShell.Section>
			</AppShell.Navbar>
			<AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
				{missing.length === 0 ? (
					<Outlet />
				) : (
					<Suspense>{placesFor(session).length === 0 ? <NoPage /> : <NotOpen missing={missing} />}</Suspense>
				)}
			</AppShell.Main>
			{hasEnded && (
				<Suspense>
					<SignInAgain />
				</Suspense>
			)}
		</AppShell>
	);
}

function Places({ path }: { readonly path: string }): ReactNode {
	const say = useWords(PLACE_WORDS);
	return placesFor(useSession()).map(({ title, places }) => (
		<section key={title} aria-label={say[title]}>
			<Text size="xs" c="dimmed" fw={600} px="sm" pt="md" pb={4}>
				{say[title]}
			</Text>
			{places.map((place) => {
				const { to, name, icon: Icon } = place;
				const isHere = isAt(place, path);
				return (
					<NavLink
						key={to}
						component={Link}
						to={to}
						// Whether one is there is said here alone.
						activeOptions={{ exact: true }}
						label={say[name]}
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

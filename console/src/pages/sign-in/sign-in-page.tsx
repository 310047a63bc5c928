/** The way in: operators by e-mail and password or by their organization, the administrator and programs by a token. */
import { Alert, Center, Group, Paper, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { ownPath } from '../../api/own-path.ts';
import { useWords } from '../../i18n/words.ts';
import { Logo } from '../../shell/logo.tsx';
import { LookChoice } from './look-choice.tsx';
import { OpenId } from './open-id.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export function SignInPage() {
	const say = useWords(SIGN_IN_WORDS);
	useDocumentTitle(`${say.title} · Recado`);
	const { to, failed } = useSearch({ from: '/console/sign-in' });
	const navigate = useNavigate();
	const reason = Object.entries(say.failed).find(([code]) => code === failed)?.[1];
	return (
		<Center component="main" mih="100dvh" p="md">
			<Paper withBorder p={{ base: 'md', sm: 'xl' }} w="100%" maw={420} bg="var(--recado-surface)">
				<Stack>
					<Group justify="space-between" wrap="nowrap">
						<Logo />
						<LookChoice />
					</Group>
					<Title order={1} size="h3">
						{say.title}
					</Title>
					{reason !== undefined && (
						<Alert color="yellow" variant="light" icon={<Info size={18} aria-hidden />} role="status">
							{reason}
						</Alert>
					)}
					<SignInForm onSignedIn={() => void navigate({ href: ownPath(to ?? '/') ?? '/' })} />
					<OpenId asksAccount={failed === 'oidc-several'} />
				</Stack>
			</Paper>
		</Center>
	);
}

/** Who one is, and in which language and colours that is asked. */
import { Alert, Center, Group, Paper, Stack, Title } from '@mantine/core';
import { Info } from 'lucide-react';
import { useWords } from '../../i18n/words.ts';
import { Logo } from '../../shell/logo.tsx';
import { LookChoice } from './look-choice.tsx';
import { OpenId } from './open-id.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export interface SignInCardProps {
	/** Why one is asked. */
	readonly why?: string;
	readonly asksAccount?: boolean;
	/** A provider is gone to in another tab: something waits here. */
	readonly isOverPage?: boolean;
	readonly onSignedIn?: () => void;
}

export function SignInCard({ why, asksAccount = false, isOverPage = false, onSignedIn = () => undefined }: SignInCardProps) {
	const say = useWords(SIGN_IN_WORDS);
	return (
		<Center mih="100dvh" p="md">
			<Paper withBorder p={{ base: 'md', sm: 'xl' }} w="100%" maw={420} bg="var(--recado-surface)">
				<Stack>
					<Group justify="space-between" wrap="nowrap">
						<Logo />
						<LookChoice />
					</Group>
					<Title order={1} size="h3">
						{say.title}
					</Title>
					{why !== undefined && (
						<Alert color="yellow" icon={<Info size={18} aria-hidden />} role="status">
							{why}
						</Alert>
					)}
					<SignInForm onSignedIn={onSignedIn} />
					<OpenId asksAccount={asksAccount} isOverPage={isOverPage} />
				</Stack>
			</Paper>
		</Center>
	);
}

/** To whoever signed in by a token that opens no page at all: which scopes open which, and the way out. */
import { Button, Code, Stack, Text } from '@mantine/core';
import { KeyRound, LogOut } from 'lucide-react';
import { signOut, useSession } from '../api/session.ts';
import { useWords, words } from '../i18n/words.ts';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useSending } from '../parts/sending.ts';
import { openers, PLACE_WORDS } from './places.ts';

const WORDS = words({
	en: {
		title: 'No page is open to this token',
		about: (name: string) => `The token “${name}”, by which you are signed in, opens no page of the console.`,
		has: 'It has:',
		opens: 'These scopes open pages:',
		what: 'For the API it is good as it is. Sign in with another one to see the console; whoever looks after the gateway can make it.',
		out: 'Sign out',
	},
	pt: {
		title: 'Nenhuma página aberta a este token',
		about: (name: string) => `O token “${name}”, com que você entrou, não abre nenhuma página do console.`,
		has: 'Ele tem:',
		opens: 'Estes escopos abrem páginas:',
		what: 'Para a API ele serve como está. Entre com outro para ver o console; quem cuida do gateway pode criá-lo.',
		out: 'Sair',
	},
});

export function NoPage() {
	const say = useWords(WORDS);
	const places = useWords(PLACE_WORDS);
	const { name, scopes = [] } = useSession();
	const sending = useSending();
	return (
		<Page title={say.title}>
			<Empty
				icon={KeyRound}
				title={say.about(name)}
				action={
					<>
						<Button leftSection={<LogOut size={16} aria-hidden />} loading={sending.isSending} onClick={() => sending.send(signOut)}>
							{say.out}
						</Button>
						{sending.error !== undefined && <Problem error={sending.error} />}
					</>
				}
			>
				<Stack gap="xs">
					<Text size="sm">
						{say.has} <Scopes scopes={scopes} />
					</Text>
					<Text size="sm">{say.opens}</Text>
					{openers().map(({ scopes: wanted, names }) => (
						<Text key={wanted.join(' ')} size="sm">
							{names.map((place) => places[place]).join(', ')}: <Scopes scopes={wanted} />
						</Text>
					))}
					<Text size="sm">{say.what}</Text>
				</Stack>
			</Empty>
		</Page>
	);
}

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
	return scopes.map((scope, index) => (
		<span key={scope}>
			{index > 0 && ' + '}
			<Code>{scope}</Code>
		</span>
	));
}

/** Of a page that a token cannot open: which scopes it would take. */
import { Code, Stack, Text } from '@mantine/core';
import { Lock } from 'lucide-react';
import { type TokenScope, useSession } from '../api/session.ts';
import { useWords, words } from '../i18n/words.ts';
import { SCOPE_WORDS } from '../pages/tokens/scopes.ts';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';

const WORDS = words({
	en: {
		title: 'Not open to you',
		lacks: (name: string) => `The token “${name}”, by which you are signed in, lacks for this page:`,
		what: 'Whoever looks after the gateway can make one that has it.',
	},
	pt: {
		title: 'Sem acesso',
		lacks: (name: string) => `Ao token “${name}”, com que você entrou, falta para esta página:`,
		what: 'Quem cuida do gateway pode criar um que tenha.',
	},
});

export function NotOpen({ missing }: { readonly missing: readonly TokenScope[] }) {
	const say = useWords(WORDS);
	const about = useWords(SCOPE_WORDS);
	const { name } = useSession();
	return (
		<Page title={say.title}>
			<Empty icon={Lock} title={say.lacks(name)}>
				<Stack gap="xs">
					{missing.map((scope) => (
						<Text key={scope} size="sm">
							<Code>{scope}</Code> {about[scope]}
						</Text>
					))}
					<Text size="sm">{say.what}</Text>
				</Stack>
			</Empty>
		</Page>
	);
}

/** Where a page cannot be shown. */
import { Anchor, Container } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useWords, words } from '../i18n/words.ts';
import { Empty } from '../parts/empty.tsx';
import { Problem } from '../parts/problem.tsx';

const WORDS = words({
	en: { missing: 'There is no such page', back: 'To the overview' },
	pt: { missing: 'Esta página não existe', back: 'Para a visão geral' },
});

export function Failed({ error, reset }: ErrorComponentProps) {
	return (
		<Container size="sm" py="xl">
			<Problem error={error} onRetry={reset} />
		</Container>
	);
}

export function Missing() {
	const say = useWords(WORDS);
	return (
		<Empty icon={Compass} title={say.missing}>
			<Anchor component={Link} to="/">
				{say.back}
			</Anchor>
		</Empty>
	);
}

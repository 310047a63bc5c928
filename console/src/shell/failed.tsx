/** Where a page cannot be shown. */
import { Anchor, Container } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useEffect, useState } from 'react';
import { CodeGone, loadAnew } from '../api/code.ts';
import { useWords, words } from '../i18n/words.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';

const WORDS = words({
	en: { missing: 'There is no such page', back: 'To the first page' },
	pt: { missing: 'Esta página não existe', back: 'Para a primeira página' },
});

export function Failed({ error, reset }: ErrorComponentProps) {
	if (error instanceof CodeGone) return <Updated error={error} />;
	return (
		<Container size="sm" py="xl">
			<Problem error={error} onRetry={reset} />
		</Container>
	);
}

/** The page asks for files that an update took away. */
function Updated({ error }: { readonly error: CodeGone }) {
	const [isHopeless, setHopeless] = useState(false);
	useEffect(() => setHopeless(!loadAnew()), []);
	if (!isHopeless) return <Loading />;
	return (
		<Container size="sm" py="xl">
			<Problem error={error} onRetry={() => location.reload()} />
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

/** What narrows a list. On a phone it is folded away: the list comes first. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Filter } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useWords, words } from '../i18n/words.ts';
import css from './folded-filters.module.css';

const WORDS = words({
	en: { filters: (count: number) => (count === 0 ? 'Filters' : `Filters (${count})`) },
	pt: { filters: (count: number) => (count === 0 ? 'Filtros' : `Filtros (${count})`) },
});

export interface FoldedFiltersProps {
	/** How many are set. */
	readonly count: number;
	readonly children: ReactNode;
}

export function FoldedFilters({ count, children }: FoldedFiltersProps) {
	const say = useWords(WORDS);
	const [isOpen, { toggle }] = useDisclosure();
	const id = useId();
	return (
		<div>
			<Button
				hiddenFrom="sm"
				variant="default"
				fullWidth
				leftSection={<Filter size={16} aria-hidden />}
				aria-expanded={isOpen}
				aria-controls={id}
				onClick={toggle}
			>
				{say.filters(count)}
			</Button>
			<div id={id} className={css['filters']} data-open={isOpen || undefined}>
				{children}
			</div>
		</div>
	);
}

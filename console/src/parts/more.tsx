/** The end of a list that goes on. */
import { Button, Center } from '@mantine/core';
import type { Paged } from '../api/pages.ts';
import { useWords, words } from '../i18n/words.ts';

const WORDS = words({ en: { more: 'Show more' }, pt: { more: 'Mostrar mais' } });

export function More({ list }: { readonly list: Pick<Paged<unknown>, 'hasMore' | 'isLoadingMore' | 'more'> }) {
	const say = useWords(WORDS);
	if (!list.hasMore) return null;
	return (
		<Center py="sm">
			<Button variant="default" loading={list.isLoadingMore} onClick={list.more}>
				{say.more}
			</Button>
		</Center>
	);
}

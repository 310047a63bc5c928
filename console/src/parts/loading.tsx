import { Center, Loader } from '@mantine/core';
import { useWords, words } from '../i18n/words.ts';

const WORDS = words({ en: { loading: 'Loading' }, pt: { loading: 'Carregando' } });

export function Loading() {
	const say = useWords(WORDS);
	return (
		<Center mih={240} role="status" aria-label={say.loading}>
			<Loader type="dots" />
		</Center>
	);
}

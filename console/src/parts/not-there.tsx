/** Of something that an address names and that is not there, or not any more: no failure, and nothing that trying again would change. */
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Refused } from '../api/http.ts';
import { useWords, words } from '../i18n/words.ts';
import { Empty } from './empty.tsx';

const WORDS = words({
	en: { why: 'It may have been deleted, or its address is not complete.' },
	pt: { why: 'Talvez tenha sido excluído, ou o endereço esteja incompleto.' },
});

export interface NotThereProps {
	/** What is not there, in a sentence. */
	readonly title: string;
	/** The way to those that are. */
	readonly children: ReactNode;
}

export function NotThere({ title, children }: NotThereProps) {
	const say = useWords(WORDS);
	return (
		<Empty icon={SearchX} title={title} action={children}>
			{say.why}
		</Empty>
	);
}

/** Of what was deleted while it was looked at the last answer is kept: it does not hold any more. */
export function stillThere<T>({ data, error }: { readonly data: T | undefined; readonly error: unknown }): T | undefined {
	return isNotThere(error) ? undefined : data;
}

export function isNotThere(error: unknown): boolean {
	return error instanceof Refused && error.status === 404;
}

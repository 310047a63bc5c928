/** Narrows a list that is there as a whole, by what is typed: `q` in the address of the page. */
import { TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useWritten } from './written.ts';

/** Nothing is asked for: it is narrowed nearly as one types, and not anew with each key of a word. */
const TYPED_MS = 100;

export interface SearchBoxProps {
	/** What it looks at. */
	readonly label: string;
	/** In pixels, where there is room for it. */
	readonly width: { readonly min: number; readonly max: number };
	/** Puts it into the address; undefined where nothing is searched for. */
	readonly onSearch: (q: string | undefined) => void;
}

export function SearchBox({ label, width: { min, max }, onSearch }: SearchBoxProps) {
	const written = useWritten('q', TYPED_MS, onSearch);
	return (
		<TextInput
			{...written}
			aria-label={label}
			placeholder={label}
			leftSection={<Search size={16} aria-hidden />}
			flex={`1 1 ${min}px`}
			maw={{ sm: max }}
		/>
	);
}

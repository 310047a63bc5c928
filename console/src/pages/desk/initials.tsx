/** Stands for a person. Pictures of contacts lie outside, and nothing is fetched from there. */
import { Avatar } from '@mantine/core';

const WORDS_SHOWN = 2;

export function Initials({ name }: { readonly name: string }) {
	const letters = name
		.split(/\s+/u)
		.map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
		.filter((letter) => letter !== '');
	const shown = [letters[0], ...letters.slice(1).slice(-1)].slice(0, WORDS_SHOWN).join('').toUpperCase();
	return (
		<Avatar size={36} radius="xl" variant="filled" color="green.8" aria-hidden style={{ flexShrink: 0 }}>
			{shown === '' ? undefined : shown}
		</Avatar>
	);
}

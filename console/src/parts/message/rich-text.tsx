/** A text as chat apps show it: `*bold*`, `_italic_`, `~struck~`, `` `code` ``, and links. */
import { Anchor, Code } from '@mantine/core';
import type { ReactNode } from 'react';

const MARKED = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])|(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]+?)(?<=\S)\2(?![\p{L}\p{N}])/gu;

export function RichText({ text }: { readonly text: string }): ReactNode {
	const parts: ReactNode[] = [];
	let from = 0;
	for (const found of text.matchAll(MARKED)) {
		const [whole, link, mark, inner = ''] = found;
		parts.push(text.slice(from, found.index), marked({ key: found.index, link, mark, inner }));
		from = found.index + whole.length;
	}
	return [...parts, text.slice(from)];
}

interface Marked {
	readonly key: number;
	readonly link: string | undefined;
	readonly mark: string | undefined;
	readonly inner: string;
}

function marked({ key, link, mark, inner }: Marked): ReactNode {
	if (link !== undefined) {
		return (
			<Anchor key={key} href={link} target="_blank" rel="noopener noreferrer" inherit c="inherit" underline="always">
				{link}
			</Anchor>
		);
	}
	switch (mark) {
		case '*':
			return (
				<strong key={key}>
					<RichText text={inner} />
				</strong>
			);
		case '_':
			return (
				<em key={key}>
					<RichText text={inner} />
				</em>
			);
		case '~':
			return (
				<s key={key}>
					<RichText text={inner} />
				</s>
			);
		default:
			return <Code key={key}>{inner}</Code>;
	}
}

/** Something to copy: an id, a secret, a snippet. */
import { ActionIcon, Code, CopyButton, Group } from '@mantine/core';
import { Check, Copy as CopyIcon } from 'lucide-react';
import { useWords, words } from '../i18n/words.ts';

const WORDS = words({ en: { copy: 'Copy', copied: 'Copied' }, pt: { copy: 'Copiar', copied: 'Copiado' } });

export function CopyIt({ value }: { readonly value: string }) {
	const say = useWords(WORDS);
	return (
		<CopyButton value={value} timeout={1_500}>
			{({ copied, copy }) => (
				<ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? say.copied : say.copy} title={say.copy} onClick={copy}>
					{copied ? <Check size={14} aria-hidden /> : <CopyIcon size={14} aria-hidden />}
				</ActionIcon>
			)}
		</CopyButton>
	);
}

/** An id or token on one line, cut where there is no room. */
export function Copyable({ value, shown = value }: { readonly value: string; readonly shown?: string }) {
	return (
		<Group gap={4} wrap="nowrap" miw={0}>
			<Code style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{shown}</Code>
			<CopyIt value={value} />
		</Group>
	);
}

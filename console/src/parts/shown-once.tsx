/** Secrets that the gateway shows this one time: to be copied before the dialog is closed. */
import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords, words } from '../i18n/words.ts';
import { CopyIt } from './copy.tsx';
import { useFocusBack } from './focus-back.ts';

const WORDS = words({
	en: { once: 'Copy it now: it is not shown again.', done: 'I have kept it' },
	pt: { once: 'Copie agora: não será mostrado de novo.', done: 'Já guardei' },
});

export interface ShownOnceProps {
	readonly title: string;
	/** What each is, and its value. */
	readonly secrets: readonly { readonly name: string; readonly value: string }[];
	readonly onClose: () => void;
	/** What else there is to say of them. */
	readonly children?: ReactNode;
}

export function ShownOnce({ title, secrets, onClose, children }: ShownOnceProps) {
	const say = useWords(WORDS);
	useFocusBack();
	return (
		<Modal opened onClose={onClose} title={title} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
			<Stack>
				<Alert color="yellow" icon={<KeyRound size={18} aria-hidden />}>
					{say.once}
				</Alert>
				{secrets.map(({ name, value }) => (
					<div key={name}>
						<Text size="sm" fw={600}>
							{name}
						</Text>
						<Group gap="xs" wrap="nowrap" align="flex-start">
							<Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{value}</Code>
							<CopyIt value={value} />
						</Group>
					</div>
				))}
				{children}
				<Group justify="flex-end">
					<Button onClick={onClose}>{say.done}</Button>
				</Group>
			</Stack>
		</Modal>
	);
}

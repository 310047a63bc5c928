/** A form in a dialog: what is asked, the verb, and what the gateway said where it refused. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords, words } from '../i18n/words.ts';
import { useFocusBack } from './focus-back.ts';
import { Problem } from './problem.tsx';
import type { Sending } from './sending.ts';

const WORDS = words({ en: { cancel: 'Cancel' }, pt: { cancel: 'Cancelar' } });

export interface FormDialogProps {
	readonly title: string;
	/** On the button. */
	readonly verb: string;
	readonly sending: Sending;
	readonly canSend?: boolean;
	readonly onSend: () => void;
	readonly onClose: () => void;
	/** `lg` for a long form. Default: `md`. */
	readonly size?: 'md' | 'lg';
	readonly children: ReactNode;
}

export function FormDialog({ title, verb, sending, canSend = true, onSend, onClose, size = 'md', children }: FormDialogProps) {
	const say = useWords(WORDS);
	useFocusBack();
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		onSend();
	};
	return (
		<Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': say.cancel }}>
			<form onSubmit={submit} noValidate>
				<Stack>
					{children}
					{sending.error !== undefined && <Problem error={sending.error} />}
					<Group justify="flex-end">
						<Button variant="default" onClick={onClose}>
							{say.cancel}
						</Button>
						<Button type="submit" loading={sending.isSending} disabled={!canSend}>
							{verb}
						</Button>
					</Group>
				</Stack>
			</form>
		</Modal>
	);
}

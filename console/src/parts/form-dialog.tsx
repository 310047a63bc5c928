/** A form in a dialog: what is asked, the verb, and what the gateway said where it refused. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Refused } from '../api/http.ts';
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
	/** Paths of faults that its fields tell: where there are no others, nothing is said again below, and the first such field is gone to. */
	readonly toldAtFields?: readonly string[];
	readonly children: ReactNode;
}

export function FormDialog({
	title,
	verb,
	sending,
	canSend = true,
	onSend,
	onClose,
	size = 'md',
	toldAtFields = [],
	children,
}: FormDialogProps) {
	const say = useWords(WORDS);
	useFocusBack();
	const form = useRef<HTMLFormElement>(null);
	const { error } = sending;
	const isToldAbove = error instanceof Refused && error.faults.length > 0 && error.faults.every(({ path }) => toldAtFields.includes(path));
	useEffect(() => {
		if (isToldAbove && error) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
	}, [isToldAbove, error]);
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		onSend();
	};
	return (
		<Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': say.cancel }}>
			<form ref={form} onSubmit={submit} noValidate>
				<Stack>
					{children}
					{error !== undefined && !isToldAbove && <Problem error={error} />}
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

/** A form in a dialog: what is asked, the verb, and what the gateway said where it refused. It asks before it is closed in passing with what was filled in; its button to cancel says enough. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useWords, words } from '../i18n/words.ts';
import { useConfirm } from './confirm.tsx';
import { useFaultsAtFields } from './faults-at-fields.ts';
import { useFocusBack } from './focus-back.ts';
import { Problem } from './problem.tsx';
import type { Sending } from './sending.ts';
import { useUnsaved } from './unsaved.ts';

const WORDS = words({
	en: {
		cancel: 'Cancel',
		close: 'Close',
		discardTitle: 'Discard what you filled in?',
		discardText: 'It is not saved.',
		discard: 'Discard',
		goOn: 'Go on filling in',
	},
	pt: {
		cancel: 'Cancelar',
		close: 'Fechar',
		discardTitle: 'Descartar o que você preencheu?',
		discardText: 'Não foi salvo.',
		discard: 'Descartar',
		goOn: 'Continuar preenchendo',
	},
});

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
	/** Paths of faults that its fields tell, as `useFaultsAtFields` has them: where there are no others, nothing is said again below. */
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
	const { error } = sending;
	const { form, isTold } = useFaultsAtFields(error, toldAtFields);
	const { watched, isChanged } = useUnsaved(form);
	const confirm = useConfirm(() => ({
		title: say.discardTitle,
		text: say.discardText,
		verb: say.discard,
		back: say.goOn,
		act: async () => onClose(),
	}));
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		onSend();
	};
	return (
		<>
			<Modal
				opened
				onClose={() => (isChanged() ? confirm.ask() : onClose())}
				title={title}
				size={size}
				// What it asks is closed by Escape first.
				closeOnEscape={!confirm.dialog}
				closeButtonProps={{ 'aria-label': say.close }}
			>
				<form ref={form} onSubmit={submit} noValidate {...watched}>
					<Stack>
						{children}
						{error !== undefined && !isTold && <Problem error={error} />}
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
			{confirm.dialog}
		</>
	);
}

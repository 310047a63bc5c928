/** One item of a list of settings in a form: a new one is created, one that is there saved. */
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import type { SettingsForm } from './settings-list.ts';
import { WORDS } from './settings-words.ts';

export interface SettingsDialogProps {
	readonly form: SettingsForm;
	/** The titles. */
	readonly say: { readonly create: string; readonly change: string };
	readonly canSend: boolean;
	/** What is sent. */
	readonly body: object;
	/** Paths of faults that the fields tell, as `FormDialog` has them. */
	readonly toldAtFields: readonly string[];
	readonly children: ReactNode;
}

export function SettingsDialog({
	form: { before, sending, save, close },
	say,
	canSend,
	body,
	toldAtFields,
	children,
}: SettingsDialogProps) {
	const common = useWords(WORDS);
	return (
		<FormDialog
			title={before ? say.change : say.create}
			verb={before ? common.save : common.create}
			sending={sending}
			canSend={canSend}
			onSend={() => save(body)}
			onClose={close}
			toldAtFields={toldAtFields}
		>
			{children}
		</FormDialog>
	);
}

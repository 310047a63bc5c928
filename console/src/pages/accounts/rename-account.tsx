/** Another name for an account. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Account } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { useSending } from '../../parts/sending.ts';

const WORDS = words({
	en: { rename: 'Rename', title: 'Rename the account', name: 'Name', save: 'Save' },
	pt: { rename: 'Renomear', title: 'Renomear a conta', name: 'Nome', save: 'Salvar' },
});

export function RenameAccount({ account }: { readonly account: Account }) {
	const say = useWords(WORDS);
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<Button variant="default" leftSection={<Pencil size={16} aria-hidden />} onClick={() => setOpen(true)}>
				{say.rename}
			</Button>
			{isOpen && <NameForm account={account} onClose={() => setOpen(false)} />}
		</>
	);
}

function NameForm({ account: { id, name: before }, onClose }: { readonly account: Account; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const sending = useSending();
	const [name, setName] = useState(before);
	const save = (): void =>
		sending.send(
			() => change<Account>('PATCH', `/accounts/${id}`, { name: name.trim() }),
			(renamed) => {
				queries.setQueryData(['accounts', id], renamed);
				void queries.invalidateQueries({ queryKey: ['accounts'] });
				onClose();
			},
		);
	return (
		<FormDialog
			title={say.title}
			verb={say.save}
			sending={sending}
			canSend={name.trim() !== '' && name.trim() !== before}
			onSend={save}
			onClose={onClose}
		>
			<NameField label={say.name} value={name} onChange={setName} sending={sending} />
		</FormDialog>
	);
}

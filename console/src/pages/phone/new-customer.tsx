/** Somebody new with a phone: invented, until one writes another name or number. */
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Dices } from 'lucide-react';
import { useState } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { inventPerson } from '../../parts/people.ts';
import { useSending } from '../../parts/sending.ts';
import { behave } from './acts.ts';
import { behaviourKey } from './data.ts';

const WORDS = words({
	en: { title: 'New customer', name: 'Name', phone: 'Number, with country code', another: 'Invent another', create: 'Take this phone' },
	pt: { title: 'Novo cliente', name: 'Nome', phone: 'Número, com código do país', another: 'Inventar outro', create: 'Usar este telefone' },
});

export interface NewCustomerProps {
	readonly instanceId: string;
	readonly onDone: (phone: string) => void;
	readonly onClose: () => void;
}

export function NewCustomer({ instanceId, onDone, onClose }: NewCustomerProps) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const sending = useSending();
	const [person, setPerson] = useState(inventPerson);
	const phone = person.phone.replace(/\D/g, '');
	const create = (): void =>
		sending.send(
			() => behave({ instanceId, phone }, { name: person.name.trim() }),
			(behaviour) => {
				client.setQueryData(behaviourKey({ instanceId, phone }), behaviour);
				onClose();
				onDone(phone);
			},
		);
	const another = (
		<Tooltip label={say.another}>
			<ActionIcon variant="subtle" aria-label={say.another} onClick={() => setPerson(inventPerson())}>
				<Dices size={18} aria-hidden />
			</ActionIcon>
		</Tooltip>
	);
	return (
		<FormDialog
			title={say.title}
			verb={say.create}
			sending={sending}
			canSend={phone !== '' && person.name.trim() !== ''}
			onSend={create}
			onClose={onClose}
		>
			<TextInput
				label={say.name}
				required
				data-autofocus
				value={person.name}
				error={sending.faultOf('name')}
				rightSection={another}
				onChange={({ currentTarget: { value } }) => setPerson({ ...person, name: value })}
			/>
			<TextInput
				label={say.phone}
				required
				inputMode="tel"
				value={person.phone}
				onChange={({ currentTarget: { value } }) => setPerson({ ...person, phone: value })}
			/>
		</FormDialog>
	);
}

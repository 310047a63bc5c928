/** A new instance. Its token is shown once. */
import { Alert, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Instance, InstanceCreated } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { AccountPicker } from '../../parts/account-picker.tsx';
import { ButtonLink } from '../../parts/button-link.tsx';
import { useAccounts, useOneAccount } from '../../parts/chosen-account.ts';
import { Copyable } from '../../parts/copy.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { inventPerson } from '../../parts/people.ts';
import { useSending } from '../../parts/sending.ts';
import { INSTANCE_WORDS } from './words.ts';

const WORDS = words({
	en: {
		title: 'New instance',
		account: 'Account',
		noAccount: 'An instance belongs to an account. Create one first.',
		name: 'Name',
		nameAbout: 'For people',
		channel: 'Channel',
		simulator: 'A WhatsApp of its own, to try and to test: it reaches no real phone.',
		phone: 'Number, with country code',
		create: 'Create',
		made: 'It is there',
		token: 'Its token in the paths of the Z-API. It is shown this once; keep it in a safe place.',
		open: 'Open the instance',
	},
	pt: {
		title: 'Nova instância',
		account: 'Conta',
		noAccount: 'Uma instância pertence a uma conta. Crie uma conta primeiro.',
		name: 'Nome',
		nameAbout: 'Para as pessoas reconhecerem',
		channel: 'Canal',
		simulator: 'Um WhatsApp próprio, para experimentar e testar: não chega a nenhum telefone real.',
		phone: 'Número, com código do país',
		create: 'Criar',
		made: 'Instância criada',
		token: 'O token dela nos caminhos da Z-API. Só aparece desta vez; guarde em lugar seguro.',
		open: 'Abrir a instância',
	},
});

const CHANNELS: readonly Instance['channel'][] = ['simulator', 'cloud-api', 'whatsapp-web'];

export function CreateInstance({ onClose }: { readonly onClose: () => void }) {
	const [created, setCreated] = useState<InstanceCreated>();
	return created ? <Created created={created} onClose={onClose} /> : <Form onCreated={setCreated} onClose={onClose} />;
}

interface FormProps {
	readonly onCreated: (created: InstanceCreated) => void;
	readonly onClose: () => void;
}

function Form({ onCreated, onClose }: FormProps) {
	const say = useWords(WORDS);
	const told = useWords(INSTANCE_WORDS);
	const client = useQueryClient();
	const accounts = useAccounts();
	const first = useOneAccount();
	const sending = useSending();
	const [chosen, setChosen] = useState<string>();
	const [name, setName] = useState('');
	const [channel, setChannel] = useState<Instance['channel']>('simulator');
	const [phone, setPhone] = useState(() => inventPerson().phone);
	const accountId = chosen ?? first;
	const create = (): void =>
		sending.send(
			() =>
				change<InstanceCreated>('POST', `/accounts/${accountId}/instances`, {
					name: name.trim(),
					channel,
					phone: phone.replace(/\D/g, ''),
				}),
			(created) => {
				void client.invalidateQueries({ queryKey: ['instances'] });
				onCreated(created);
			},
		);
	const canSend = accountId !== undefined && name.trim() !== '' && /\d/.test(phone);
	return (
		<FormDialog title={say.title} verb={say.create} sending={sending} canSend={canSend} onSend={create} onClose={onClose}>
			{accounts.length > 1 && <AccountPicker label={say.account} required allowDeselect={false} chosen={accountId} onChoose={setChosen} />}
			{accountId === undefined && accounts.length === 0 && <Text size="sm">{say.noAccount}</Text>}
			<NameField label={say.name} description={say.nameAbout} value={name} onChange={setName} sending={sending} />
			<Select
				label={say.channel}
				{...(channel === 'simulator' ? { description: say.simulator } : {})}
				allowDeselect={false}
				value={channel}
				error={sending.faultOf('channel')}
				data={CHANNELS.map((value) => ({ value, label: told[value] }))}
				onChange={(value) => value !== null && setChannel(value as Instance['channel'])}
			/>
			<TextInput
				label={say.phone}
				required
				inputMode="tel"
				value={phone}
				error={sending.faultOf('phone')}
				onChange={({ currentTarget: { value } }) => setPhone(value)}
			/>
		</FormDialog>
	);
}

function Created({ created, onClose }: { readonly created: InstanceCreated; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	return (
		<Modal opened onClose={onClose} title={say.made} closeOnClickOutside={false} closeOnEscape={false}>
			<Stack>
				<Alert icon={<KeyRound size={20} aria-hidden />} color="green">
					{say.token}
				</Alert>
				<Copyable value={created.token} />
				<Group justify="flex-end">
					<ButtonLink to="/console/instances/$instanceId" params={{ instanceId: created.id }} data-autofocus>
						{say.open}
					</ButtonLink>
				</Group>
			</Stack>
		</Modal>
	);
}

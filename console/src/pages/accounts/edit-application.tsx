/** Another name or address for an application. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Application } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { useSending } from '../../parts/sending.ts';

const WORDS = words({
	en: {
		title: 'Change the application',
		name: 'Name',
		webhook: 'Address that gets responses and statuses',
		webhookAbout: 'What waits for the old address flows to the new one at once.',
		webhookGone: 'Its webhook was deleted. With an address it gets a new one.',
		save: 'Save',
	},
	pt: {
		title: 'Alterar a aplicação',
		name: 'Nome',
		webhook: 'Endereço que recebe respostas e status',
		webhookAbout: 'O que espera pelo endereço antigo segue na hora para o novo.',
		webhookGone: 'O webhook dela foi apagado. Com um endereço, ela ganha um novo.',
		save: 'Salvar',
	},
});

interface Props {
	readonly application: Application;
	readonly onSaved: () => void;
	readonly onClose: () => void;
}

export function EditApplication({ application, onSaved, onClose }: Props) {
	const say = useWords(WORDS);
	const sending = useSending();
	const { appId, webhook: before = '' } = application;
	const [name, setName] = useState(application.name);
	const [webhook, setWebhook] = useState(before);
	const wish = { ...(name === application.name ? {} : { name }), ...(webhook === before ? {} : { webhook }) };
	return (
		<FormDialog
			title={say.title}
			verb={say.save}
			sending={sending}
			canSend={name.trim() !== '' && Object.keys(wish).length > 0 && (webhook !== '' || before === '')}
			onSend={() => sending.send(() => change('PATCH', `/applications/${appId}`, wish), onSaved)}
			onClose={onClose}
			toldAtFields={['name', 'webhook']}
		>
			<NameField label={say.name} value={name} onChange={setName} sending={sending} />
			<TextInput
				label={say.webhook}
				description={before === '' ? say.webhookGone : say.webhookAbout}
				placeholder="https://example.com/recado"
				type="url"
				value={webhook}
				onChange={(event) => setWebhook(event.currentTarget.value)}
				error={sending.faultOf('webhook')}
			/>
		</FormDialog>
	);
}

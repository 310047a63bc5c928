/** Custom buttons: an operator presses one in a chat, and the customer's own API is called. */
import { Code, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { SquareMousePointer } from 'lucide-react';
import { useId, useState } from 'react';
import { useCustomButtons } from '../../api/staff.ts';
import type { CustomButton } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { NameField } from '../../parts/name-field.tsx';
import { Listing } from './listing.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { type SettingsFormProps, useSettingsForm, useSettingsList } from './settings-list.ts';
import { WORDS as COMMON } from './settings-words.ts';

const WORDS = words({
	en: {
		about: 'Pressed in a chat, a button calls your API with the contact. What it answers is sent into the chat or shown to the operator.',
		add: 'New button',
		empty: 'No custom buttons yet',
		emptyText: 'For what operators do in other systems: order status, a second copy of an invoice.',
		deleted: 'It disappears from all chats.',
		create: 'New button',
		change: 'Change the button',
		nameHint: 'As operators read it',
		url: 'Address of your API',
		method: 'Method',
		methodHint: 'A POST sends the contact as JSON, a GET in the query',
	},
	pt: {
		about: 'Apertado em uma conversa, o botão chama sua API com o contato. A resposta vai para a conversa ou é mostrada ao operador.',
		add: 'Novo botão',
		empty: 'Nenhum botão ainda',
		emptyText: 'Para o que os operadores fazem em outros sistemas: status do pedido, segunda via do boleto.',
		deleted: 'Ele some de todas as conversas.',
		create: 'Novo botão',
		change: 'Alterar botão',
		nameHint: 'Como os operadores leem',
		url: 'Endereço da sua API',
		method: 'Método',
		methodHint: 'POST envia o contato em JSON; GET, na query',
	},
});

export function Buttons({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const list = useCustomButtons(accountId);
	const settings = useSettingsList<CustomButton>('custom-buttons', accountId, say.deleted);
	return (
		<Listing
			about={say.about}
			say={say}
			icon={SquareMousePointer}
			list={list}
			settings={settings}
			nameOf={({ name }) => name}
			row={(button) => (
				<>
					<Text fw={600}>{button.name}</Text>
					<Group gap="xs" wrap="nowrap">
						<Code>{button.method}</Code>
						<Text size="sm" c="dimmed" truncate title={button.url}>
							{button.url}
						</Text>
					</Group>
				</>
			)}
			form={ButtonForm}
		/>
	);
}

function ButtonForm(props: SettingsFormProps<CustomButton>) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const form = useSettingsForm('custom-buttons', props);
	const { before, sending } = form;
	const [name, setName] = useState(before?.name ?? '');
	const [url, setUrl] = useState(before?.url ?? 'https://');
	const [method, setMethod] = useState<string>(before?.method ?? 'POST');
	const methodId = useId();
	return (
		<SettingsDialog
			form={form}
			say={say}
			canSend={name.trim() !== '' && URL.canParse(url)}
			body={{ name: name.trim(), url: url.trim(), method }}
			toldAtFields={['name', 'url']}
		>
			<NameField label={common.name} description={say.nameHint} maxLength={200} value={name} onChange={setName} sending={sending} />
			<TextInput
				label={say.url}
				type="url"
				required
				maxLength={2_000}
				value={url}
				onChange={(event) => setUrl(event.currentTarget.value)}
				error={sending.faultOf('url')}
			/>
			<Stack gap={4}>
				<Text size="sm" fw={500} id={methodId}>
					{say.method}
				</Text>
				<SegmentedControl aria-labelledby={methodId} data={['POST', 'GET']} value={method} onChange={setMethod} />
				<Text size="xs" c="dimmed">
					{say.methodHint}
				</Text>
			</Stack>
		</SettingsDialog>
	);
}

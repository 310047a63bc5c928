/** The templates of an application: what may be sent to somebody who has not written for 24 hours. */
import { Button, Group, Paper, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { change, get } from '../../api/http.ts';
import { whole } from '../../api/pages.ts';
import type { Template } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Listed } from '../../parts/listed.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { useSending } from '../../parts/sending.ts';
import { StateBadge } from '../../parts/state-badge.tsx';

const WORDS = words({
	en: {
		none: 'No template yet.',
		create: 'New template',
		edit: 'Edit',
		save: 'Save',
		remove: 'Delete',
		removeTitle: (name: string) => `Delete the template “${name}”?`,
		removeText: 'It cannot be sent any more.',
		name: 'Name',
		nameAbout: 'Small letters, digits and _',
		header: 'Header',
		body: 'Text',
		bodyAbout: '{{1}}, {{2}}, … are filled in when it is sent',
		footer: 'Footer',
		status: 'Status',
		others: 'Its buttons and media stay as they are.',
		states: { APPROVED: 'Approved', PENDING: 'Pending', REJECTED: 'Rejected', PAUSED: 'Paused', DISABLED: 'Disabled' },
	},
	pt: {
		none: 'Nenhum modelo ainda.',
		create: 'Novo modelo',
		edit: 'Editar',
		save: 'Salvar',
		remove: 'Apagar',
		removeTitle: (name: string) => `Apagar o modelo “${name}”?`,
		removeText: 'Ele não poderá mais ser enviado.',
		name: 'Nome',
		nameAbout: 'Letras minúsculas, números e _',
		header: 'Cabeçalho',
		body: 'Texto',
		bodyAbout: '{{1}}, {{2}}, … são preenchidos no envio',
		footer: 'Rodapé',
		status: 'Status',
		others: 'Os botões e mídias dele ficam como estão.',
		states: { APPROVED: 'Aprovado', PENDING: 'Pendente', REJECTED: 'Rejeitado', PAUSED: 'Pausado', DISABLED: 'Desativado' },
	},
});

const STATES = ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED'] as const;

/** As the API gives it; its type tells what else it has. */
interface Component {
	readonly type: 'HEADER' | 'BODY' | 'FOOTER' | 'BUTTONS';
	readonly format?: string;
	readonly text?: string;
}

export function Templates({ appId }: { readonly appId: string }) {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const key = ['templates', appId];
	const found = useQuery({
		queryKey: key,
		queryFn: async () => (await get<{ items: readonly Template[] }>(`/applications/${appId}/templates`)).items,
	});
	const [edited, setEdited] = useState<Template | 'new'>();
	const refresh = () => queries.invalidateQueries({ queryKey: key });
	const confirm = useConfirm((name: string) => ({
		title: say.removeTitle(name),
		text: say.removeText,
		verb: say.remove,
		act: async () => {
			await change('DELETE', `/applications/${appId}/templates/${name}`);
			await refresh();
		},
	}));
	return (
		<Stack gap="xs" mt="sm">
			<Listed
				list={whole(found)}
				empty={
					<Text size="sm" c="dimmed">
						{say.none}
					</Text>
				}
			>
				{(templates) =>
					templates.map((template) => (
						<Paper key={template.name} withBorder p="sm">
							<Group justify="space-between" gap="sm" align="flex-start">
								<div style={{ minWidth: 0, flex: '1 1 16rem' }}>
									<Group gap="xs">
										<Text fw={600} style={{ overflowWrap: 'anywhere' }}>
											{template.name}
										</Text>
										<StateBadge tone={template.status === 'APPROVED' ? 'good' : 'idle'}>{say.states[template.status]}</StateBadge>
										<Text size="sm" c="dimmed">
											{template.language} · {template.category}
										</Text>
									</Group>
									<Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
										{textOf(template, 'BODY')}
									</Text>
								</div>
								<Group gap="xs">
									<Button variant="default" size="xs" onClick={() => setEdited(template)} aria-label={`${say.edit}: ${template.name}`}>
										{say.edit}
									</Button>
									<Button
										variant="default"
										size="xs"
										onClick={() => confirm.ask(template.name)}
										aria-label={`${say.remove}: ${template.name}`}
									>
										{say.remove}
									</Button>
								</Group>
							</Group>
						</Paper>
					))
				}
			</Listed>
			<div>
				<Button variant="default" size="xs" onClick={() => setEdited('new')}>
					{say.create}
				</Button>
			</div>
			{edited !== undefined && (
				<TemplateForm
					appId={appId}
					template={edited === 'new' ? undefined : edited}
					onClose={() => setEdited(undefined)}
					onSaved={() => {
						setEdited(undefined);
						void refresh();
					}}
				/>
			)}
			{confirm.dialog}
		</Stack>
	);
}

interface FormProps {
	readonly appId: string;
	readonly template: Template | undefined;
	readonly onSaved: () => void;
	readonly onClose: () => void;
}

function TemplateForm({ appId, template, onSaved, onClose }: FormProps) {
	const say = useWords(WORDS);
	const sending = useSending();
	const [name, setName] = useState(template?.name ?? '');
	const [header, setHeader] = useState(textOf(template, 'HEADER'));
	const [body, setBody] = useState(textOf(template, 'BODY'));
	const [footer, setFooter] = useState(textOf(template, 'FOOTER'));
	const [status, setStatus] = useState<string>(template?.status ?? 'APPROVED');
	// What this form has no field for (buttons, a medium as header) stays.
	const others = componentsOf(template).filter(
		({ type, format = 'TEXT' }) => type === 'BUTTONS' || (type === 'HEADER' && format !== 'TEXT'),
	);
	const hasMedium = others.some(({ type }) => type === 'HEADER');
	const save = (): void => {
		const components = [
			...others.filter(({ type }) => type === 'HEADER'),
			...(header === '' || hasMedium ? [] : [{ type: 'HEADER', format: 'TEXT', text: header }]),
			{ type: 'BODY', text: body },
			...(footer === '' ? [] : [{ type: 'FOOTER', text: footer }]),
			...others.filter(({ type }) => type === 'BUTTONS'),
		];
		const path = `/applications/${appId}/templates`;
		sending.send(
			() =>
				template ? change('PATCH', `${path}/${template.name}`, { components, status }) : change('POST', path, { name, components, status }),
			onSaved,
		);
	};
	return (
		<FormDialog
			title={template?.name ?? say.create}
			verb={say.save}
			sending={sending}
			canSend={name !== '' && body !== ''}
			onSend={save}
			onClose={onClose}
		>
			{!template && <NameField label={say.name} description={say.nameAbout} value={name} onChange={setName} sending={sending} />}
			{!hasMedium && (
				<TextInput label={say.header} maxLength={60} value={header} onChange={(event) => setHeader(event.currentTarget.value)} />
			)}
			<Textarea
				label={say.body}
				description={say.bodyAbout}
				maxLength={1_024}
				autosize
				minRows={3}
				maxRows={10}
				value={body}
				onChange={(event) => setBody(event.currentTarget.value)}
				required
			/>
			<TextInput label={say.footer} maxLength={60} value={footer} onChange={(event) => setFooter(event.currentTarget.value)} />
			<Select
				label={say.status}
				data={STATES.map((state) => ({ value: state, label: say.states[state] }))}
				value={status}
				onChange={(chosen) => setStatus(chosen ?? status)}
				allowDeselect={false}
			/>
			{others.length > 0 && (
				<Text size="sm" c="dimmed">
					{say.others}
				</Text>
			)}
		</FormDialog>
	);
}

function componentsOf(template: Template | undefined): readonly Component[] {
	return (template?.components ?? []) as readonly Component[];
}

function textOf(template: Template | undefined, type: Component['type']): string {
	return componentsOf(template).find((component) => component.type === type)?.text ?? '';
}

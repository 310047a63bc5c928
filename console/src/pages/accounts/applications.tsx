/** Applications: instances as the Instant Message API sees them, with their address and their templates. */
import { Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AppWindow, Plus } from 'lucide-react';
import { useState } from 'react';
import { change, get } from '../../api/http.ts';
import { whole } from '../../api/pages.ts';
import type { Application, ApplicationCreated, Instance } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LinkTo } from '../../parts/link-to.tsx';
import { Listed } from '../../parts/listed.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { Card } from '../../parts/page.tsx';
import { useSending } from '../../parts/sending.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { DeleteApplication } from './delete-application.tsx';
import { EditApplication } from './edit-application.tsx';
import { Templates } from './templates.tsx';

const WORDS = words({
	en: {
		title: 'Applications',
		create: 'New application',
		verb: 'Create',
		none: 'No application yet',
		noneAbout: 'An application opens the Instant Message API for an instance. Its address gets responses and statuses.',
		name: 'Name',
		instance: 'Instance',
		webhook: 'Address that gets responses and statuses',
		made: 'The application’s token',
		token: 'JWT of the Instant Message API',
		renew: 'New token',
		renewTitle: (name: string) => `Make a new token for “${name}”?`,
		renewText: 'The old one ends at once.',
		templates: 'Templates',
		hide: 'Hide templates',
		edit: 'Edit',
		remove: 'Delete',
		noWebhook: 'Its webhook was deleted',
	},
	pt: {
		title: 'Aplicações',
		create: 'Nova aplicação',
		verb: 'Criar',
		none: 'Nenhuma aplicação ainda',
		noneAbout: 'Uma aplicação abre a API Instant Message para uma instância. O endereço dela recebe respostas e status.',
		name: 'Nome',
		instance: 'Instância',
		webhook: 'Endereço que recebe respostas e status',
		made: 'O token da aplicação',
		token: 'JWT da API Instant Message',
		renew: 'Novo token',
		renewTitle: (name: string) => `Gerar um novo token para “${name}”?`,
		renewText: 'O antigo deixa de valer na hora.',
		templates: 'Modelos',
		hide: 'Esconder modelos',
		edit: 'Editar',
		remove: 'Apagar',
		noWebhook: 'O webhook dela foi apagado',
	},
});

interface Props {
	readonly accountId: string;
}

export function Applications({ accountId }: Props) {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const key = ['applications', accountId];
	const found = useQuery({
		queryKey: key,
		queryFn: async () => (await get<{ items: readonly Application[] }>(`/accounts/${accountId}/applications`)).items,
	});
	const [isCreating, setCreating] = useState(false);
	const [made, setMade] = useState<ApplicationCreated>();
	const refresh = (): void => {
		void queries.invalidateQueries({ queryKey: key });
		void queries.invalidateQueries({ queryKey: ['webhooks'] });
	};
	const button = (
		<Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={() => setCreating(true)}>
			{say.create}
		</Button>
	);
	return (
		<Card title={say.title} actions={button}>
			<Listed
				list={whole(found)}
				empty={
					<Empty icon={AppWindow} title={say.none}>
						{say.noneAbout}
					</Empty>
				}
			>
				{(applications) => (
					<Stack gap="xs">
						{applications.map((application) => (
							<Row key={application.appId} application={application} onRenewed={setMade} onChanged={refresh} />
						))}
					</Stack>
				)}
			</Listed>
			{isCreating && (
				<NewApplication
					accountId={accountId}
					onClose={() => setCreating(false)}
					onMade={(application) => {
						setCreating(false);
						setMade(application);
						refresh();
					}}
				/>
			)}
			{made && <ShownOnce title={say.made} secrets={[{ name: say.token, value: made.token }]} onClose={() => setMade(undefined)} />}
		</Card>
	);
}

interface RowProps {
	readonly application: Application;
	readonly onRenewed: (made: ApplicationCreated) => void;
	readonly onChanged: () => void;
}

function Row({ application, onRenewed, onChanged }: RowProps) {
	const say = useWords(WORDS);
	const [isOpen, setOpen] = useState(false);
	const [act, setAct] = useState<'edit' | 'delete'>();
	const changed = (): void => {
		setAct(undefined);
		onChanged();
	};
	const { appId, name, webhook, webhookId } = application;
	const confirm = useConfirm(() => ({
		title: say.renewTitle(name),
		text: say.renewText,
		verb: say.renew,
		act: async () => onRenewed(await change<ApplicationCreated>('POST', `/applications/${appId}/token`)),
	}));
	return (
		<Paper withBorder p="sm">
			<Group justify="space-between" gap="sm">
				<div style={{ minWidth: 0, flex: '1 1 18rem' }}>
					<Text fw={600} style={{ overflowWrap: 'anywhere' }}>
						{name}
					</Text>
					<Copyable value={appId} />
					{webhook === undefined ? (
						<Text size="sm" c="dimmed">
							{say.noWebhook}
						</Text>
					) : (
						<LinkTo to="/console/webhooks/$webhookId" params={{ webhookId }} size="sm" style={{ overflowWrap: 'anywhere' }}>
							{webhook}
						</LinkTo>
					)}
				</div>
				<Group gap="xs">
					<Button
						variant="default"
						size="xs"
						aria-expanded={isOpen}
						aria-label={`${isOpen ? say.hide : say.templates}: ${name}`}
						onClick={() => setOpen(!isOpen)}
					>
						{isOpen ? say.hide : say.templates}
					</Button>
					<Button variant="default" size="xs" onClick={() => confirm.ask()} aria-label={`${say.renew}: ${name}`}>
						{say.renew}
					</Button>
					<Button variant="default" size="xs" onClick={() => setAct('edit')} aria-label={`${say.edit}: ${name}`}>
						{say.edit}
					</Button>
					<Button variant="default" size="xs" onClick={() => setAct('delete')} aria-label={`${say.remove}: ${name}`}>
						{say.remove}
					</Button>
				</Group>
			</Group>
			{isOpen && <Templates appId={appId} />}
			{confirm.dialog}
			{act === 'edit' && <EditApplication application={application} onSaved={changed} onClose={() => setAct(undefined)} />}
			{act === 'delete' && <DeleteApplication application={application} onDeleted={changed} onClose={() => setAct(undefined)} />}
		</Paper>
	);
}

function NewApplication({
	accountId,
	onMade,
	onClose,
}: Props & { readonly onMade: (made: ApplicationCreated) => void; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const sending = useSending();
	const { data: instances = [] } = useQuery({
		queryKey: ['instances', accountId],
		queryFn: async () => (await get<{ items: readonly Instance[] }>(`/accounts/${accountId}/instances`)).items,
	});
	const [name, setName] = useState('');
	const [instanceId, setInstanceId] = useState<string | null>(null);
	const [webhook, setWebhook] = useState('');
	const create = (): void =>
		sending.send(
			() => change<ApplicationCreated>('POST', `/accounts/${accountId}/applications`, { name: name.trim(), instanceId, webhook }),
			onMade,
		);
	return (
		<FormDialog
			title={say.create}
			verb={say.verb}
			sending={sending}
			canSend={name.trim() !== '' && instanceId !== null && webhook !== ''}
			onSend={create}
			onClose={onClose}
			toldAtFields={['name', 'instanceId', 'webhook']}
		>
			<NameField label={say.name} value={name} onChange={setName} sending={sending} />
			<Select
				label={say.instance}
				data={instances.map(({ id, name: label, phone }) => ({ value: id, label: `${label} (${phone})` }))}
				value={instanceId}
				onChange={setInstanceId}
				error={sending.faultOf('instanceId')}
				required
			/>
			<TextInput
				label={say.webhook}
				placeholder="https://example.com/recado"
				type="url"
				value={webhook}
				onChange={(event) => setWebhook(event.currentTarget.value)}
				error={sending.faultOf('webhook')}
				required
			/>
		</FormDialog>
	);
}

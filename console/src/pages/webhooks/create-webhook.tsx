/** A new webhook; and then its secret, and the ways on. */
import { Alert, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { ButtonLink } from '../../parts/button-link.tsx';
import { useOneAccount } from '../../parts/chosen-account.ts';
import { Copyable } from '../../parts/copy.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { instancesQuery } from '../../parts/instances.ts';
import { useSending } from '../../parts/sending.ts';
import { WebhookFields } from './form/webhook-fields.tsx';
import { canSend, creationOf, newDraft } from './webhook-draft.ts';

const WORDS = words({
	en: {
		title: 'New webhook',
		create: 'Create',
		made: 'The webhook is there',
		secret: 'Its secret: with it your system checks that a delivery is from here. Keep it as you keep a password.',
		later: 'Its page has a program that does it, and sends an example.',
		open: 'Open the webhook',
	},
	pt: {
		title: 'Novo webhook',
		create: 'Criar',
		made: 'Webhook criado',
		secret: 'O segredo dele: com ele o seu sistema confere que uma entrega veio daqui. Guarde como se guarda uma senha.',
		later: 'A página dele tem um programa pronto para isso e envia um exemplo.',
		open: 'Abrir o webhook',
	},
});

export interface CreateWebhookProps {
	/** Undefined: the whole account. */
	readonly instanceId: string | undefined;
	readonly onClose: () => void;
}

export function CreateWebhook({ instanceId, onClose }: CreateWebhookProps) {
	const [created, setCreated] = useState<Webhook>();
	return created ? (
		<Created webhook={created} onClose={onClose} />
	) : (
		<Form instanceId={instanceId} onCreated={setCreated} onClose={onClose} />
	);
}

function Form({ instanceId, onCreated, onClose }: CreateWebhookProps & { readonly onCreated: (webhook: Webhook) => void }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const sending = useSending();
	const first = useOneAccount();
	const { data: instances = [] } = useQuery(instancesQuery(undefined));
	const owner = instances.find(({ id }) => id === instanceId)?.accountId;
	const [draft, setDraft] = useState(() => newDraft(undefined, instanceId));
	// The list of accounts may come after the dialog.
	const filled = { ...draft, accountId: draft.accountId ?? owner ?? first };
	const create = (): void =>
		sending.send(
			() => change<Webhook>('POST', '/webhooks', creationOf(filled)),
			(webhook) => {
				void client.invalidateQueries({ queryKey: ['webhooks'] });
				onCreated(webhook);
			},
		);
	return (
		<FormDialog title={say.title} verb={say.create} size="lg" sending={sending} canSend={canSend(filled)} onSend={create} onClose={onClose}>
			<WebhookFields draft={filled} onChange={setDraft} sending={sending} />
		</FormDialog>
	);
}

function Created({ webhook: { id, secret }, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	return (
		<Modal opened onClose={onClose} title={say.made}>
			<Stack>
				<Alert icon={<KeyRound size={20} aria-hidden />} color="green">
					{say.secret}
				</Alert>
				<Copyable value={secret} />
				<Text size="sm" c="dimmed">
					{say.later}
				</Text>
				<Group justify="flex-end">
					<ButtonLink to="/console/webhooks/$webhookId" params={{ webhookId: id }} data-autofocus>
						{say.open}
					</ButtonLink>
				</Group>
			</Stack>
		</Modal>
	);
}

/** A new webhook; and then its secret, and the ways on. */
import { Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { WebhookWithSecret } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { ButtonLink } from '../../parts/button-link.tsx';
import { useOneAccount } from '../../parts/chosen-account.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { instancesQuery } from '../../parts/instances.ts';
import { useSending } from '../../parts/sending.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { WebhookFields } from './form/webhook-fields.tsx';
import { canSend, creationOf, newDraft } from './webhook-draft.ts';
import { TOLD_AT_FIELDS, useSendDraft } from './webhook-sending.ts';

const WORDS = words({
	en: {
		title: 'New webhook',
		create: 'Create',
		made: 'The webhook is there',
		secret: 'Secret (v1)',
		about:
			'With it your system checks that a delivery is from here; the page of the webhook has a program that does it. Where it is lost, a rotation makes a new one.',
		open: 'Open the webhook',
	},
	pt: {
		title: 'Novo webhook',
		create: 'Criar',
		made: 'Webhook criado',
		secret: 'Segredo (v1)',
		about:
			'Com ele o seu sistema confere que uma entrega veio daqui; a página do webhook tem um programa pronto para isso. Se for perdido, uma troca cria um novo.',
		open: 'Abrir o webhook',
	},
});

export interface CreateWebhookProps {
	/** Undefined: the whole account. */
	readonly instanceId: string | undefined;
	readonly onClose: () => void;
}

export function CreateWebhook({ instanceId, onClose }: CreateWebhookProps) {
	const [created, setCreated] = useState<WebhookWithSecret>();
	return created ? (
		<Created webhook={created} onClose={onClose} />
	) : (
		<Form instanceId={instanceId} onCreated={setCreated} onClose={onClose} />
	);
}

function Form({ instanceId, onCreated, onClose }: CreateWebhookProps & { readonly onCreated: (webhook: WebhookWithSecret) => void }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const sending = useSending();
	const sendDraft = useSendDraft();
	const first = useOneAccount();
	const { data: instances = [] } = useQuery(instancesQuery(undefined));
	const owner = instances.find(({ id }) => id === instanceId)?.accountId;
	const [draft, setDraft] = useState(() => newDraft(undefined, instanceId));
	// The list of accounts may come after the dialog.
	const filled = { ...draft, accountId: draft.accountId ?? owner ?? first };
	const create = (): void =>
		sending.send(
			() => sendDraft(filled, () => change<WebhookWithSecret>('POST', '/webhooks', creationOf(filled))),
			(webhook) => {
				void client.invalidateQueries({ queryKey: ['webhooks'] });
				onCreated(webhook);
			},
		);
	return (
		<FormDialog
			title={say.title}
			verb={say.create}
			size="lg"
			sending={sending}
			canSend={canSend(filled)}
			onSend={create}
			onClose={onClose}
			toldAtFields={TOLD_AT_FIELDS}
		>
			<WebhookFields draft={filled} onChange={setDraft} sending={sending} />
		</FormDialog>
	);
}

function Created({ webhook: { id, secret }, onClose }: { readonly webhook: WebhookWithSecret; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	return (
		<ShownOnce title={say.made} secrets={[{ name: say.secret, value: secret }]} onClose={onClose}>
			<Text size="sm" c="dimmed">
				{say.about}
			</Text>
			<Group>
				{/* Back from there is the list, and not another new one. */}
				<ButtonLink to="/console/webhooks/$webhookId" params={{ webhookId: id }} replace variant="default">
					{say.open}
				</ButtonLink>
			</Group>
		</ShownOnce>
	);
}

/** What is done to a webhook as a whole: disabled, enabled, changed, deleted. */
import { Button, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { tellDone, tellFailed } from '../../parts/told.ts';
import { DeleteWebhook } from './delete-webhook.tsx';
import { DisableWebhook } from './disable-webhook.tsx';
import { EditWebhook } from './edit-webhook.tsx';

const WORDS = words({
	en: {
		disable: 'Disable',
		enable: 'Enable',
		edit: 'Edit',
		delete: 'Delete',
		enabled: 'Enabled: what waited flows now.',
		failed: 'It could not be enabled',
	},
	pt: {
		disable: 'Desativar',
		enable: 'Ativar',
		edit: 'Editar',
		delete: 'Excluir',
		enabled: 'Ativado: o que esperava está fluindo.',
		failed: 'Não foi possível ativar',
	},
});

export function WebhookActs({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const [open, setOpen] = useState<'edit' | 'disable' | 'delete'>();
	const [isEnabling, setEnabling] = useState(false);
	const close = (): void => setOpen(undefined);
	const enable = (): void => {
		if (isEnabling) return;
		setEnabling(true);
		change<Webhook>('PATCH', `/webhooks/${webhook.id}`, { enabled: true })
			.then(
				(after) => {
					client.setQueryData(['webhooks', webhook.id], after);
					tellDone(say.enabled);
				},
				(error: unknown) => tellFailed(say.failed, error),
			)
			.finally(() => {
				setEnabling(false);
				void client.invalidateQueries({ queryKey: ['webhooks'] });
			});
	};
	const isEnding = webhook.status === 'ending';
	return (
		<>
			{!isEnding && (
				<Button leftSection={<Pencil size={16} aria-hidden />} onClick={() => setOpen('edit')}>
					{say.edit}
				</Button>
			)}
			{/* One button for both, and open to clicks all the time: it keeps the focus of whoever is at it. */}
			{!isEnding && (
				<Button
					variant="default"
					leftSection={
						isEnabling ? <Loader size={16} /> : webhook.enabled ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />
					}
					aria-busy={isEnabling}
					onClick={webhook.enabled ? () => setOpen('disable') : enable}
				>
					{webhook.enabled ? say.disable : say.enable}
				</Button>
			)}
			<Button variant="default" leftSection={<Trash2 size={16} aria-hidden />} onClick={() => setOpen('delete')}>
				{say.delete}
			</Button>
			{open === 'edit' && <EditWebhook webhook={webhook} onClose={close} />}
			{open === 'disable' && <DisableWebhook webhook={webhook} onClose={close} />}
			{open === 'delete' && <DeleteWebhook webhook={webhook} onClose={close} />}
		</>
	);
}

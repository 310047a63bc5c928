/** Deletes a webhook, after it was said what becomes of what it has left. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { DeleteDialog } from '../../parts/delete-dialog.tsx';
import { addressOf } from '../../parts/known-webhooks.ts';
import { tellDone } from '../../parts/told.ts';

const WORDS = words({
	en: {
		title: 'Delete this webhook?',
		about: (address: string) =>
			`${address} is told nothing new from then on. What it was told stays in the deliveries until they are too old.`,
		left: 'What waits for it now',
		drainAbout: 'It is gone when all it has is delivered or dead.',
		cancelAbout: 'It is gone at once.',
		delete: 'Delete',
		deleted: 'The webhook is deleted.',
		ending: 'The webhook is gone when what it has left is delivered.',
	},
	pt: {
		title: 'Excluir este webhook?',
		about: (address: string) => `${address} não será avisado de mais nada. O que já recebeu continua nas entregas até ficar velho demais.`,
		left: 'O que espera por ele agora',
		drainAbout: 'Ele some quando tudo o que tem estiver entregue ou esgotado.',
		cancelAbout: 'Ele some na hora.',
		delete: 'Excluir',
		deleted: 'Webhook excluído.',
		ending: 'O webhook some quando o que resta estiver entregue.',
	},
});

export function DeleteWebhook({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const navigate = useNavigate();
	const isDraining = webhook.ending === 'drain';
	return (
		<DeleteDialog
			title={say.title}
			say={say}
			about={say.about(addressOf(webhook))}
			path={`/webhooks/${webhook.id}`}
			first={isDraining || !webhook.enabled ? 'cancel' : 'drain'}
			waits={isDraining ? 'drains' : undefined}
			onDeleted={(ending) => {
				tellDone(ending === 'drain' ? say.ending : say.deleted);
				// Its page, while it is there, would ask for it again.
				void navigate({ to: '/console/webhooks' }).then(() => {
					client.removeQueries({ queryKey: ['webhooks', webhook.id] });
					void client.invalidateQueries({ queryKey: ['webhooks'] });
				});
			}}
			onClose={onClose}
		/>
	);
}

/** Deletes a webhook, after it was said what becomes of what it has left. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { addressOf } from '../../parts/known-webhooks.ts';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { tellDone } from '../../parts/told.ts';

const WORDS = words({
	en: {
		title: 'Delete this webhook?',
		about: (address: string) =>
			`${address} is told nothing new from then on. What it was told stays in the deliveries until they are too old.`,
		left: 'What waits for it now',
		drain: 'is delivered first',
		drainAbout: 'It is gone when all it has is delivered or dead.',
		cancel: 'is discarded',
		cancelAbout: 'It is gone at once.',
		delete: 'Delete',
		keep: 'Cancel',
		deleted: 'The webhook is deleted.',
		ending: 'The webhook is gone when what it has left is delivered.',
	},
	pt: {
		title: 'Excluir este webhook?',
		about: (address: string) => `${address} não será avisado de mais nada. O que já recebeu continua nas entregas até ficar velho demais.`,
		left: 'O que espera por ele agora',
		drain: 'é entregue antes',
		drainAbout: 'Ele some quando tudo o que tem estiver entregue ou esgotado.',
		cancel: 'é descartado',
		cancelAbout: 'Ele some na hora.',
		delete: 'Excluir',
		keep: 'Cancelar',
		deleted: 'Webhook excluído.',
		ending: 'O webhook some quando o que resta estiver entregue.',
	},
});

type Ending = 'drain' | 'cancel';

export function DeleteWebhook({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const navigate = useNavigate();
	const sending = useSending();
	// One that drains already can only be stopped.
	const [ending, setEnding] = useState<Ending>(webhook.ending === 'drain' || !webhook.enabled ? 'cancel' : 'drain');
	const remove = (): void =>
		sending.send(
			() => change('DELETE', `/webhooks/${webhook.id}`, undefined, { query: { deliveries: ending } }),
			() => {
				tellDone(ending === 'drain' ? say.ending : say.deleted);
				// Its page, while it is there, would ask for it again.
				void navigate({ to: '/console/webhooks' }).then(() => {
					client.removeQueries({ queryKey: ['webhooks', webhook.id] });
					void client.invalidateQueries({ queryKey: ['webhooks'] });
				});
			},
		);
	return (
		<Modal opened onClose={onClose} title={say.title} closeButtonProps={{ 'aria-label': say.keep }}>
			<Stack>
				<Text size="sm" style={{ overflowWrap: 'anywhere' }}>
					{say.about(addressOf(webhook))}
				</Text>
				<Radio.Group label={say.left} value={ending} onChange={(value) => setEnding(value as Ending)}>
					<Stack gap="xs" mt={6}>
						<Radio value="drain" label={say.drain} description={say.drainAbout} disabled={webhook.ending === 'drain'} />
						<Radio value="cancel" label={say.cancel} description={say.cancelAbout} />
					</Stack>
				</Radio.Group>
				{sending.error !== undefined && <Problem error={sending.error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose} data-autofocus>
						{say.keep}
					</Button>
					<Button color="red.8" loading={sending.isSending} onClick={remove}>
						{say.delete}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}

/** Asks why, for those who find it disabled. */
import { Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useSending } from '../../parts/sending.ts';

const WORDS = words({
	en: {
		title: 'Disable this webhook?',
		about: 'Nothing is sent there until it is enabled again. Nothing is lost: what is for it waits, in order.',
		reason: 'Reason, for your colleagues',
		disable: 'Disable',
	},
	pt: {
		title: 'Desativar este webhook?',
		about: 'Nada é enviado para lá até ele ser ativado de novo. Nada se perde: o que é para ele espera, em ordem.',
		reason: 'Motivo, para os colegas',
		disable: 'Desativar',
	},
});

/** The gateway takes no longer ones. */
const REASON_LENGTH_MAX = 200;

export function DisableWebhook({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const sending = useSending();
	const [reason, setReason] = useState('');
	const disable = (): void =>
		sending.send(
			() =>
				change<Webhook>('PATCH', `/webhooks/${webhook.id}`, {
					enabled: false,
					...(reason.trim() === '' ? {} : { disabledReason: reason.trim() }),
				}),
			(after) => {
				client.setQueryData(['webhooks', webhook.id], after);
				void client.invalidateQueries({ queryKey: ['webhooks'] });
				onClose();
			},
		);
	return (
		<FormDialog title={say.title} verb={say.disable} sending={sending} onSend={disable} onClose={onClose}>
			<Text size="sm">{say.about}</Text>
			<TextInput
				label={say.reason}
				maxLength={REASON_LENGTH_MAX}
				data-autofocus
				value={reason}
				error={sending.faultOf('disabledReason')}
				onChange={({ currentTarget: { value } }) => setReason(value)}
			/>
		</FormDialog>
	);
}

/** The settings of a webhook, to be changed. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useSending } from '../../parts/sending.ts';
import { tellDone } from '../../parts/told.ts';
import { WebhookFields } from './form/webhook-fields.tsx';
import { canSend, changeOf, draftOf } from './webhook-draft.ts';
import { TOLD_AT_FIELDS, useSendDraft } from './webhook-sending.ts';

const WORDS = words({
	en: { title: 'Edit webhook', save: 'Save', saved: 'Saved' },
	pt: { title: 'Editar webhook', save: 'Salvar', saved: 'Salvo' },
});

export function EditWebhook({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const sending = useSending();
	const sendDraft = useSendDraft();
	// As it was when the dialog was opened: what is fetched meanwhile overwrites nothing that was typed.
	const [before] = useState(webhook);
	const [draft, setDraft] = useState(() => draftOf(webhook));
	const save = (): void =>
		sending.send(
			() => sendDraft(draft, () => change<Webhook>('PATCH', `/webhooks/${webhook.id}`, changeOf(draft, before))),
			(after) => {
				client.setQueryData(['webhooks', webhook.id], after);
				void client.invalidateQueries({ queryKey: ['webhooks'] });
				tellDone(say.saved);
				onClose();
			},
		);
	return (
		<FormDialog
			title={say.title}
			verb={say.save}
			size="lg"
			sending={sending}
			canSend={canSend(draft)}
			onSend={save}
			onClose={onClose}
			toldAtFields={TOLD_AT_FIELDS}
		>
			<WebhookFields draft={draft} before={before} onChange={setDraft} sending={sending} />
		</FormDialog>
	);
}

import type { Webhook } from '../../../api/views.ts';
import type { Sending } from '../../../parts/sending.ts';
import type { WebhookDraft } from '../webhook-draft.ts';

/** What each group of fields of the form is given. */
export interface FieldsProps {
	readonly draft: WebhookDraft;
	/** As it is; undefined for a new one. */
	readonly before?: Webhook;
	readonly onChange: (draft: WebhookDraft) => void;
	readonly sending: Sending;
}

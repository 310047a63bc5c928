/** Says that what is being made would tell a receiver twice. It may be meant so, of two APIs for instance. */
import { Alert, Text } from '@mantine/core';
import { useWords, words } from '../../../i18n/words.ts';
import { useKnownWebhooks } from '../../../parts/known-webhooks.ts';
import { LinkTo } from '../../../parts/link-to.tsx';
import type { WebhookDraft } from '../webhook-draft.ts';
import { twinOf } from '../webhook-twin.ts';

const WORDS = words({
	en: {
		twin: 'There is a webhook with this address already: it gets twice what both are told.',
		open: 'See that webhook',
	},
	pt: {
		twin: 'Já existe um webhook com este endereço: ele receberá em dobro o que os dois recebem.',
		open: 'Ver esse webhook',
	},
});

export function TwinHint({ draft }: { readonly draft: WebhookDraft }) {
	const say = useWords(WORDS);
	const twin = twinOf(draft, useKnownWebhooks(draft.accountId).all);
	if (!twin) return null;
	return (
		<Alert color="yellow" role="status">
			<Text size="sm">{say.twin}</Text>
			<LinkTo to="/console/webhooks/$webhookId" params={{ webhookId: twin.id }} size="sm">
				{say.open}
			</LinkTo>
		</Alert>
	);
}

/** One webhook: how its receiver does, what it was told last, how it is served, how its signature is checked, and what became of it. */
import { SimpleGrid, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useWords, words } from '../../i18n/words.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { addressOf } from '../../parts/known-webhooks.ts';
import { stillThere } from '../../parts/not-there.tsx';
import { Page } from '../../parts/page.tsx';
import { UnknownYet } from '../../parts/unknown-yet.tsx';
import { useWebhook, useWebhookHints } from './data.ts';
import { HistoryCard } from './history-card.tsx';
import { LatestCard } from './latest-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { SigningCard } from './signing-card.tsx';
import { SnippetCard } from './snippet-card.tsx';
import { StatusCard } from './status-card.tsx';
import { TestCard } from './test-card.tsx';
import { WebhookActs } from './webhook-acts.tsx';

const WORDS = words({
	en: { title: 'Webhook', back: 'All webhooks', notThere: 'There is no such webhook' },
	pt: { title: 'Webhook', back: 'Todos os webhooks', notThere: 'Este webhook não existe' },
});

export function WebhookPage() {
	const say = useWords(WORDS);
	const { webhookId = '' } = useParams({ strict: false }) as { webhookId?: string };
	const found = useWebhook(webhookId);
	const webhook = stillThere(found);
	useWebhookHints(webhook?.accountId);
	const back = <BackLink to="/console/webhooks">{say.back}</BackLink>;
	if (!webhook) return <UnknownYet title={say.title} notThere={say.notThere} {...{ back, found }} />;
	return (
		<Page title={shortened(addressOf(webhook))} about={back} actions={<WebhookActs key={webhook.id} webhook={webhook} />}>
			{/* What was begun, or found by trying, is about this one. */}
			<SimpleGrid key={webhook.id} cols={{ base: 1, lg: 2 }} spacing="lg">
				<Stack gap="lg" miw={0}>
					<StatusCard webhook={webhook} />
					<TestCard webhook={webhook} />
					<LatestCard webhookId={webhook.id} />
					<HistoryCard webhookId={webhook.id} />
				</Stack>
				<Stack gap="lg" miw={0}>
					<SettingsCard webhook={webhook} />
					<SigningCard webhook={webhook} />
					<SnippetCard webhook={webhook} />
				</Stack>
			</SimpleGrid>
		</Page>
	);
}

/** About a line on a wide screen; all of it is in the settings. */
const TITLE_LENGTH_MAX = 44;

/** Cut in the middle: the host and the end of the path say which one it is. */
function shortened(address: string): string {
	if (address.length <= TITLE_LENGTH_MAX) return address;
	const half = Math.floor(TITLE_LENGTH_MAX / 2);
	return `${address.slice(0, half)}…${address.slice(-half)}`;
}

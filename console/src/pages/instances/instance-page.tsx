/** One instance: its session, its queue, what it does by itself, what its channel can do, and who hears of it. */
import { SimpleGrid, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { MessageSquareText } from 'lucide-react';
import { useWords, words } from '../../i18n/words.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { ButtonLink } from '../../parts/button-link.tsx';
import { stillThere } from '../../parts/not-there.tsx';
import { Page } from '../../parts/page.tsx';
import { shownPhone } from '../../parts/phone-text.ts';
import { UnknownYet } from '../../parts/unknown-yet.tsx';
import { ChannelCard } from './channel-card.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { useInstance, useInstanceHints } from './data.ts';
import { PacingCard } from './pacing-card.tsx';
import { QueueCard } from './queue-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { WebhooksCard } from './webhooks-card.tsx';

const WORDS = words({
	en: { title: 'Instance', phone: 'Open its phone', back: 'All instances', notThere: 'There is no such instance' },
	pt: { title: 'Instância', phone: 'Abrir o telefone', back: 'Todas as instâncias', notThere: 'Esta instância não existe' },
});

export function InstancePage() {
	const say = useWords(WORDS);
	const { instanceId = '' } = useParams({ strict: false }) as { instanceId?: string };
	const found = useInstance(instanceId);
	const instance = stillThere(found);
	useInstanceHints(instance?.accountId);
	const back = <BackLink to="/console/instances">{say.back}</BackLink>;
	if (!instance) return <UnknownYet title={say.title} notThere={say.notThere} {...{ back, found }} />;
	const actions = instance.channel === 'simulator' && (
		<ButtonLink
			to="/console/phone"
			search={{ instance: instance.id }}
			variant="default"
			leftSection={<MessageSquareText size={16} aria-hidden />}
		>
			{say.phone}
		</ButtonLink>
	);
	return (
		<Page
			title={instance.name}
			about={
				<>
					{shownPhone(instance.phone)} · {back}
				</>
			}
			actions={actions}
		>
			{/* What was begun is about this one. */}
			<SimpleGrid key={instance.id} cols={{ base: 1, lg: 2 }} spacing="lg">
				<Stack gap="lg">
					<ConnectionCard instance={instance} />
					<QueueCard instance={instance} />
					<WebhooksCard instance={instance} />
				</Stack>
				<Stack gap="lg">
					<PacingCard instance={instance} />
					<SettingsCard instanceId={instance.id} />
					<ChannelCard instanceId={instance.id} />
				</Stack>
			</SimpleGrid>
		</Page>
	);
}

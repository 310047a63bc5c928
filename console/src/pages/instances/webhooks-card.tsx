/** Who hears of what happens to an instance. */
import { Box, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { Instance, Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { ButtonLink } from '../../parts/button-link.tsx';
import { DIALECT_NAMES } from '../../parts/dialect-names.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { StateBadge, type Tone } from '../../parts/state-badge.tsx';
import { useWebhooksOf } from '../../parts/webhooks-of.ts';
import css from './instances.module.css';

const WORDS = words({
	en: {
		title: 'Webhooks',
		all: 'All webhooks',
		none: 'No webhook hears of this instance.',
		create: 'Register a webhook',
		statuses: { active: 'active', failing: 'failing', disabled: 'disabled', ending: 'ending' },
		events: (events: number) => (events === 1 ? '1 event' : `${events} events`),
		whole: 'whole account',
	},
	pt: {
		title: 'Webhooks',
		all: 'Todos os webhooks',
		none: 'Nenhum webhook fica sabendo desta instância.',
		create: 'Cadastrar webhook',
		statuses: { active: 'ativo', failing: 'falhando', disabled: 'desativado', ending: 'encerrando' },
		events: (events: number) => (events === 1 ? '1 evento' : `${events} eventos`),
		whole: 'toda a conta',
	},
});

const TONES: Readonly<Record<Webhook['status'], Tone>> = { active: 'good', failing: 'bad', disabled: 'idle', ending: 'warn' };

export function WebhooksCard({ instance }: { readonly instance: Instance }) {
	const say = useWords(WORDS);
	const { data, error, refetch } = useWebhooksOf(instance);
	const all = (
		<LinkTo to="/console/webhooks" size="sm">
			{say.all}
		</LinkTo>
	);
	return (
		<Card title={say.title} actions={all}>
			{error !== null && !data && <Problem error={error} onRetry={() => void refetch()} />}
			{!data && error === null && <Skeleton h={60} />}
			{data?.length === 0 && (
				<Group justify="space-between">
					<Text size="sm" c="dimmed">
						{say.none}
					</Text>
					<ButtonLink to="/console/webhooks" search={{ create: true, instance: instance.id }} size="compact-sm" variant="light">
						{say.create}
					</ButtonLink>
				</Group>
			)}
			{data && data.length > 0 && (
				<Stack component="ul" gap={0} m={0} p={0} className={css['webhooks']}>
					{data.map((webhook) => (
						<Group component="li" key={webhook.id} wrap="nowrap" justify="space-between" className={css['waiting']}>
							<Box miw={0}>
								<LinkTo to="/console/webhooks/$webhookId" params={{ webhookId: webhook.id }} size="sm" style={{ overflowWrap: 'anywhere' }}>
									{webhook.url}
								</LinkTo>
								<Text size="xs" c="dimmed">
									{[
										DIALECT_NAMES[webhook.dialect],
										say.events(webhook.events.length),
										webhook.instanceId === undefined ? say.whole : undefined,
									]
										.filter((part) => part !== undefined)
										.join(' · ')}
								</Text>
							</Box>
							<StateBadge tone={TONES[webhook.status]}>{say.statuses[webhook.status]}</StateBadge>
						</Group>
					))}
				</Stack>
			)}
		</Card>
	);
}

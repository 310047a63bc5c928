/** What it was told last, with the way to the rest. */
import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/http.ts';
import type { PageOf } from '../../api/pages.ts';
import type { Delivery } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useEventNames } from '../../parts/event-names.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { DELIVERY_WORDS, STATE_TONES } from '../deliveries/delivery-words.ts';
import css from './webhooks.module.css';

const WORDS = words({
	en: { title: 'Latest deliveries', all: 'All of them', dead: 'The dead ones', none: 'It was told nothing yet.' },
	pt: { title: 'Últimas entregas', all: 'Todas', dead: 'As esgotadas', none: 'Ainda não foi avisado de nada.' },
});

const SHOWN = 8;
const LOOK_AGAIN_MS = 2_500;

export function LatestCard({ webhookId }: { readonly webhookId: string }) {
	const say = useWords(WORDS);
	const { data, error, refetch } = useQuery({
		queryKey: ['deliveries', 'latest', webhookId],
		queryFn: async ({ signal }) => (await get<PageOf<Delivery>>('/deliveries', { webhookId, limit: SHOWN }, signal)).items,
		refetchInterval: LOOK_AGAIN_MS,
	});
	const actions = (
		<Group gap="md">
			<LinkTo to="/console/deliveries" search={{ webhookId, state: 'dead' }} size="sm">
				{say.dead}
			</LinkTo>
			<LinkTo to="/console/deliveries" search={{ webhookId }} size="sm">
				{say.all}
			</LinkTo>
		</Group>
	);
	return (
		<Card title={say.title} actions={actions}>
			{error !== null && !data && <Problem error={error} onRetry={() => void refetch()} />}
			{!data && error === null && (
				<Stack gap="xs" aria-hidden>
					<Skeleton h={24} />
					<Skeleton h={24} />
				</Stack>
			)}
			{data?.length === 0 && (
				<Text size="sm" c="dimmed">
					{say.none}
				</Text>
			)}
			{data && data.length > 0 && (
				<ul className={css['list']} aria-label={say.title}>
					{data.map((delivery) => (
						<Row key={delivery.id} delivery={delivery} />
					))}
				</ul>
			)}
		</Card>
	);
}

function Row({ delivery }: { readonly delivery: Delivery }) {
	const told = useWords(DELIVERY_WORDS);
	const names = useEventNames();
	const { id, state, eventType, lastError, attemptCount, createdAt } = delivery;
	const isFailed = lastError !== undefined && state !== 'delivered';
	return (
		<li className={css['delivery']}>
			<StateBadge tone={STATE_TONES[state]}>{told.state[state]}</StateBadge>
			<Group gap="0 6px" miw={0}>
				<LinkTo to="/console/deliveries/$deliveryId" params={{ deliveryId: id }} size="sm">
					{names[eventType]}
				</LinkTo>
				<Text size="xs" c={isFailed ? 'var(--mantine-color-error)' : 'dimmed'} component="span">
					{isFailed ? (told.error[lastError] ?? lastError) : told.attempts(attemptCount)}
				</Text>
			</Group>
			<When at={createdAt} size="xs" />
		</li>
	);
}

/** What needs a person now, worst first, each with the way to where it is mended. */
import { Group, Skeleton, Stack, Text } from '@mantine/core';
import type { LinkProps } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { AttentionItem } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useAccounts } from '../../parts/chosen-account.ts';
import { addressOf, type KnownWebhooks, useKnownWebhooks } from '../../parts/known-webhooks.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { When } from '../../parts/when.tsx';
import { DELIVERY_WORDS } from '../deliveries/delivery-words.ts';
import classes from './attention-list.module.css';
import { useAttention } from './insight.ts';

const WORDS = words({
	en: {
		title: 'Needs attention',
		well: 'All is well',
		wellAbout: 'No webhook fails, every instance is connected, nothing has been given up and nothing is overdue.',
		more: 'There is more; mend these first.',
		severity: { critical: 'Critical', warning: 'Warning', notice: 'Notice' },
		kind: {
			'webhook-failing': () => 'A webhook is failing',
			'webhook-disabled': () => 'A webhook is disabled',
			'instance-disconnected': () => 'An instance is disconnected',
			'dead-deliveries': (n: string) => (n === '1' ? '1 delivery was given up' : `${n} deliveries were given up`),
			'overdue-deliveries': () => 'Deliveries are overdue',
			'observations-failed': (n: string) =>
				n === '1' ? '1 observation could not be worked out' : `${n} observations could not be worked out`,
		},
		atLeast: (n: string) => `${n} or more`,
		mend: {
			'webhook-failing': 'Open the webhook',
			'webhook-disabled': 'Open the webhook',
			'instance-disconnected': 'Open the instance',
			'dead-deliveries': 'Show and replay them',
			'overdue-deliveries': 'Show them',
			'observations-failed': 'Open the instance',
		},
		reason: { gone: 'its receiver answered 410: gone for good', request: 'by request' } as Readonly<Record<string, string>>,
	},
	pt: {
		title: 'Precisa de atenção',
		well: 'Tudo em ordem',
		wellAbout: 'Nenhum webhook falhando, todas as instâncias conectadas, nenhuma entrega esgotada e nada em atraso.',
		more: 'Há mais; resolva estes primeiro.',
		severity: { critical: 'Crítico', warning: 'Alerta', notice: 'Aviso' },
		kind: {
			'webhook-failing': () => 'Um webhook está falhando',
			'webhook-disabled': () => 'Um webhook está desativado',
			'instance-disconnected': () => 'Uma instância está desconectada',
			'dead-deliveries': (n: string) => (n === '1' ? '1 entrega esgotou as tentativas' : `${n} entregas esgotaram as tentativas`),
			'overdue-deliveries': () => 'Há entregas em atraso',
			'observations-failed': (n: string) =>
				n === '1' ? '1 observação não pôde ser processada' : `${n} observações não puderam ser processadas`,
		},
		atLeast: (n: string) => `${n} ou mais`,
		mend: {
			'webhook-failing': 'Abrir o webhook',
			'webhook-disabled': 'Abrir o webhook',
			'instance-disconnected': 'Abrir a instância',
			'dead-deliveries': 'Ver e reenviar',
			'overdue-deliveries': 'Ver as entregas',
			'observations-failed': 'Abrir a instância',
		},
		reason: { gone: 'o receptor respondeu 410: deixou de existir', request: 'a pedido' } as Readonly<Record<string, string>>,
	},
});

const ICONS: Readonly<Record<AttentionItem['severity'], LucideIcon>> = { critical: CircleAlert, warning: TriangleAlert, notice: Info };
/** The gateway counts no further. */
const COUNTED_MAX: Readonly<Record<string, number>> = { 'dead-deliveries': 1_000, 'observations-failed': 200 };
const SKELETON_PX = 44;

export function AttentionList({ accountId }: { readonly accountId: string | undefined }) {
	const say = useWords(WORDS);
	const { data: page, error, refetch } = useAttention(accountId);
	const webhooks = useKnownWebhooks(accountId);
	if (error) return <Problem error={error} onRetry={() => void refetch()} />;
	if (!page) return <Skeleton height={SKELETON_PX} radius="md" />;
	if (page.items.length === 0) return <AllIsWell />;
	return (
		<Card title={say.title}>
			<ul className={classes['items']}>
				{page.items.map((item) => (
					<Item key={`${item.kind} ${item.webhookId} ${item.instanceId}`} item={item} webhooks={webhooks} />
				))}
			</ul>
			{page.next !== undefined && (
				<Text size="sm" c="dimmed" mt="xs">
					{say.more}
				</Text>
			)}
		</Card>
	);
}

function AllIsWell() {
	const say = useWords(WORDS);
	return (
		<Card>
			<Group gap="sm" wrap="nowrap" align="flex-start">
				<CircleCheck size={22} className={classes['well']} aria-hidden />
				<div>
					<Text fw={600}>{say.well}</Text>
					<Text size="sm" c="dimmed">
						{say.wellAbout}
					</Text>
				</div>
			</Group>
		</Card>
	);
}

function Item({ item, webhooks }: { readonly item: AttentionItem; readonly webhooks: KnownWebhooks }) {
	const say = useWords(WORDS);
	const Icon = ICONS[item.severity];
	return (
		<li className={classes['item']}>
			<Icon size={20} className={classes[item.severity]} aria-label={say.severity[item.severity]} role="img" />
			<Stack gap={0} miw={0}>
				<Text fw={600}>{say.kind[item.kind](useCountOf(item))}</Text>
				<Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
					{useAbout(item, webhooks).join(' · ')}
				</Text>
			</Stack>
			<div className={classes['since']}>{item.since !== undefined && <When at={item.since} />}</div>
			<LinkTo size="sm" className={classes['mend'] ?? ''} {...whereToMend(item)}>
				{say.mend[item.kind]}
			</LinkTo>
		</li>
	);
}

function useCountOf({ kind, count: counted = 1 }: AttentionItem): string {
	const say = useWords(WORDS);
	const told = count(counted);
	return counted >= (COUNTED_MAX[kind] ?? Number.POSITIVE_INFINITY) ? say.atLeast(told) : told;
}

/** Which one, of whom, and what else is known. */
function useAbout({ webhookId, instanceId, accountId, detail }: AttentionItem, webhooks: KnownWebhooks): readonly string[] {
	const say = useWords(WORDS);
	const errors = useWords(DELIVERY_WORDS).error;
	const accounts = useAccounts();
	const webhook = webhookId === undefined ? undefined : webhooks.byId.get(webhookId);
	const which = webhook ? addressOf(webhook) : webhookId;
	const more = detail && (say.reason[detail] ?? errors[detail] ?? detail);
	const account = accounts.length > 1 ? accounts.find(({ id }) => id === accountId)?.name : undefined;
	return [which ?? (more === undefined ? instanceId : undefined), more, account].filter(
		(text) => text !== undefined && text !== '',
	) as string[];
}

function whereToMend({ kind, webhookId = '', instanceId = '' }: AttentionItem): Pick<LinkProps, 'to' | 'params' | 'search'> {
	switch (kind) {
		case 'webhook-failing':
		case 'webhook-disabled':
			return { to: '/console/webhooks/$webhookId', params: { webhookId } };
		case 'instance-disconnected':
		case 'observations-failed':
			return { to: '/console/instances/$instanceId', params: { instanceId } };
		case 'dead-deliveries':
			return { to: '/console/deliveries', search: { state: 'dead', webhookId } };
		case 'overdue-deliveries':
			return { to: '/console/deliveries', search: { state: 'pending', webhookId } };
	}
}

/** What needs a person now, worst first, each with the way to where it is mended. */
import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { LinkProps } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import { Fragment } from 'react';
import type { AttentionItem } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccountNames, useAccounts } from '../../parts/chosen-account.ts';
import { addressOf, type KnownWebhooks, useKnownWebhooks } from '../../parts/known-webhooks.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { When } from '../../parts/when.tsx';
import { DELIVERY_WORDS } from '../deliveries/delivery-words.ts';
import classes from './attention-list.module.css';
import { ATTENTION_WORDS } from './attention-words.ts';
import { foldedByKind, type Kind } from './folded.ts';
import { useAttention } from './insight.ts';

const ICONS: Readonly<Record<AttentionItem['severity'], LucideIcon>> = { critical: CircleAlert, warning: TriangleAlert, notice: Info };
/** The gateway counts no further. */
const COUNTED_MAX: Readonly<Record<string, number>> = { 'dead-deliveries': 1_000, 'observations-failed': 200 };
const SKELETON_PX = 44;
/** What is shown at once, so that this second can be seen below it. */
const ROOM = { wide: 5, narrow: 3 } as const;
/** As in the style sheet. */
const NARROW = '(max-width: 48em)';

export function AttentionList({ accountId }: { readonly accountId: string | undefined }) {
	const say = useWords(ATTENTION_WORDS);
	const { data: page, error, refetch } = useAttention(accountId);
	const webhooks = useKnownWebhooks(accountId);
	const isNarrow = useMediaQuery(NARROW);
	if (error) return <Problem error={error} onRetry={() => void refetch()} />;
	if (!page) return <Skeleton height={SKELETON_PX} radius="md" />;
	if (page.items.length === 0) return <AllIsWell />;
	return (
		<Card title={say.title}>
			<ul className={classes['items']} aria-label={say.title}>
				{foldedByKind(page.items, isNarrow ? ROOM.narrow : ROOM.wide).map((kind) => (
					<Fragment key={`${kind.kind} ${kind.items[0]?.severity}`}>
						{kind.items.map((item) => (
							<Item key={`${item.webhookId} ${item.instanceId}`} item={item} webhooks={webhooks} />
						))}
						{kind.folded > 0 && <Folded kind={kind} hasMore={page.next !== undefined} />}
					</Fragment>
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
	const say = useWords(ATTENTION_WORDS);
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
	const say = useWords(ATTENTION_WORDS);
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

/** `hasMore`: the gateway has told a part of all that there is. */
function Folded({ kind: { kind, folded }, hasMore }: { readonly kind: Kind; readonly hasMore: boolean }) {
	const say = useWords(ATTENTION_WORDS);
	const told = count(folded);
	return (
		<li className={classes['folded']}>
			<LinkTo size="sm" {...whereAllAre(kind)}>
				{say.folded[kind](hasMore ? say.atLeast(told) : told)}
			</LinkTo>
		</li>
	);
}

function useCountOf({ kind, count: counted = 1 }: AttentionItem): string {
	const say = useWords(ATTENTION_WORDS);
	const told = count(counted);
	return counted >= (COUNTED_MAX[kind] ?? Number.POSITIVE_INFINITY) ? say.atLeast(told) : told;
}

/** Which one, of whom, and what else is known. */
function useAbout({ webhookId, instanceId, accountId, detail }: AttentionItem, webhooks: KnownWebhooks): readonly string[] {
	const say = useWords(ATTENTION_WORDS);
	const errors = useWords(DELIVERY_WORDS).error;
	const hasAccounts = useAccounts().length > 1;
	const accountName = useAccountNames();
	const webhook = webhookId === undefined ? undefined : webhooks.byId.get(webhookId);
	const which = webhook ? addressOf(webhook) : webhookId;
	const more = detail && (say.reason[detail] ?? errors[detail] ?? detail);
	const account = hasAccounts ? accountName(accountId) : undefined;
	return [which ?? (more === undefined ? instanceId : undefined), more, account].filter(
		(text) => text !== undefined && text !== '',
	) as string[];
}

type Way = Pick<LinkProps, 'to' | 'params' | 'search'>;

function whereAllAre(kind: AttentionItem['kind']): Way {
	switch (kind) {
		case 'webhook-failing':
			return { to: '/console/webhooks', search: { status: 'failing' } };
		case 'webhook-disabled':
			return { to: '/console/webhooks', search: { status: 'disabled' } };
		case 'instance-disconnected':
			return { to: '/console/instances', search: { state: 'disconnected' } };
		case 'observations-failed':
			return { to: '/console/instances' };
		case 'dead-deliveries':
			return { to: '/console/deliveries', search: { state: 'dead' } };
		case 'overdue-deliveries':
			return { to: '/console/deliveries', search: { state: 'pending' } };
	}
}

function whereToMend({ kind, webhookId = '', instanceId = '' }: AttentionItem): Way {
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

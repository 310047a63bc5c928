/** The webhooks in a table; on a narrow screen as cards. A part of them first, where there are many. */
import { Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Instance, Webhook } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useAccountNames, useAccounts } from '../../parts/chosen-account.ts';
import { DIALECT_NAMES } from '../../parts/dialect-names.ts';
import { useEventNames } from '../../parts/event-names.ts';
import { addressOf } from '../../parts/known-webhooks.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { More } from '../../parts/more.tsx';
import { Card } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { DELIVERY_WORDS } from '../deliveries/delivery-words.ts';
import { useHasAnswered, useWaiting, WAITING_COUNTED_MAX } from './data.ts';
import { STATUS_TONES, WEBHOOK_WORDS } from './webhook-words.ts';

const WORDS = words({
	en: {
		address: 'Address',
		dialect: 'API',
		events: 'Events',
		owner: 'Belongs to',
		status: 'Status',
		health: 'Receiver',
		well: 'Answers',
		unknown: 'No answer on record',
		waiting: (waiting: string) => `${waiting} waiting`,
		recovering: 'Answers again',
	},
	pt: {
		address: 'Endereço',
		dialect: 'API',
		events: 'Eventos',
		owner: 'Pertence a',
		status: 'Situação',
		health: 'Receptor',
		well: 'Respondendo',
		unknown: 'Nenhuma resposta registrada',
		waiting: (waiting: string) => `${waiting} aguardando`,
		recovering: 'Voltou a responder',
	},
});

/** Enough for the host and the end of the path in two lines. */
const ADDRESS_PX = 260;
const OWNER_PX = 200;
/** More are shown when asked for. */
const SHOWN = 50;

export interface WebhookListProps {
	readonly webhooks: readonly Webhook[];
	readonly instances: readonly Instance[];
}

export function WebhookList({ webhooks, instances }: WebhookListProps) {
	const [shown, setShown] = useState(SHOWN);
	const first = webhooks.slice(0, shown);
	return (
		<>
			<Wide webhooks={first} instances={instances} />
			<Stack hiddenFrom="md" gap="sm">
				{first.map((webhook) => (
					<Narrow key={webhook.id} webhook={webhook} instances={instances} />
				))}
			</Stack>
			<More list={{ hasMore: webhooks.length > shown, isLoadingMore: false, more: () => setShown(shown + SHOWN) }} />
		</>
	);
}

function Wide({ webhooks, instances }: WebhookListProps) {
	const say = useWords(WORDS);
	const ownerOf = useOwner();
	return (
		<Card p={0} visibleFrom="md">
			<Table.ScrollContainer minWidth={760} type="native">
				<Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
					<Table.Thead>
						<Table.Tr>
							<Table.Th>{say.address}</Table.Th>
							<Table.Th>{say.status}</Table.Th>
							<Table.Th>{say.health}</Table.Th>
							<Table.Th>{say.dialect}</Table.Th>
							<Table.Th>{say.events}</Table.Th>
							<Table.Th>{say.owner}</Table.Th>
						</Table.Tr>
					</Table.Thead>
					<Table.Tbody>
						{webhooks.map((webhook) => (
							<Table.Tr key={webhook.id}>
								<Table.Td miw={ADDRESS_PX}>
									<Address webhook={webhook} />
								</Table.Td>
								<Table.Td>
									<Status webhook={webhook} />
								</Table.Td>
								<Table.Td>
									<Health webhook={webhook} />
								</Table.Td>
								<Table.Td style={{ whiteSpace: 'nowrap' }}>{DIALECT_NAMES[webhook.dialect]}</Table.Td>
								<Table.Td style={{ whiteSpace: 'nowrap' }}>
									<Events webhook={webhook} />
								</Table.Td>
								<Table.Td maw={OWNER_PX}>
									<Owner name={ownerOf(webhook, instances)} />
								</Table.Td>
							</Table.Tr>
						))}
					</Table.Tbody>
				</Table>
			</Table.ScrollContainer>
		</Card>
	);
}

/** In two lines, however long the account and the instance are called: the addresses are what tells the rows apart. */
function Owner({ name }: { readonly name: string }) {
	return (
		<Text size="sm" lineClamp={2} title={name} style={{ overflowWrap: 'anywhere' }}>
			{name}
		</Text>
	);
}

function Narrow({ webhook, instances }: { readonly webhook: Webhook; readonly instances: readonly Instance[] }) {
	const told = useWords(WEBHOOK_WORDS);
	const owner = useOwner()(webhook, instances);
	return (
		<Card p="sm">
			<Group justify="space-between" wrap="nowrap" align="flex-start">
				<Address webhook={webhook} />
				<Status webhook={webhook} />
			</Group>
			<Text size="sm" c="dimmed">
				{[DIALECT_NAMES[webhook.dialect], told.events(webhook.events.length), owner].join(' · ')}
			</Text>
			<Health webhook={webhook} />
		</Card>
	);
}

function Address({ webhook }: { readonly webhook: Webhook }) {
	return (
		<LinkTo
			to="/console/webhooks/$webhookId"
			params={{ webhookId: webhook.id }}
			fw={600}
			fz="sm"
			lineClamp={2}
			title={webhook.url}
			style={{ overflowWrap: 'anywhere' }}
		>
			{addressOf(webhook)}
		</LinkTo>
	);
}

function Status({ webhook: { status } }: { readonly webhook: Webhook }) {
	const told = useWords(WEBHOOK_WORDS);
	return <StateBadge tone={STATUS_TONES[status]}>{told.status[status]}</StateBadge>;
}

function Events({ webhook: { events } }: { readonly webhook: Webhook }) {
	const told = useWords(WEBHOOK_WORDS);
	const names = useEventNames();
	const all = events.map((type) => names[type]).join(', ');
	const [only] = events;
	return <span title={all}>{events.length === 1 && only !== undefined ? names[only] : told.events(events.length)}</span>;
}

/** Why it fails and since when, why it is disabled, and what waits for it. */
function Health({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const errors = useWords(DELIVERY_WORDS).error;
	const { status, circuit, disabledReason } = webhook;
	if (status === 'active' && circuit.state !== 'recovering') return <Well webhookId={webhook.id} />;
	const why = status === 'disabled' ? (disabledReason === 'gone' ? told.gone : disabledReason) : undefined;
	return (
		<Stack gap={0}>
			{why !== undefined && (
				<Text size="sm" lineClamp={2} title={why}>
					{why}
				</Text>
			)}
			{circuit.state === 'recovering' && <Text size="sm">{say.recovering}</Text>}
			{circuit.state === 'open' && (
				<Text size="sm" c="var(--mantine-color-error)" component="div">
					{circuit.errorClass !== undefined && errors[circuit.errorClass]}
					{circuit.failingSince !== undefined && (
						<>
							{' · '}
							<When at={circuit.failingSince} />
						</>
					)}
				</Text>
			)}
			<Waiting webhookId={webhook.id} />
		</Stack>
	);
}

/** That nothing fails says little of one that was never tried. */
function Well({ webhookId }: { readonly webhookId: string }) {
	const say = useWords(WORDS);
	const { data: hasAnswered } = useHasAnswered(webhookId);
	return (
		<Text size="sm" c="dimmed">
			{hasAnswered === undefined ? '…' : hasAnswered ? say.well : say.unknown}
		</Text>
	);
}

function Waiting({ webhookId }: { readonly webhookId: string }) {
	const say = useWords(WORDS);
	const { data: waiting = 0 } = useWaiting(webhookId);
	if (waiting === 0) return null;
	return (
		<LinkTo to="/console/deliveries" search={{ webhookId, state: 'pending' }} size="sm">
			{say.waiting(waiting >= WAITING_COUNTED_MAX ? `${count(waiting)}+` : count(waiting))}
		</LinkTo>
	);
}

/** `Loja · Principal`: the account where there are several, and the instance. */
function useOwner(): (webhook: Webhook, instances: readonly Instance[]) => string {
	const told = useWords(WEBHOOK_WORDS);
	const accounts = useAccounts();
	const nameOf = useAccountNames();
	return ({ accountId, instanceId }, instances) => {
		const instance = instances.find(({ id }) => id === instanceId)?.name ?? instanceId ?? told.wholeAccount;
		const account = accounts.length > 1 ? nameOf(accountId) : undefined;
		return account === undefined ? instance : `${account} · ${instance}`;
	};
}

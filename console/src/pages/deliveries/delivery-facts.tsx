/** What is known of a delivery beside its payload and its attempts, with the ways to what it belongs to. */
import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeliveryDetail, Webhook } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useAccountNames } from '../../parts/chosen-account.ts';
import { Copyable } from '../../parts/copy.tsx';
import { addressOf, useKnownWebhooks } from '../../parts/known-webhooks.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import classes from './delivery-facts.module.css';
import { DELIVERY_WORDS, STATE_TONES } from './delivery-words.ts';

const WORDS = words({
	en: {
		state: 'State',
		id: 'Delivery, and webhook-id',
		webhook: 'Webhook',
		event: 'Event',
		sameEvent: 'its other deliveries',
		chat: 'Chat',
		openChat: 'Open the chat',
		sameChat: 'its other deliveries',
		account: 'Account',
		created: 'Created',
		settled: 'Settled',
		due: 'Next attempt',
		waits: {
			lane: 'Waits for an earlier one of its chat.',
			failing: 'Waits until its webhook, which is failing, answers again.',
			disabled: 'Waits until its webhook is enabled again.',
		},
		replay: 'Sent again by a replay.',
		overtaken: 'It failed for so long that those behind it went on without it.',
	},
	pt: {
		state: 'Situação',
		id: 'Entrega, e webhook-id',
		webhook: 'Webhook',
		event: 'Evento',
		sameEvent: 'outras entregas dele',
		chat: 'Chat',
		openChat: 'Abrir o chat',
		sameChat: 'outras entregas dele',
		account: 'Conta',
		created: 'Criada',
		settled: 'Concluída',
		due: 'Próxima tentativa',
		waits: {
			lane: 'Espera por uma anterior do mesmo chat.',
			failing: 'Espera até o webhook, que está falhando, voltar a responder.',
			disabled: 'Espera até o webhook ser ativado de novo.',
		},
		replay: 'Enviada de novo por um reenvio.',
		overtaken: 'Falhou por tanto tempo que as seguintes passaram à frente.',
	},
});

export function DeliveryFacts({ delivery }: { readonly delivery: DeliveryDetail }) {
	const say = useWords(WORDS);
	const name = useWords(DELIVERY_WORDS);
	const accountName = useAccountNames();
	const webhook = useKnownWebhooks(delivery.accountId).byId.get(delivery.webhookId);
	const { id, state, eventId, chatId, accountId, attempts, createdAt, settledAt, dueAt, isReplay, isOvertaken } = delivery;
	// As they are listed below: also those before a replay, and the probes by themselves.
	const probes = attempts.filter(({ isProbe }) => isProbe).length;
	const tried = [
		...(attempts.length > probes || probes === 0 ? [name.attempts(attempts.length - probes)] : []),
		...(probes > 0 ? [name.probes(probes)] : []),
	].join(' · ');
	return (
		<Card>
			<dl className={classes['facts']}>
				<Fact name={say.state}>
					<Group gap="xs">
						<StateBadge tone={STATE_TONES[state]}>{name.state[state]}</StateBadge>
						<Text size="sm">{tried}</Text>
					</Group>
				</Fact>
				<Fact name={say.webhook}>
					<WebhookLink webhookId={delivery.webhookId} webhook={webhook} />
				</Fact>
				<Fact name={say.id}>
					<Copyable value={id} />
				</Fact>
				<Fact name={say.event}>
					<Copyable value={eventId} />
					<LinkTo to="/console/deliveries" search={{ eventId }} size="sm">
						{say.sameEvent}
					</LinkTo>
				</Fact>
				{chatId !== undefined && (
					<Fact name={say.chat}>
						<Copyable value={chatId} />
						<Group gap="sm">
							<LinkTo to="/console/desk/chats/$chatId" params={{ chatId }} search={{ account: accountId }} size="sm">
								{say.openChat}
							</LinkTo>
							<LinkTo to="/console/deliveries" search={{ chatId }} size="sm">
								{say.sameChat}
							</LinkTo>
						</Group>
					</Fact>
				)}
				<Fact name={say.account}>
					<LinkTo to="/console/accounts/$accountId" params={{ accountId }} size="sm" style={{ overflowWrap: 'anywhere' }}>
						{accountName(accountId) ?? accountId}
					</LinkTo>
				</Fact>
				<Fact name={say.created}>
					<Moment at={createdAt} />
				</Fact>
				{settledAt !== undefined && (
					<Fact name={say.settled}>
						<Moment at={settledAt} />
					</Fact>
				)}
				{state === 'pending' && (
					<Fact name={say.due}>
						<NextAttempt dueAt={dueAt} webhook={webhook} />
					</Fact>
				)}
			</dl>
			{(isReplay || isOvertaken) && (
				<Text size="sm" c="dimmed" mt="sm">
					{[...(isReplay ? [say.replay] : []), ...(isOvertaken ? [say.overtaken] : [])].join(' ')}
				</Text>
			)}
		</Card>
	);
}

function WebhookLink({ webhookId, webhook }: { readonly webhookId: string; readonly webhook: Webhook | undefined }) {
	return (
		<>
			<LinkTo to="/console/webhooks/$webhookId" params={{ webhookId }} size="sm" style={{ overflowWrap: 'anywhere' }}>
				{webhook ? addressOf(webhook) : webhookId}
			</LinkTo>
			{webhook && (
				<Text size="sm" c="dimmed">
					{webhook.dialect}
				</Text>
			)}
		</>
	);
}

function NextAttempt({ dueAt, webhook }: { readonly dueAt: string | undefined; readonly webhook: Webhook | undefined }) {
	const say = useWords(WORDS).waits;
	if (webhook?.status === 'failing' || webhook?.status === 'disabled') return <Text size="sm">{say[webhook.status]}</Text>;
	return dueAt === undefined ? <Text size="sm">{say.lane}</Text> : <Moment at={dueAt} />;
}

function Moment({ at }: { readonly at: string }) {
	return (
		<>
			<Text size="sm">{dateTime(at)}</Text>
			<Text size="sm" c="dimmed" component="div">
				<When at={at} />
			</Text>
		</>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}

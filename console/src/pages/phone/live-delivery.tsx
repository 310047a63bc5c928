/** One delivery in the list beside the phone; its payload opens in place. */
import { Box, Collapse, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
	Activity,
	CheckCheck,
	ChevronDown,
	CircleX,
	Headset,
	type LucideIcon,
	MessageSquareText,
	PencilLine,
	Plug,
	Send,
	Webhook as WebhookIcon,
} from 'lucide-react';
import { useId, useState } from 'react';
import { get } from '../../api/http.ts';
import type { Delivery, DeliveryDetail, Webhook } from '../../api/views.ts';
import { lasting, timeOfDay } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { DIALECT_NAMES } from '../../parts/dialect-names.ts';
import { type EventType, useEventNames } from '../../parts/event-names.ts';
import { Json } from '../../parts/json.tsx';
import { addressOf } from '../../parts/known-webhooks.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Problem } from '../../parts/problem.tsx';
import { StateBadge, type Tone } from '../../parts/state-badge.tsx';
import css from './phone.module.css';

const WORDS = words({
	en: {
		payload: 'Payload',
		details: 'Attempts and signature',
		answered: (status: number, time: string) => `answered ${status} in ${time}`,
		failed: (reason: string) => `failed: ${reason}`,
		states: { pending: 'waiting', sending: 'sending', delivered: 'delivered', dead: 'dead', cancelled: 'discarded' },
		retrying: 'retrying',
		again: 'sent again',
	},
	pt: {
		payload: 'Payload',
		details: 'Tentativas e assinatura',
		answered: (status: number, time: string) => `respondeu ${status} em ${time}`,
		failed: (reason: string) => `falhou: ${reason}`,
		states: { pending: 'aguardando', sending: 'enviando', delivered: 'entregue', dead: 'esgotada', cancelled: 'descartada' },
		retrying: 'tentando de novo',
		again: 'reenviada',
	},
});

const TONES: Readonly<Record<Delivery['state'], Tone>> = {
	pending: 'warn',
	sending: 'busy',
	delivered: 'good',
	dead: 'bad',
	cancelled: 'idle',
};

const ICONS: Readonly<Record<string, LucideIcon>> = {
	'message.received': MessageSquareText,
	'message.sent': Send,
	'message.status': CheckCheck,
	'message.failed': CircleX,
	'chat.presence': PencilLine,
	instance: Plug,
	attendance: Headset,
	webhook: WebhookIcon,
};

export interface LiveDeliveryProps {
	readonly delivery: Delivery;
	/** Undefined while it is not known, or where it was deleted. */
	readonly webhook: Webhook | undefined;
}

export function LiveDelivery({ delivery, webhook }: LiveDeliveryProps) {
	const say = useWords(WORDS);
	const names = useEventNames();
	const [isOpen, setOpen] = useState(false);
	const id = useId();
	const { eventType, state, createdAt, settledAt, attemptCount, isReplay } = delivery;
	const Icon = iconOf(eventType);
	const isRetried = state === 'pending' && attemptCount > 0;
	// From the event to a replay says nothing of how long it took.
	const told = isReplay ? say.again : settledAt && lasting(new Date(settledAt).getTime() - new Date(createdAt).getTime());
	return (
		<li className={css['delivery']}>
			<UnstyledButton className={css['deliveryHead']} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
				<Icon size={18} aria-hidden className={css['deliveryIcon']} />
				<Box miw={0} flex={1}>
					<Group gap={8} wrap="nowrap">
						<Text size="sm" fw={600} truncate>
							{names[eventType]}
						</Text>
						<Text size="xs" c="dimmed" ff="monospace" truncate visibleFrom="xs">
							{eventType}
						</Text>
					</Group>
					<Text size="xs" c="dimmed" truncate title={webhook?.url}>
						{timeOfDay(createdAt)} · {told !== undefined && `${told} · `}
						{webhook ? `${DIALECT_NAMES[webhook.dialect]} → ${addressOf(webhook)}` : delivery.webhookId}
					</Text>
				</Box>
				<Group gap={8} wrap="nowrap">
					<StateBadge tone={isRetried ? 'bad' : TONES[state]}>{isRetried ? say.retrying : say.states[state]}</StateBadge>
					<ChevronDown size={16} aria-hidden className={css['chevron']} data-open={isOpen || undefined} />
				</Group>
			</UnstyledButton>
			<Collapse expanded={isOpen} id={id}>
				{isOpen && <Opened delivery={delivery} />}
			</Collapse>
		</li>
	);
}

function Opened({ delivery }: { readonly delivery: Delivery }) {
	const say = useWords(WORDS);
	const { id, state, attemptCount } = delivery;
	const { data, error } = useQuery({
		// Another attempt is another detail.
		queryKey: ['deliveries', 'detail', id, state, attemptCount],
		queryFn: ({ signal }) => get<DeliveryDetail>(`/deliveries/${id}`, {}, signal),
	});
	if (error) {
		return (
			<Box px="md" pb="md">
				<Problem error={error} />
			</Box>
		);
	}
	if (!data) return <Skeleton h={120} mx="md" mb="md" />;
	const last = data.attempts.at(-1);
	return (
		<Stack gap={6} px="md" pb="md">
			<Group justify="space-between" gap={6}>
				<Text size="xs" c="dimmed">
					{last?.response && say.answered(last.response.status, lasting(last.timings.totalMs))}
					{last?.error && say.failed(last.error.message ?? last.error.class)}
				</Text>
				<LinkTo to="/console/deliveries/$deliveryId" params={{ deliveryId: id }} size="xs">
					{say.details}
				</LinkTo>
			</Group>
			<Json value={data.body} label={say.payload} maxHeight={320} />
		</Stack>
	);
}

function iconOf(type: EventType): LucideIcon {
	return ICONS[type] ?? ICONS[type.split('.')[0] ?? ''] ?? Activity;
}

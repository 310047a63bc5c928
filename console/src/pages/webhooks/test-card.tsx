/** Sends an example of an event that the webhook wants, and shows what its receiver answers. */
import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { change, get } from '../../api/http.ts';
import type { Delivery, DeliveryDetail, Webhook } from '../../api/views.ts';
import { lasting } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useWords, words } from '../../i18n/words.ts';
import { type EventType, useEventNames } from '../../parts/event-names.ts';
import { Json } from '../../parts/json.tsx';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { DELIVERY_WORDS } from '../deliveries/delivery-words.ts';

const WORDS = words({
	en: {
		title: 'Try it',
		about: 'An example goes the way of every delivery, and is signed as they are.',
		event: 'Event',
		send: 'Send an example',
		answer: 'Answer',
		answered: (attempt: number, time: string) => `attempt ${attempt}, in ${time}`,
		none: 'no answer',
		noBody: 'Without a body.',
		body: 'Body of the answer',
		waits: 'On its way …',
		held: 'It waits: the webhook is disabled.',
		behind: 'It waits behind what came before it, or until the receiver answers again.',
		details: 'Payload, headers and signature',
		again: 'It is tried again as the schedule says.',
	},
	pt: {
		title: 'Testar',
		about: 'Um exemplo segue o caminho de toda entrega e é assinado como elas.',
		event: 'Evento',
		send: 'Enviar um exemplo',
		answer: 'Resposta',
		answered: (attempt: number, time: string) => `tentativa ${attempt}, em ${time}`,
		none: 'sem resposta',
		noBody: 'Sem corpo.',
		body: 'Corpo da resposta',
		waits: 'A caminho …',
		held: 'Está esperando: o webhook está desativado.',
		behind: 'Está esperando o que veio antes, ou até o receptor voltar a responder.',
		details: 'Payload, headers e assinatura',
		again: 'Será tentado de novo conforme a programação.',
	},
});

/** Until something was answered. */
const ASKED_EVERY_MS = 500;
const BODY_PX = 180;

export function TestCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const names = useEventNames();
	const client = useQueryClient();
	const sending = useSending();
	const [chosen, setChosen] = useState<EventType>();
	const [sent, setSent] = useState<Delivery>();
	const event = chosen !== undefined && webhook.events.includes(chosen) ? chosen : webhook.events[0];
	const send = (submitted: FormEvent): void => {
		submitted.preventDefault();
		sending.send(
			() => change<Delivery>('POST', `/webhooks/${webhook.id}/test`, { event }),
			(delivery) => {
				setSent(delivery);
				void client.invalidateQueries({ queryKey: ['deliveries'] });
			},
		);
	};
	return (
		<Card title={say.title}>
			<Stack gap="sm">
				<Text size="sm" c="dimmed">
					{say.about}
				</Text>
				<form onSubmit={send}>
					<Group align="flex-end" gap="sm">
						<Select
							label={say.event}
							flex="1 1 180px"
							allowDeselect={false}
							value={event ?? null}
							error={sending.faultOf('event')}
							data={webhook.events.map((type) => ({ value: type, label: names[type] }))}
							onChange={(value) => setChosen((value as EventType) ?? undefined)}
						/>
						<Button
							type="submit"
							variant="default"
							leftSection={<Send size={16} aria-hidden />}
							loading={sending.isSending}
							disabled={webhook.status === 'ending'}
						>
							{say.send}
						</Button>
					</Group>
				</form>
				{sending.error !== undefined && <Problem error={sending.error} />}
				{sent && <Answer key={sent.id} id={sent.id} webhook={webhook} />}
			</Stack>
		</Card>
	);
}

function Answer({ id, webhook }: { readonly id: string; readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const { data: delivery, error } = useQuery({
		queryKey: ['deliveries', id],
		queryFn: ({ signal }) => get<DeliveryDetail>(`/deliveries/${id}`, {}, signal),
		refetchInterval: ({ state }) => (state.data?.settledAt === undefined ? ASKED_EVERY_MS : false),
	});
	const attempt = delivery?.attempts.at(-1);
	const waits = webhook.enabled ? (delivery?.state === 'sending' ? say.waits : say.behind) : say.held;
	return (
		<Stack gap="xs" component="section" aria-label={say.answer} role="status">
			{error !== null && <Problem error={error} />}
			{!delivery && error === null && <Skeleton h={24} />}
			{delivery && !attempt && <Text size="sm">{waits}</Text>}
			{delivery && attempt && <Answered delivery={delivery} attempt={attempt} />}
			{delivery && (
				<LinkTo to="/console/deliveries/$deliveryId" params={{ deliveryId: id }} size="sm">
					{say.details}
				</LinkTo>
			)}
		</Stack>
	);
}

interface AnsweredProps {
	readonly delivery: DeliveryDetail;
	readonly attempt: DeliveryDetail['attempts'][number];
}

function Answered({ delivery, attempt: { number, response, error, timings } }: AnsweredProps) {
	const say = useWords(WORDS);
	const language = useLanguage();
	const told = useWords(DELIVERY_WORDS);
	const failure = error && (told.error[error.class] ?? error.class);
	return (
		<>
			<Group gap="xs">
				<StateBadge tone={error ? 'bad' : 'good'}>{response === undefined ? (failure ?? say.none) : `${response.status}`}</StateBadge>
				<Text size="sm">{say.answered(number, lasting(timings.totalMs))}</Text>
			</Group>
			{error && <Text size="sm">{error.explanation[language]}</Text>}
			{error && delivery.state === 'pending' && (
				<Text size="sm" c="dimmed">
					{say.again}
				</Text>
			)}
			{response &&
				(response.body === undefined || response.body === '' ? (
					<Text size="sm" c="dimmed">
						{say.noBody}
					</Text>
				) : (
					<Json value={response.body} label={say.body} maxHeight={BODY_PX} />
				))}
		</>
	);
}

/** One delivery: what it says, each attempt to say it, and what can be done now. */
import { Button, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { RotateCcw, Send, Trash2 } from 'lucide-react';
import { change, get } from '../../api/http.ts';
import type { DeliveryDetail } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { useEventNames } from '../../parts/event-names.ts';
import { isNotThere, stillThere } from '../../parts/not-there.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { tellDone } from '../../parts/told.ts';
import { UnknownYet } from '../../parts/unknown-yet.tsx';
import { AttemptCard } from './attempt-card.tsx';
import { DeliveryFacts } from './delivery-facts.tsx';
import { isDiscardable, isReplayable } from './delivery-words.ts';
import { EventCard } from './event-card.tsx';
import { Payload } from './payload.tsx';

const WORDS = words({
	en: {
		title: 'Delivery',
		back: 'All deliveries',
		notThere: 'There is no such delivery',
		replay: 'Replay',
		replayed: 'It is sent again',
		discard: 'Discard',
		discardTitle: 'Discard this delivery?',
		discardText: 'It is not sent any more, and what waits for it in its chat goes on. It can still be replayed later.',
		discarded: 'It is discarded',
		attempts: 'Attempts',
		none: 'No attempt yet',
		noneAbout: 'It waits for an earlier one, for its webhook, or for its turn.',
	},
	pt: {
		title: 'Entrega',
		back: 'Todas as entregas',
		notThere: 'Esta entrega não existe',
		replay: 'Reenviar',
		replayed: 'Está sendo reenviada',
		discard: 'Descartar',
		discardTitle: 'Descartar esta entrega?',
		discardText: 'Ela não será mais enviada, e o que espera por ela no chat segue em frente. Ainda pode ser reenviada depois.',
		discarded: 'Foi descartada',
		attempts: 'Tentativas',
		none: 'Nenhuma tentativa ainda',
		noneAbout: 'Ela espera por uma anterior, pelo webhook ou pela sua vez.',
	},
});

const route = getRouteApi('/signed-in/console/deliveries/$deliveryId');

/** While it is not settled it changes by itself. */
const UNSETTLED_MS = 2_000;
const SETTLED_MS = 15_000;

export function DeliveryPage() {
	const say = useWords(WORDS);
	const events = useEventNames();
	const { deliveryId } = route.useParams();
	const found = useDelivery(deliveryId);
	const delivery = stillThere(found);
	const back = <BackLink to="/console/deliveries">{say.back}</BackLink>;
	if (!delivery) return <UnknownYet title={say.title} notThere={say.notThere} {...{ back, found }} />;
	return (
		<Page title={events[delivery.eventType]} about={back} actions={<Acts key={delivery.id} delivery={delivery} />}>
			{found.error && <Problem error={found.error} onRetry={() => void found.refetch()} />}
			<Opened delivery={delivery} />
		</Page>
	);
}

function Opened({ delivery }: { readonly delivery: DeliveryDetail }) {
	const say = useWords(WORDS);
	const attempts = delivery.attempts.toReversed();
	return (
		<Stack gap="md">
			<DeliveryFacts delivery={delivery} />
			<Payload body={delivery.body} />
			<Card title={say.attempts}>
				{attempts.length === 0 ? (
					<Empty icon={Send} title={say.none}>
						{say.noneAbout}
					</Empty>
				) : (
					<Stack gap="sm">
						{attempts.map((attempt, index) => (
							<AttemptCard key={attempt.id} attempt={attempt} delivery={delivery} isOpenAtFirst={index === 0} />
						))}
					</Stack>
				)}
			</Card>
			<EventCard eventId={delivery.eventId} />
		</Stack>
	);
}

function Acts({ delivery }: { readonly delivery: DeliveryDetail }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const { isSending, error, send } = useSending();
	const act = async (verb: 'replay' | 'discard'): Promise<void> => {
		await change('POST', `/deliveries/${delivery.id}/${verb}`);
		await client.invalidateQueries({ queryKey: ['deliveries'] });
		tellDone(verb === 'replay' ? say.replayed : say.discarded);
	};
	const confirm = useConfirm(() => ({ title: say.discardTitle, text: say.discardText, verb: say.discard, act: () => act('discard') }));
	return (
		<Stack gap="xs" align="flex-end">
			<Group gap="xs">
				{isReplayable(delivery) && (
					<Button leftSection={<RotateCcw size={16} aria-hidden />} loading={isSending} onClick={() => send(() => act('replay'))}>
						{say.replay}
					</Button>
				)}
				{isDiscardable(delivery) && (
					<Button variant="default" leftSection={<Trash2 size={16} aria-hidden />} onClick={() => confirm.ask()}>
						{say.discard}
					</Button>
				)}
			</Group>
			{error !== undefined && <Problem error={error} />}
			{confirm.dialog}
		</Stack>
	);
}

function useDelivery(id: string) {
	return useQuery({
		queryKey: ['deliveries', id],
		queryFn: ({ signal }) => get<DeliveryDetail>(`/deliveries/${id}`, {}, signal),
		refetchInterval: ({ state }) => !isNotThere(state.error) && (state.data && isReplayable(state.data) ? SETTLED_MS : UNSETTLED_MS),
	});
}

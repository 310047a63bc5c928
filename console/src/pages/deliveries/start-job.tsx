/** Asks which of the shown deliveries are to be replayed or discarded, and begins the job that does it. */
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Job } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import type { KnownWebhooks } from '../../parts/known-webhooks.ts';
import { MomentInput } from '../../parts/moment-input.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { DELIVERY_WORDS } from './delivery-words.ts';
import { FilterInWords } from './filter-in-words.tsx';
import type { DeliveryFilter, DeliveryState } from './search.ts';

const WORDS = words({
	en: {
		title: { replay: 'Replay deliveries', discard: 'Discard deliveries' },
		about: {
			replay: 'Each is sent again: the same bytes under the same webhook-id. The receiver may see some twice.',
			discard: 'Each is given up and not sent any more. It can still be replayed later.',
		},
		which: 'In which state',
		chosen: 'Of those, all that fit',
		from: 'From',
		until: 'Until',
		everything: 'Without a filter this takes every delivery in these states.',
		byEvent: 'The filter by event id is not taken over; this goes by the other filters.',
		cancel: 'Cancel',
		start: { replay: 'Start replaying', discard: 'Start discarding' },
	},
	pt: {
		title: { replay: 'Reenviar entregas', discard: 'Descartar entregas' },
		about: {
			replay: 'Cada uma é enviada de novo: os mesmos bytes, com o mesmo webhook-id. O receptor pode ver algumas duas vezes.',
			discard: 'Cada uma é abandonada e não será mais enviada. Ainda pode ser reenviada depois.',
		},
		which: 'Em qual situação',
		chosen: 'Dessas, todas as que correspondem a',
		from: 'De',
		until: 'Até',
		everything: 'Sem filtro, isto inclui todas as entregas nessas situações.',
		byEvent: 'O filtro por id de evento não é aplicado; valem os outros filtros.',
		cancel: 'Cancelar',
		start: { replay: 'Começar a reenviar', discard: 'Começar a descartar' },
	},
});

export type JobKind = 'replay' | 'discard';

const STATES: Readonly<Record<JobKind, readonly DeliveryState[]>> = {
	replay: ['dead', 'cancelled', 'delivered'],
	discard: ['dead', 'pending'],
};

export interface StartJobProps {
	readonly kind: JobKind;
	readonly filter: DeliveryFilter;
	readonly accountId: string | undefined;
	readonly webhooks: KnownWebhooks;
	readonly onClose: () => void;
	readonly onStarted: () => void;
}

export function StartJob({ kind, filter, accountId, webhooks, onClose, onStarted }: StartJobProps) {
	const say = useWords(WORDS);
	const name = useWords(DELIVERY_WORDS).state;
	const [states, setStates] = useState<readonly string[]>(statesAtFirst(kind, filter));
	const [since, setSince] = useState(filter.since);
	const [until, setUntil] = useState(filter.until);
	const { isSending, error, send } = useSending();
	const start = useStart();
	const { state: _, eventId, since: _since, until: _until, ...narrowed } = filter;
	const wish = { ...narrowed, ...(accountId && { accountId }), ...(since && { since }), ...(until && { until }) };
	const begin = (): void => send(() => start({ kind, states, ...wish }), onStarted);
	return (
		<Modal opened onClose={onClose} title={say.title[kind]} size="lg" closeButtonProps={{ 'aria-label': say.cancel }}>
			<Stack>
				<Text size="sm">{say.about[kind]}</Text>
				<Checkbox.Group label={say.which} value={[...states]} onChange={setStates}>
					<Group mt="xs">
						{STATES[kind].map((state) => (
							<Checkbox key={state} value={state} label={name[state]} />
						))}
					</Group>
				</Checkbox.Group>
				<Group grow preventGrowOverflow={false} gap="sm">
					<MomentInput label={say.from} value={since} onChange={setSince} />
					<MomentInput label={say.until} value={until} onChange={setUntil} />
				</Group>
				{Object.keys(wish).length === 0 ? (
					<Alert color="yellow" icon={<TriangleAlert size={18} aria-hidden />}>
						{say.everything}
					</Alert>
				) : (
					<div>
						<Text size="sm" fw={500}>
							{say.chosen}
						</Text>
						<FilterInWords filter={wish} states={[]} webhooks={webhooks} />
					</div>
				)}
				{eventId !== undefined && <Text size="sm">{say.byEvent}</Text>}
				{error !== undefined && <Problem error={error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose}>
						{say.cancel}
					</Button>
					<Button {...(kind === 'discard' && { color: 'red.8' })} disabled={states.length === 0} loading={isSending} onClick={begin}>
						{say.start[kind]}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}

/** What is shown, where it can be; else the dead ones. */
function statesAtFirst(kind: JobKind, { state }: DeliveryFilter): readonly DeliveryState[] {
	return state !== undefined && STATES[kind].includes(state) ? [state] : ['dead'];
}

function useStart(): (wish: object) => Promise<void> {
	const client = useQueryClient();
	// One key for one dialog: pressed twice, or sent again after the connection was lost, it is one job.
	const [idempotencyKey] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
	return async (wish) => {
		await change<Job>('POST', '/jobs', wish, { idempotencyKey });
		await client.invalidateQueries({ queryKey: ['jobs'] });
	};
}

/**
 * Asks which of the shown deliveries are to be replayed or discarded, and begins the job that does it: at first those that are shown, as far as that can be done with
 * them. It says how many they are before it begins, and asks once more where nothing narrows them.
 */
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { change, get, type Query } from '../../api/http.ts';
import type { DeliveryCount, Job } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
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
		notAfter: 'Has to be after “From”',
		everything: 'Without a filter this takes every delivery in these states.',
		none: {
			replay: 'What is shown is not settled yet: there is nothing to replay.',
			discard: 'What is shown cannot be discarded any more.',
		},
		counting: 'Counting…',
		counted: (deliveries: number) => (deliveries === 1 ? 'This takes 1 delivery.' : `This takes ${count(deliveries)} deliveries.`),
		atLeast: (deliveries: number) => `This takes ${count(deliveries)} deliveries or more: no more were counted.`,
		ask: { replay: 'Replay all of them?', discard: 'Discard all of them?' },
		ofAll: 'There is no filter: it is about every delivery of all accounts in these states.',
		ofAccount: 'There is no filter: it is about every delivery of this account in these states.',
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
		notAfter: 'Tem que ser depois de “De”',
		everything: 'Sem filtro, isto inclui todas as entregas nessas situações.',
		none: { replay: 'O que aparece ainda não foi concluído: não há o que reenviar.', discard: 'O que aparece já não pode ser descartado.' },
		counting: 'Contando…',
		counted: (deliveries: number) => (deliveries === 1 ? 'Isto inclui 1 entrega.' : `Isto inclui ${count(deliveries)} entregas.`),
		atLeast: (deliveries: number) => `Isto inclui ${count(deliveries)} entregas ou mais: não foram contadas além disso.`,
		ask: { replay: 'Reenviar todas?', discard: 'Descartar todas?' },
		ofAll: 'Não há filtro: trata-se de todas as entregas de todas as contas nessas situações.',
		ofAccount: 'Não há filtro: trata-se de todas as entregas desta conta nessas situações.',
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
	/** Without an event: a job knows none. */
	readonly filter: Omit<DeliveryFilter, 'eventId'>;
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
	const { state: shown, since: _since, until: _until, ...narrowed } = filter;
	const narrowing = { ...narrowed, ...(since && { since }), ...(until && { until }) };
	const wish = { ...narrowing, ...(accountId && { accountId }) };
	const isBackwards = since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until);
	const counted = useCounted(wish, isBackwards ? [] : states);
	const isEverything = Object.keys(narrowing).length === 0;
	const begin = (): Promise<void> => start({ kind, states, ...wish });
	const confirm = useConfirm(() => ({
		title: say.ask[kind],
		text: (
			<>
				{accountId === undefined ? say.ofAll : say.ofAccount} <Counted counted={counted} />
			</>
		),
		verb: say.start[kind],
		act: () => begin().then(onStarted),
	}));
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
				<Group grow preventGrowOverflow={false} gap="sm" align="flex-start">
					<MomentInput label={say.from} value={since} onChange={setSince} />
					<MomentInput label={say.until} value={until} onChange={setUntil} error={isBackwards ? say.notAfter : undefined} />
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
				{shown !== undefined && !STATES[kind].includes(shown) && <Text size="sm">{say.none[kind]}</Text>}
				{states.length > 0 && !isBackwards && (
					<Text size="sm" fw={600} role="status">
						<Counted counted={counted} />
					</Text>
				)}
				{error !== undefined && <Problem error={error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose}>
						{say.cancel}
					</Button>
					<Button
						{...(kind === 'discard' && { color: 'red.8' })}
						disabled={states.length === 0 || counted.isPending || counted.data?.count === 0}
						loading={isSending}
						onClick={() => (isEverything ? confirm.ask() : send(begin, onStarted))}
					>
						{say.start[kind]}
					</Button>
				</Group>
				{confirm.dialog}
			</Stack>
		</Modal>
	);
}

/** Nothing where it could not be counted: it is begun without. */
function Counted({ counted: { data, isPending } }: { readonly counted: UseQueryResult<DeliveryCount> }) {
	const say = useWords(WORDS);
	if (data) return data.isAtLeast ? say.atLeast(data.count) : say.counted(data.count);
	return isPending ? say.counting : null;
}

/** Those that are shown, as far as it can be done with them. */
function statesAtFirst(kind: JobKind, { state }: Pick<DeliveryFilter, 'state'>): readonly DeliveryState[] {
	return STATES[kind].filter((one) => state === undefined || one === state);
}

function useCounted(wish: Query, states: readonly string[]): UseQueryResult<DeliveryCount> {
	const query = { ...wish, states: states.toSorted().join(',') };
	return useQuery({
		queryKey: ['deliveries', 'count', query],
		queryFn: ({ signal }) => get<DeliveryCount>('/deliveries/count', query, signal),
		enabled: states.length > 0,
		staleTime: 0,
		retry: false,
	});
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
